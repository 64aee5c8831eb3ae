import type { EpochMs } from '#lib/domain/time.ts';
import type { RequestFailure } from './request.ts';

/** By address; `mac` where no address of it answers. All screens tell the same moment. */
const since = new Map<string, EpochMs>();

const nameOf = (url: string, { kind }: RequestFailure): string =>
  kind === 'unreachable' || kind === 'not-running' ? 'mac' : url;

/** Notes that asking failed; it fails since the first of these. */
export function noteFailure(url: string, failure: RequestFailure): void {
  const name = nameOf(url, failure);
  if (name !== 'mac') since.delete('mac');
  if (!since.has(name)) since.set(name, failure.at);
}

/** Notes an answer: it fails no more. */
export function noteAnswer(url: string): void {
  since.delete('mac');
  since.delete(url);
}

/** Since when it fails in this way, as far as this page knows. */
export const failingSince = (url: string | null, failure: RequestFailure): EpochMs =>
  since.get(nameOf(url ?? '', failure)) ?? failure.at;
