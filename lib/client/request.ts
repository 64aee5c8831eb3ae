import * as z from 'zod/mini';
import { errorSchema } from '#lib/contract/error.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';

/** Longer than a slow phone needs, shorter than a person waits: a sleeping Mac never answers. */
export const REQUEST_TIMEOUT_MS = 4_000;

/** An HTTP answer in full, and the moment it was there by the phone's clock. */
export type Reply = { readonly status: number; readonly body: string; readonly receivedAt: EpochMs };

/**
 * unreachable: no answer came. not-running: something answered in Lifeline's place (`tailscale serve` says 502).
 * unpaired: Lifeline asks for its token. refused: Lifeline said no, and why. unreadable: its answer is not what this version
 * of the page expects.
 */
export type FailureKind = 'unreachable' | 'not-running' | 'unpaired' | 'refused' | 'unreadable';

/** Why the page has no fresh data. `at` is by the phone's clock. */
export class RequestFailure extends Error {
  readonly kind: FailureKind;
  readonly at: EpochMs;
  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'RequestFailure';
    this.kind = kind;
    this.at = Date.now();
  }
}

/** One exchange, body included, within the timeout; a GET unless `init` says otherwise. Throws a RequestFailure `unreachable`. */
export async function ask(url: string, timeoutMs: DurationMs, init?: RequestInit): Promise<Reply> {
  try {
    const response = await fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, body: await response.text(), receivedAt: Date.now() };
  } catch (cause) {
    throw new RequestFailure('unreachable', 'No answer came from the Mac.', cause);
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The body of a reply that is a success. Throws a RequestFailure that says who refused, and why. */
export function bodyOf({ status, body }: Reply): string {
  if (status >= 200 && status < 300) return body;
  const told = z.safeParse(errorSchema, parseJson(body));
  if (told.success) {
    const { code, message } = told.data.error;
    throw new RequestFailure(code === 'token' ? 'unpaired' : 'refused', message);
  }
  throw new RequestFailure('not-running', `The Mac answered ${status}, but not Lifeline.`);
}

/** Reads a reply by its schema. Throws a RequestFailure that says which way it was wrong. */
export function readReply<T>(reply: Reply, schema: z.ZodMiniType<T>): T {
  const json = parseJson(bodyOf(reply));
  // A page of somebody else's: every answer of Lifeline's is JSON, whatever its version.
  if (json === undefined) throw new RequestFailure('not-running', 'The Mac answered, but not Lifeline.');
  const read = z.safeParse(schema, json);
  if (read.success) return read.data;
  throw new RequestFailure('unreadable', 'Lifeline answered in a way this page does not know.', read.error);
}

/** Asks and reads. Throws a RequestFailure. */
export async function request<T>(url: string, schema: z.ZodMiniType<T>, timeoutMs = REQUEST_TIMEOUT_MS): Promise<T> {
  return readReply(await ask(url, timeoutMs), schema);
}

/** The reply that the first-paint script asked for at this address, once; null when it is taken or there was none. */
export function takeFirst(url: string): Promise<Reply> | null {
  const first = window.lifelineFirst;
  if (first === undefined || first.taken || url !== first.url) return null;
  first.taken = true;
  return first.reply.catch((cause: unknown) => {
    throw new RequestFailure('unreachable', 'No answer came from the Mac.', cause);
  });
}
