import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  randomUUID,
  verify,
} from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { makeAuthority } from './certificates.ts';

/** What a push service says to a message that is in order; `hangs`: nothing, ever; `slow`: 201, after a while. */
export type PushAnswer = 201 | 403 | 404 | 410 | 413 | 429 | 500 | 'hangs' | 'slow';

/** A message as the phone gets it, and how it was asked to be handled. */
export type Pushed = {
  /** What was encrypted. */
  readonly text: string;
  readonly ttlS: number;
  readonly urgency: string;
  readonly topic: string | null;
  /** Who the sender says to be. */
  readonly subject: string;
};

/** A phone with a subscription. */
export type FakePhone = {
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  /** What was taken for it, oldest first. */
  readonly messages: () => readonly Pushed[];
  /** How often it was asked, whatever it answered. */
  readonly asked: () => number;
  readonly answer: (answer: PushAnswer) => void;
};

export type FakePushService = {
  /** `https://127.0.0.1:<port>`. */
  readonly origin: string;
  /** For PUSH_HOSTS. */
  readonly host: string;
  /** The certificate of its authority, and a file with it for NODE_EXTRA_CA_CERTS. */
  readonly ca: string;
  readonly caFile: string;
  /** Subscribes a phone as a browser does; only messages signed with this key are taken, or with the first key that is seen. */
  readonly subscribe: (as?: { readonly key?: string; readonly answer?: PushAnswer }) => FakePhone;
  /** Why messages were turned away, oldest first. */
  readonly refusals: () => readonly string[];
  /** What messages were signed with, oldest first. */
  readonly tokens: () => readonly string[];
  /** Lets this process believe its certificate until it stops. */
  readonly trust: () => void;
  readonly stop: () => Promise<void>;
};

type Held = {
  readonly keys: ECDH;
  readonly auth: Buffer;
  readonly messages: Pushed[];
  key: string | null;
  answer: PushAnswer;
  asked: number;
};

/** RFC 8030 lets a service refuse more. */
const MOST_BYTES = 4_096;
const RETRY_AFTER_S = 7;
const SLOW_MS = 300;

