import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { byteRangeOf } from './byte-range.ts';
import { MEDIA_URL } from './media-path.ts';
import { mediaTypeOf } from './media-types.ts';
import { failure } from './respond.ts';
import type { Services } from './services.ts';

/** Some bytes of a card's file. `part` begins to read them; what is not read is closed by `drop`. */
type Content = {
  readonly size: number;
  /** Names this very content. */
  readonly tag: string;
  readonly part: (start: number, end: number) => BodyInit;
  readonly drop: () => Promise<void>;
};

/**
 * A file of the media directory for who holds a token of ours: whole, the part that was asked for (without which an iPhone
 * plays nothing), or the word that it did not change. The names in cards never tell of a change, so that is asked each time.
 */
export async function serveMedia({ review, mediaTokens }: Services, request: Request): Promise<Response> {
  const asked = askedOf(request);
  if (asked === null) return failure(404, 'not-found', 'Lifeline has no such address.');
  if (!mediaTokens.admits(asked.token)) {
    return failure(403, 'media-token', 'This address has ended. Load the cards anew.');
  }
  const found = await review.findMedia(asked.name);
  switch (found.found) {
    case 'file':
      return answer(request, { name: asked.name, content: await contentOfFile(found.path) });
    case 'bytes':
      return answer(request, { name: asked.name, content: contentOfBytes(found.bytes) });
    case 'nothing':
      return answer(request, { name: asked.name, content: null });
    case 'unreachable':
      return failure(503, 'anki', 'Anki does not answer, and its media directory cannot be read from here.');
  }
}

function askedOf(request: Request): { readonly token: string; readonly name: string } | null {
  const [token = '', name = '', ...more] = new URL(request.url).pathname.slice(MEDIA_URL.length).split('/');
  try {
    return more.length > 0 ? null : { token, name: decodeURIComponent(name) };
  } catch {
    return null;
  }
}

function answer(
  { method, headers }: Request,
  { name, content }: { readonly name: string; readonly content: Content | null },
): Response | Promise<Response> {
  if (content === null) return failure(404, 'no-such-file', 'The media directory has no file of this name.');
  const { size, tag } = content;
  // Compressed on the way, a part would be of other bytes. Next lets a route tell no length: players go by that in the range.
  const known = { etag: tag, 'cache-control': 'private, no-cache, no-transform', 'accept-ranges': 'bytes' };
  const bare = async (status: number, more: Record<string, string> = {}): Promise<Response> => {
    await content.drop();
    return new Response(null, { status, headers: { ...known, ...more } });
  };
  const tags = headers.get('if-none-match')?.split(/\s*,\s*/) ?? [];
  if (tags.includes(tag)) return bare(304);
  const isStale = (headers.get('if-range') ?? tag) !== tag;
  const range = byteRangeOf(isStale ? null : headers.get('range'), size);
  if (range === 'beyond') return bare(416, { 'content-range': `bytes */${size}` });
  const [{ start, end }, status] = range === 'whole' ? [{ start: 0, end: size }, 200] : [range, 206];
  const told = {
    'content-type': mediaTypeOf(name),
    ...(status === 206 && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
  };
  if (method === 'HEAD' || start === end) return bare(status, told);
  return new Response(content.part(start, end), { status, headers: { ...known, ...told } });
}

/** Null for what is no file any more. No link is followed, and nothing waits for a pipe. */
async function contentOfFile(path: string): Promise<Content | null> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const about = await file.stat({ bigint: true });
    if (about.isFile()) return partsOf(file, about);
  } catch {
    // It went away since it was found, or may not be read.
  }
  await file?.close();
  return null;
}

function partsOf(file: FileHandle, { size, mtimeNs }: { readonly size: bigint; readonly mtimeNs: bigint }): Content {
  return {
    size: Number(size),
    tag: `"${size.toString(36)}-${mtimeNs.toString(36)}"`,
    part: (start, end) => webStream(file.createReadStream({ start, end: end - 1 })),
    drop: () => file.close(),
  };
}

function contentOfBytes(bytes: Buffer): Content {
  return {
    size: bytes.length,
    tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    part: (start, end) => Uint8Array.from(bytes.subarray(start, end)),
    drop: async () => undefined,
  };
}

/** The stream of Node's own types is the one of the web. */
const webStream = (stream: Readable): ReadableStream => Readable.toWeb(stream) as ReadableStream;
