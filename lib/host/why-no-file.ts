import { shortText } from '#lib/domain/short-text.ts';
import type { Unknown } from '#lib/domain/told.ts';

/** Why a file of the system told nothing, from the error of reading it. */
export function whyNoFile(error: unknown): Unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const detail = shortText(String(error));
  if (code === 'ENOENT') return { why: 'not-here', detail };
  return { why: code === 'EACCES' || code === 'EPERM' ? 'not-permitted' : 'unreadable', detail };
}
