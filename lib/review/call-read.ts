import type { Called } from './anki-connect.ts';

/**
 * Asks once more where the connection broke. For calls without any effect on Anki only: a broken one may have been carried out.
 * A silence is not asked again, since Anki still has the first one before it. Never rejects.
 */
export async function callRead<Result>(ask: () => Promise<Called<Result>>): Promise<Called<Result>> {
  const called = await ask();
  return called.outcome === 'reset' ? ask() : called;
}
