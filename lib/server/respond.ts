import type * as z from 'zod/mini';
import { log } from './log.ts';

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

export const json = (body: unknown, status = 200): Response => Response.json(body, { status, headers: NO_STORE });

export const failure = (status: number, code: string, message: string): Response =>
  json({ error: { code, message } }, status);

/** Wraps a route: whatever goes wrong inside is answered in the one error shape. */
export function route(answer: (query: URLSearchParams, request: Request) => Response | Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    try {
      return await answer(new URL(request.url).searchParams, request);
    } catch (error) {
      if (error instanceof RequestError) return failure(error.status, error.code, error.message);
      log.error({ err: error, path: new URL(request.url).pathname }, 'a route failed');
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
