import type { Told } from '#lib/domain/told.ts';

/** Asks one source after another until one tells. When none does, it says why the first that exists did not. */
export async function firstTold<T>(sources: readonly (() => Promise<Told<T>>)[]): Promise<Told<T>> {
  let why: Told<T> = { why: 'not-here', detail: 'nothing on this system tells' };
  for (const ask of sources) {
    const answer = await ask();
    if ('told' in answer) return answer;
    if (why.why === 'not-here' || why.why === 'not-installed') why = answer;
  }
  return why;
}
