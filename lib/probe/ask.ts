import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { type Why, whyOf } from './fault.ts';
import type { Walk } from './walk.ts';

/** A body longer than this is not the review server's: its health is under 1 KiB. Headers are bounded by Node, at 16 KiB. */
const BODY_LIMIT_BYTES = 65_536;

/** A response with status 200, its body complete by its own framing. */
export type Reply = { readonly type: string; readonly server: string; readonly body: string };

/** Asks for the URL on an open socket and reads the answer to its end. Never rejects. */
export function ask(walk: Walk, url: URL, socket: Socket): Promise<Reply | Why> {
  return new Promise((settle) => {
    const asked = send(url, socket);
    asked.on('error', (error) => settle(whyOf(error, walk.phase)));
    asked.on('upgrade', (response) => settle(whyNot200(response)));
    asked.on('response', (response) => {
      if (response.statusCode !== 200) return settle(whyNot200(response));
      walk.enter('download');
      read(response, settle);
    });
    asked.on('close', () => settle({ reason: walk.phase === 'download' ? 'truncated' : 'closed-early' }));
  });
}

function send(url: URL, socket: Socket): ClientRequest {
  const asked = request({
    createConnection: () => socket, // no agent: no pool, no second attempt
    path: url.pathname + url.search,
    headers: { host: url.host, accept: 'application/json', connection: 'close', 'user-agent': 'Lifeline' },
  });
  asked.end();
  return asked;
}

/** Settles at the end of the body, or when it grows too long. Every other end the request tells. */
function read(response: IncomingMessage, settle: (end: Reply | Why) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('error', () => undefined); // the request has told it
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) settle({ reason: 'too-large', status: 200 });
    else chunks.push(chunk);
  });
  response.on('end', () => {
    const type = headerOf(response, 'content-type');
    const server = headerOf(response, 'server');
    settle({ type, server, body: Buffer.concat(chunks).toString() });
  });
}

/** A redirect is not followed: the first answer is the phone app's too, and where it points is the evidence. */
function whyNot200(response: IncomingMessage): Why {
  const { statusCode: status = 0 } = response;
  const redirected = status >= 300 && status < 400;
  const detail = headerOf(response, redirected ? 'location' : 'server');
  return { reason: redirected ? 'redirect' : 'wrong-status', status, ...(detail === '' ? {} : { detail }) };
}

/** A header's value, empty when it was not sent. */
const headerOf = ({ headers }: IncomingMessage, name: string): string => String(headers[name] ?? '');
