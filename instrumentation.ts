/** Next calls this once, before the server answers: the monitor lives in this process and measures when nobody looks. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { boot } = await import('#lib/server/boot.ts');
  await boot();
}
