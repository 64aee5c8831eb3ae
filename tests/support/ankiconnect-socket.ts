import type { Socket } from 'node:net';

/** What becomes of one request, instead of an answer. */
export type CallFault =
  /** Anki's window is busy for a while before it carries the request out, whether or not somebody still waits for it. */
  | { readonly kind: 'stall'; readonly ms: number }
  /** The connection ends without an answer; `after`: it was carried out all the same. */
  | { readonly kind: 'close' | 'reset'; readonly when: 'before' | 'after' }
  /** It is carried out, and half an answer comes. */
  | { readonly kind: 'half' };

export type Request = { readonly origin: string | null; readonly body: string };

/** How long Anki waits, and everyone with it, for the rest of a request of which it has read a part. */
const HALF_REQUEST_MS = 5_000;

/** Reads one request. Resolves to null when it does not come whole: nobody sent it, or its sender left in the middle. */
export function readRequest(socket: Socket): Promise<Request | null> {
  return new Promise((settle) => {
    let read = Buffer.alloc(0);
    const patience = setTimeout(() => socket.destroy(), HALF_REQUEST_MS);
    const finish = (request: Request | null) => {
      clearTimeout(patience);
      settle(request);
    };
    socket.on('close', () => finish(null));
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const request = requestIn(read);
      if (request !== null) finish(request);
    });
    socket.resume();
  });
}

/** A complete request, or null while some of it is missing. */
function requestIn(read: Buffer): Request | null {
  const end = read.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = read.subarray(0, end).toString('latin1');
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const body = read.subarray(end + 4);
  if (body.length < length) return null;
  return { origin: /^origin: *(.*)$/im.exec(head)?.[1] ?? null, body: body.subarray(0, length).toString() };
}

/** Carries a request out and answers it, or does what the fault says instead. */
export function answer(socket: Socket, carryOut: () => string, fault: CallFault | null): void {
  switch (fault?.kind) {
    case 'close':
    case 'reset':
      if (fault.when === 'after') carryOut();
      if (fault.kind === 'close') socket.end();
      else socket.resetAndDestroy();
      return;
    case 'half': {
      const whole = Buffer.from(carryOut());
      socket.end(whole.subarray(0, Math.floor(whole.length / 2)));
      return;
    }
    case 'stall':
    case undefined:
      socket.end(carryOut());
  }
}

export const httpReply = (status: string, type: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nAccess-Control-Allow-Origin: http://localhost\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
