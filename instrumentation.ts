declare global {
  namespace NodeJS {
    interface ProcessEnv {
      /** For which of its runtimes Next compiles this. */
      readonly NEXT_RUNTIME?: 'nodejs' | 'edge';
    }
  }
}

/**
 * Next calls this once, before the server answers: the monitor lives in this process and measures when nobody looks. Next
 * compiles it for its other runtime too, and leaves out there what stands inside this very condition.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { boot } = await import('#lib/server/boot.ts');
    await boot();
  }
}
