import { SECOND } from '#lib/domain/time.ts';
import type { KeptFile } from './stored.ts';

const FILE_TIMEOUT_MS = 10 * SECOND;

/** A file of at most so many bytes; null where it is larger, missing, or does not come. Never rejects. */
export type FetchFile = (url: string, maxBytes: number) => Promise<KeptFile | null>;

export const fetchFile: FetchFile = async (url, maxBytes) => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FILE_TIMEOUT_MS) });
    const told = Number(response.headers.get('content-length') ?? 0);
    if (response.status !== 200 || told > maxBytes) {
      await response.body?.cancel();
      return null;
    }
    const bytes = await response.arrayBuffer();
    const type = response.headers.get('content-type') ?? 'application/octet-stream';
    return bytes.byteLength > maxBytes ? null : { type, bytes };
  } catch {
    return null;
  }
};
