import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { askAnki } from '#lib/review/anki-state.ts';
import { askBridge } from '#lib/review/bridge.ts';
import { askCurrent } from '#lib/review/current.ts';
import { fc } from '#tests/support/fast-check.ts';
import { ok, targetAt } from '#tests/support/raw-servers.ts';

/** One server for all runs: it answers whatever is asked with the same bytes, and closes. */
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', () => socket.end(answer));
});
let answer: string | Buffer = '';
let port = 0;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => void server.close());

const REACHES = ['answers', 'foreign', 'refused', 'silent'];

/** Asks all three of a server that answers so. Each result is one of those it may be. */
async function askAll(bytes: string | Buffer): Promise<void> {
  answer = bytes;
  const [anki, bridge, current] = await Promise.all([
    askAnki(createAnkiConnect(new URL(`http://127.0.0.1:${port}`))),
    askBridge([port]),
    askCurrent(targetAt(port)),
  ]);
  for (const said of [anki, bridge]) {
    if ('told' in said) expect(REACHES).toContain(said.told.reach);
    else expect(said.why).toBe('unreadable');
  }
  if ('told' in current) expect(['card', 'error', 'idle', 'nothing']).toContain(current.told.said);
  else expect(current.why).toBe('unreadable');
}

const RUNS = { numRuns: 300 };
/** Envelopes and their like, with anything inside. */
const near = fc.oneof(
  fc.jsonValue(),
  fc.record({ result: fc.jsonValue(), error: fc.oneof(fc.constant(null), fc.string(), fc.jsonValue()) }),
  fc.record({
    result: fc.array(fc.record({ result: fc.jsonValue(), error: fc.option(fc.string()) }), { maxLength: 3 }),
    error: fc.constant(null),
  }),
  fc.record(
    { status: fc.constantFrom('ok', 'error'), cardId: fc.jsonValue(), message: fc.jsonValue() },
    { requiredKeys: ['status'] },
  ),
);

test('no JSON makes any of them reject', async () => {
  await fc.assert(
    fc.asyncProperty(near, (value) => askAll(ok(JSON.stringify(value)))),
    RUNS,
  );
});

test('no bytes make any of them reject, as a whole answer or as its body', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.boolean(), (given, isBody) => {
      const bytes = Buffer.from(given);
      const head = `HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\n\r\n`;
      return askAll(isBody ? Buffer.concat([Buffer.from(head), bytes]) : bytes);
    }),
    RUNS,
  );
});

test('no cut and no change of a good answer makes any of them reject', async () => {
  const envelope = { result: ['Default'], error: null };
  const good = ok({
    result: [envelope, { ...envelope, result: true }],
    error: null,
    status: 'ok',
    cardId: 1,
    ok: true,
  });
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length), fc.nat(255), fc.boolean(), (place, byte, isCut) => {
      const bytes = Buffer.from(good);
      if (!isCut) bytes[Math.min(place, bytes.length - 1)] = byte;
      return askAll(isCut ? bytes.subarray(0, place) : bytes);
    }),
    RUNS,
  );
});

test('nesting beyond any sense does no harm', async () => {
  const depth = 20_000;
  await askAll(ok(`{"result":${'['.repeat(depth)}${']'.repeat(depth)},"error":null}`));
});