/** A push service on loopback that is as strict as Apple's: it checks who sends (RFC 8292) and can open what is sent (RFC 8291). */
export async function fakePushService(): Promise<FakePushService> {
  const folder = await mkdtemp(join(tmpdir(), 'push-service-'));
  const authority = await makeAuthority();
  const server = createServer(await authority.sign(['127.0.0.1']));
  await authority.remove();
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, authority.cert);
  const phones = new Map<string, Held>();
  const refusals: string[] = [];
  const tokens: string[] = [];
  const origin = `https://127.0.0.1:${await portOf(server)}`;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    tokens.push(request.headers.authorization ?? '');
    void take(request, response, { phones, origin }).then((refusal) => {
      if (refusal !== null) refusals.push(refusal);
    });
  });
  return {
    origin,
    host: new URL(origin).host,
    ca: authority.cert,
    caFile,
    subscribe: ({ key, answer = 201 } = {}) => {
      const held: Held = { ...newPhone(), messages: [], key: key ?? null, answer, asked: 0 };
      const id = randomUUID();
      phones.set(`/push/${id}`, held);
      return {
        subscription: {
          endpoint: `${origin}/push/${id}`,
          keys: { p256dh: held.keys.getPublicKey('base64url'), auth: held.auth.toString('base64url') },
        },
        messages: () => held.messages,
        asked: () => held.asked,
        answer: (next) => {
          held.answer = next;
        },
      };
    },
    refusals: () => refusals,
    tokens: () => tokens,
    trust: () => setDefaultCACertificates([...getCACertificates('default'), authority.cert]),
    stop: async () => {
      setDefaultCACertificates(getCACertificates('default').filter((cert) => cert.trim() !== authority.cert.trim()));
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

function newPhone(): Pick<Held, 'keys' | 'auth'> {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  return { keys, auth: randomBytes(16) };
}

type Desk = { readonly phones: ReadonlyMap<string, Held>; readonly origin: string };

/** Answers one request; resolves to why it was turned away, or null. */
async function take(
  request: IncomingMessage,
  response: ServerResponse,
  { phones, origin }: Desk,
): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const held = phones.get(request.url ?? '');
  try {
    if (held === undefined) throw new Error('Unregistered');
    held.asked += 1;
    const pushed = read(request, { held, origin, body: Buffer.concat(chunks) });
    await answerAsTold(response, held, pushed);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    response.writeHead(STATUS_OF[reason] ?? 403).end(JSON.stringify({ reason }));
    return reason;
  }
}

/** Of the reasons that are not 403, as Apple's service has them. */
const STATUS_OF: Readonly<Record<string, number>> = { Unregistered: 410, PayloadTooLarge: 413, BadTtl: 400 };

async function answerAsTold(response: ServerResponse, held: Held, pushed: Pushed): Promise<void> {
  const { answer } = held;
  if (answer === 'hangs') return;
  const isTaken = answer === 201 || answer === 'slow';
  if (isTaken) held.messages.push(pushed);
  if (answer === 'slow') await pause(SLOW_MS);
  const wait = answer === 429 ? { 'retry-after': String(RETRY_AFTER_S) } : {};
  response.writeHead(isTaken ? 201 : answer, wait).end(isTaken ? '' : JSON.stringify({ reason: 'AsTold' }));
}

type Letter = { readonly held: Held; readonly origin: string; readonly body: Buffer };

function read({ method, headers }: IncomingMessage, { held, origin, body }: Letter): Pushed {
  const ttl = headers['ttl'];
  if (method !== 'POST') throw new Error('MethodNotAllowed');
  if (typeof ttl !== 'string' || !/^\d+$/.test(ttl)) throw new Error('BadTtl');
  const { subject, key } = senderOf(headers, origin);
  held.key ??= key;
  if (key !== held.key) throw new Error('VapidPkHashMismatch');
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('BadContentEncoding');
  if (body.length > MOST_BYTES) throw new Error('PayloadTooLarge');
  const { topic, urgency } = headers;
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) throw new Error('BadWebPushTopic');
  const text = opened(body, held);
  return {
    text,
    ttlS: Number(ttl),
    urgency: String(urgency ?? 'normal'),
    topic: topic ? String(topic) : null,
    subject,
  };
}

/** RFC 8292: a JWT that is for this service, for at most a day, signed by the key beside it, of somebody who can be reached. */
function senderOf({ authorization = '' }: IncomingHttpHeaders, origin: string): { subject: string; key: string } {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const said: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}');
  const { aud, exp, sub } = Object(said) as Record<string, unknown>;
  const leftS = Number(exp) - Date.now() / 1_000;
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKeyOf(key), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const isReachable = /^(https:\/\/|mailto:[^@]+@)/.test(String(sub)) && !String(sub).includes('localhost');
  if (!isSigned || aud !== origin || !(leftS > 0 && leftS <= 86_400) || !isReachable) throw new Error('BadJwtToken');
  return { subject: String(sub), key };
}

function publicKeyOf(point: string) {
  const raw = Buffer.from(point, 'base64url');
  const [x, y] = [raw.subarray(1, 33), raw.subarray(33, 65)].map((half) => half.toString('base64url'));
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' });
}

/** RFC 8188 and 8291: one record of aes128gcm. Throws where it cannot be opened. */
function opened(body: Buffer, { keys, auth }: Pick<Held, 'keys' | 'auth'>): string {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  const derived = (secret: Buffer, with_: Buffer, info: Buffer, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, with_, info, bytes));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const secret = derived(keys.computeSecret(sender), auth, info, 32);
  const key = derived(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derived(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('BadPadding');
  return padded.subarray(0, end).toString();
}
