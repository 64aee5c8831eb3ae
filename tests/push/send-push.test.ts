import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import webpush from 'web-push';
import { areUsable, createSendPush, type PushLetter } from '#lib/push/send-push.ts';
import { type FakePushService, fakePushService, type PushAnswer } from '#tests/support/fake-push-service.ts';
import { freePort } from '#tests/support/running-app.ts';

const LETTER: PushLetter = { text: '{"web_push":8030}', ttlS: 60, urgency: 'high', topic: 'incident-1' };
const keys = webpush.generateVAPIDKeys();
let now = Date.now();
const sender = (subject = 'https://macbook.tail1234.ts.net') => createSendPush({ keys, subject, now: () => now });
const never = new AbortController().signal;
let service: FakePushService;

beforeAll(async () => {
  service = await fakePushService();
  service.trust();
});
afterAll(() => service.stop());

test('a message arrives as it was written, from a sender that can be proven', async () => {
  const phone = service.subscribe({ key: keys.publicKey });
  expect(await sender()(phone.subscription, LETTER, never)).toEqual({ outcome: 'sent', status: 201 });
  expect(phone.messages()).toEqual([{ ...LETTER, subject: 'https://macbook.tail1234.ts.net' }]);
});

test('the proof is not renewed within an hour, and holds for each service by itself', async () => {
  const other = await fakePushService();
  other.trust();
  const phones = [service.subscribe(), service.subscribe(), other.subscribe()];
  const send = sender();
  for (const phone of phones) await send(phone.subscription, LETTER, never);
  now += 3_700_000;
  for (const phone of phones) expect(await send(phone.subscription, LETTER, never)).toMatchObject({ outcome: 'sent' });
  const [first, second, elsewhere] = phones.map((phone) => phone.messages().length);
  expect([first, second, elsewhere]).toEqual([2, 2, 2]);
  expect(new Set(service.tokens().slice(-4)).size).toBe(2);
  await other.stop();
});

test.each<[PushAnswer, object]>([
  [403, { outcome: 'refused', status: 403, detail: 'it answered 403: {"reason":"AsTold"}' }],
  [413, { outcome: 'refused', status: 413 }],
  [404, { outcome: 'gone', status: 404 }],
  [410, { outcome: 'gone', status: 410 }],
  [429, { outcome: 'later', status: 429, afterMs: 7_000 }],
  [500, { outcome: 'later', status: 500, afterMs: null }],
])('%s is understood', async (answer, delivery) => {
  const { subscription } = service.subscribe({ answer });
  expect(await sender()(subscription, LETTER, never)).toMatchObject(delivery);
});

test('what Apple refuses is refused here: another key, a sender on localhost, more than 4096 bytes', async () => {
  const phone = service.subscribe({ key: webpush.generateVAPIDKeys().publicKey });
  const refused = { outcome: 'refused', status: 403 };
  expect(await sender()(phone.subscription, LETTER, never)).toMatchObject(refused);
  const subject = 'mailto:me@localhost';
  expect(await sender(subject)(service.subscribe().subscription, LETTER, never)).toMatchObject(refused);
  const long = { ...LETTER, text: 'x'.repeat(4_100) };
  expect(await sender()(service.subscribe().subscription, long, never)).toMatchObject({
    outcome: 'refused',
    status: 413,
  });
  expect(service.refusals().slice(-3)).toEqual(['VapidPkHashMismatch', 'BadJwtToken', 'PayloadTooLarge']);
  expect(phone.messages()).toEqual([]);
});

test('a service that takes the message and says nothing may have taken it', async () => {
  const phone = service.subscribe({ answer: 'hangs' });
  const delivery = await sender()(phone.subscription, LETTER, AbortSignal.timeout(700));
  expect(delivery).toMatchObject({ outcome: 'unknown', status: null });
  expect(phone.asked()).toBe(1);
});

test('what cannot have arrived is tried later: nobody there, nobody who speaks, somebody else', async () => {
  const silent = createServer((socket: Socket) => void socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stranger = await fakePushService();
  const { keys: phoneKeys } = service.subscribe().subscription;
  const dead = `https://127.0.0.1:${await freePort()}/push/1`;
  for (const endpoint of [dead, `https://127.0.0.1:${port}/push/1`, `${stranger.origin}/push/1`]) {
    const delivery = await sender()({ endpoint, keys: phoneKeys }, LETTER, AbortSignal.timeout(700));
    expect(delivery).toMatchObject({ outcome: 'later', status: null, afterMs: null });
  }
  silent.close();
  await stranger.stop();
});

test('keys for which nothing can be encrypted are known as such, and never thrown about', async () => {
  const { endpoint, keys: good } = service.subscribe().subscription;
  expect(areUsable(good)).toBe(true);
  const point = Buffer.from(good.p256dh, 'base64url');
  point.writeUInt8(point.readUInt8(64) ^ 1, 64);
  const offCurve = { ...good, p256dh: point.toString('base64url') };
  for (const bad of [offCurve, { ...good, auth: 'AAAA' }, { ...good, p256dh: 'AAAA' }]) {
    expect(areUsable(bad)).toBe(false);
    expect(await sender()({ endpoint, keys: bad }, LETTER, never)).toMatchObject({ outcome: 'refused', status: null });
  }
});
