import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { DurationMs } from '#lib/domain/time.ts';
import type { Unknown } from '#lib/domain/told.ts';

/** One request and how long and how much to wait for. */
export type Question = {
  readonly url: URL;
  /** The IP literal to connect to instead of resolving the URL's host. */
  readonly address?: string;
  /** Sent by POST; absent: a GET. */
  readonly json?: string;
  /** Over everything, from the lookup of the name to the last byte. */
  readonly patienceMs: DurationMs;
  readonly limitBytes: number;
};

/** How one request went. Only after `refused`, `unsent` and a silence with `sent: false` is it sure that nobody read it. */
export type Exchange =
  | {
      readonly outcome: 'replied';
      readonly status: number;
      readonly body: string;
      readonly latencyMs: DurationMs;
    }
  /** Nothing listens there. */
  | { readonly outcome: 'refused' }
  /** No connection came about for another reason (no such name, no route, no socket left, TLS), which says nothing of who listens. */
  | { readonly outcome: 'unsent'; readonly code: string }
  /** Patience ended. */
  | { readonly outcome: 'silent'; readonly sent: boolean }
  /** The connection was reset or closed before the answer was whole. */
  | { readonly outcome: 'cut' }
  | { readonly outcome: 'not-http' }
  | { readonly outcome: 'too-large' };

/** What an exchange without a partner comes to: somebody may well be there. */
export const notAsked = (code: string): Unknown => ({
  why: 'not-permitted',
  detail: `no connection could be made: ${code}`,
});
/** What a broken connection comes to: whoever it was, the next look will tell. */
export const BROKEN: Unknown = { why: 'unreadable', detail: 'the connection broke before the answer was whole' };

/**
 * One request on a connection of its own, sent in one piece, and its whole answer of whatever status; redirects are not
 * followed. Never rejects, never tries twice.
 */
export function exchange(question: Question): Promise<Exchange> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const asked = send(question);
    let sent = false;
    const settle = (end: Exchange) => {
      clearTimeout(timer);
      resolve(end);
      asked.destroy();
    };
    // The answer may have come while our own loop was held up: sockets are looked at once more before it counts as silence.
    const timer = setTimeout(() => setImmediate(() => settle({ outcome: 'silent', sent })), question.patienceMs);
    asked.on('socket', (socket) => {
      socket.once(question.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        sent = true;
      });
    });
    asked.on('error', (error) => settle(whyNot(error, sent)));
    asked.on('upgrade', () => settle({ outcome: 'not-http' }));
    asked.on('close', () => settle({ outcome: 'cut' }));
    asked.on('response', async (response) => {
      const body = await bodyOf(response, question.limitBytes);
      if (body === null) return settle({ outcome: 'too-large' });
      const { statusCode: status = 0 } = response;
      settle({ outcome: 'replied', status, body, latencyMs: performance.now() - startedAt });
    });
  });
}

/** Without the pool of an agent: AnkiConnect closes the socket after each answer without saying so. */
function send({ url, address, json }: Question): ClientRequest {
  const ask = url.protocol === 'https:' ? requestHttps : requestHttp;
  const asked = ask({
    agent: false,
    host: address ?? url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname + url.search,
    method: json === undefined ? 'GET' : 'POST',
    headers: {
      host: url.host, // also the name that TLS asks for and checks
      accept: 'application/json',
      'user-agent': 'Lifeline',
      ...(json === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }),
    },
    rejectUnauthorized: true, // also under NODE_TLS_REJECT_UNAUTHORIZED=0: the phone would refuse
  });
  // Head and body leave in one piece: half a request holds up Anki's window for 5 s (review reference §1.1).
  return json === undefined ? asked.end() : asked.end(json, 'utf8');
}

/** The whole body as text, null as soon as it is too long; stays pending when the connection ends before it does. */
function bodyOf(response: IncomingMessage, limitBytes: number): Promise<string | null> {
  return new Promise((settle) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('error', () => undefined); // the request closes, and that tells it
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limitBytes) settle(null);
      else chunks.push(chunk);
    });
    response.on('end', () => settle(Buffer.concat(chunks).toString()));
  });
}

function whyNot(error: Error, sent: boolean): Exchange {
  const code = 'code' in error ? String(error.code) : 'unknown';
  if (!sent) return code === 'ECONNREFUSED' ? { outcome: 'refused' } : { outcome: 'unsent', code };
  // llhttp's word for an end of the stream in the middle of a head.
  const isParseError = code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE';
  return { outcome: isParseError ? 'not-http' : 'cut' };
}
