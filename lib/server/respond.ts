import type * as z from 'zod/mini';
import { BUILD, BUILD_HEADER } from '#lib/contract/build.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { log } from './log.ts';
import { loggedPath } from './media-path.ts';

/** A request that cannot be answered as asked; told to the caller in these words. */
class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const NO_STORE = { 'cache-control': 'no-store' } as const;

export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { ...NO_STORE, [BUILD_HEADER]: BUILD } });

export const failure = (status: number, code: string, message: string): Response =>
  json({ error: { code, message } }, status);

/** Who asks too often is told when to ask again. */
export function tooMany(message: string, waitMs: DurationMs): Response {
  const seconds = Math.ceil(waitMs / SECOND);
  const answer = failure(429, 'too-many', `${message} Ask again in ${seconds} s.`);
  answer.headers.set('retry-after', String(seconds));
  return answer;
}

/** Wraps a route: whatever goes wrong inside is answered in the one error shape. */
export function route(answer: (query: URLSearchParams, request: Request) => Response | Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    try {
      return await answer(new URL(request.url).searchParams, request);
    } catch (error) {
      if (error instanceof RequestError) return failure(error.status, error.code, error.message);
      log.error({ err: error, path: loggedPath(new URL(request.url).pathname) }, 'a route failed');
      return failure(500, 'internal', 'Lifeline failed to answer this; its log says why.');
    }
  };
}

/** One query parameter by its schema; `otherwise` when it is absent. Throws a RequestError that says what is expected. */
export function parameter<T>(
  query: URLSearchParams,
  name: string,
  as: { schema: z.ZodMiniType<T>; otherwise: T; expected: string },
): T {
  const given = query.get(name);
  if (given === null) return as.otherwise;
  const parsed = as.schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new RequestError(
    400,
    'bad-parameter',
    `${name} is ${JSON.stringify(given.slice(0, 40))}, expected ${as.expected}.`,
  );
}

type Body<T> = { readonly schema: z.ZodMiniType<T>; readonly limitBytes: number; readonly expected: string };

/** The JSON body of a request by its schema, read no further than its limit. Throws a RequestError that says what is expected. */
export async function body<T>(request: Request, { schema, limitBytes, expected }: Body<T>): Promise<T> {
  const text = await textOf(request, limitBytes);
  if (text === null) throw new RequestError(413, 'too-large', `The body is longer than ${limitBytes} bytes.`);
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new RequestError(400, 'bad-body', `Expected ${expected}${where === '' ? '.' : `; ${where} is none.`}`);
}

/** Null for one that is longer, whatever its length is said to be. */
async function textOf({ body: stream }: Request, limitBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream ?? []) {
    length += chunk.length;
    if (length > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
