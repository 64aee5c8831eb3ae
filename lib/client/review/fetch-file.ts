import { SECOND } from '#lib/domain/time.ts';
import type { KeptFile } from './stored.ts';

const FILE_TIMEOUT_MS = 10 * SECOND;

/** A file of at most so many bytes; null where it is larger, missing, or does not come. Never rejects. */
export type FetchFile = (url: string, maxBytes: number) => Promise<KeptFile | null>;

export const fetchFile: FetchFile = async (url, maxBytes) => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FILE_TIMEOUT_MS) });
    const isWhole = response.status === 200 && response.body !== null;
    const bytes = isWhole ? await readUpTo(response.body, maxBytes) : null;
    if (bytes === null) return null;
    return { type: response.headers.get('content-type') ?? 'application/octet-stream', bytes };
  } catch {
    return null;
  }
};

/** Its length is not told before; what is larger is not read to its end. */
async function readUpTo(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<ArrayBuffer | null> {
  const chunks: BlobPart[] = [];
  let size = 0;
  // Not every iPhone can iterate a stream.
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(new Uint8Array(read.value));
  }
  return new Blob(chunks).arrayBuffer();
}
