import {
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
  request as requestHttp,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { DurationMs } from '#lib/domain/time.ts';

/** One message to an address. */
export type Post = { readonly url: string; readonly headers: OutgoingHttpHeaders; readonly body: Buffer };

/**
 * How it went. `answered`: whatever was said, with the first words of it. `failed`: nothing was; `isOut` says whether the
 * whole message had gone out by then, so that it may have been taken.
 */
export type Posted =
  | {
      readonly outcome: 'answered';
      readonly status: number;
      readonly retryAfter: string | null;
      readonly words: string;
    }
  | { readonly outcome: 'failed'; readonly isOut: boolean; readonly why: string };

/** A push service takes some hundred milliseconds; on a bad line the first of three packets comes after seconds. */
const PATIENCE_MS: DurationMs = 10_000;
/** Push services give a reason of a few words. */
const MOST_WORDS = 300;

/**
 * Posts a message on a connection of its own and tells how that went within ten seconds, whatever the other side does, or when
 * `signal` ends it. A redirect is an answer and is not followed. Never rejects.
 */
export async function post(message: Post, signal: AbortSignal): Promise<Posted> {
  const ended = new AbortController();
  const alarm = setTimeout(() => ended.abort(new Error(`no answer in ${PATIENCE_MS / 1_000} s`)), PATIENCE_MS);
  try {
    return await exchange(message, AbortSignal.any([signal, ended.signal]));
  } finally {
    clearTimeout(alarm);
  }
}

function exchange({ url, headers, body }: Post, signal: AbortSignal): Promise<Posted> {
  return new Promise((resolve) => {
    let isOut = false;
    const fail = (error: unknown): void => resolve({ outcome: 'failed', isOut, why: messageOf(error) });
    let asked: ClientRequest;
    try {
      asked = open(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
        signal,
        agent: false,
      });
    } catch (error) {
      fail(error);
      return;
    }
    asked.on('finish', () => {
      isOut = true;
    });
    let hasAnswered = false;
    asked.on('error', (error) => {
      if (!hasAnswered) fail(signal.aborted ? signal.reason : error);
    });
    // Without an error where the other side wants to speak another protocol.
    asked.on('close', () => {
      if (!hasAnswered) fail(new Error('the connection was closed without an answer'));
    });
    asked.on('response', (response) => {
      hasAnswered = true;
      const retryAfter = response.headers['retry-after'] ?? null;
      void wordsOf(response).then((words) => {
        resolve({ outcome: 'answered', status: response.statusCode ?? 0, retryAfter, words });
        asked.destroy();
      });
    });
    asked.end(body);
  });
}

const open = (url: string, options: RequestOptions): ClientRequest =>
  url.startsWith('https:') ? requestHttps(url, options) : requestHttp(url, options);

/** The beginning of what is said; of an answer that breaks off what had come. */
async function wordsOf(response: IncomingMessage): Promise<string> {
  let words = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      words += chunk;
      if (words.length >= MOST_WORDS) break;
    }
  } catch {
    // The status is the answer.
  }
  return words.slice(0, MOST_WORDS);
}

/** Where several addresses of a name fail, Node's own message is empty. */
function messageOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error ? first.message : String(first);
}
