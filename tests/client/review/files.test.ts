import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { fetchFile } from '#lib/client/review/fetch-file.ts';
import { createReviewStore } from '#lib/client/review/review-store.ts';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { cardOf } from '#tests/support/made-grades.ts';
import { DEAD, handView, scriptedPhone, startedSession } from '#tests/support/scripted-phone.ts';

test('files come from the Mac while it answers, and from the phone when it does not', async () => {
  let isAway = false;
  const card = cardOf(1, { media: ['a b#.png'] });
  const { read, pass } = await startedSession(async () => (isAway ? 'unreachable' : { body: handView([card]) }));
  expect(await read().media(card)).toEqual({ 'a b#.png': { url: '/api/review/media/token/a%20b%23.png' } });
  isAway = true;
  await pass(61_000);
  expect(await read().media(card)).toMatchObject({ 'a b#.png': { type: 'image/png' } });
});

test('the first card of a session has its files as soon as it is shown', async () => {
  const card = cardOf(1, { media: ['a.png'] });
  const scripted = scriptedPhone(async () => ({ body: handView([card]) }));
  const store = createReviewStore(scripted.phone);
  const asked: ReturnType<ReviewSession['media']>[] = [];
  store.listen(() => {
    if (store.read().phase === 'card' && asked.length === 0) asked.push(store.read().media(card));
  });
  store.start();
  await scripted.pass(DEAD);
  expect(await asked[0]).toEqual({ 'a.png': { url: '/api/review/media/token/a.png' } });
});

const MB = 1_000_000;

/** A server of files whose length is not told. */
async function serving(write: (body: { write: (chunk: Buffer) => boolean; end: () => void }) => void): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    write(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  onTestFinished(() => server.closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a file is kept whole with its type, up to the limit', async () => {
  const url = await serving((body) => {
    body.write(Buffer.alloc(MB, 1));
    body.write(Buffer.alloc(MB, 2));
    body.end();
  });
  const file = await fetchFile(url, 2 * MB);
  expect(file?.type).toBe('audio/mpeg');
  expect(Buffer.from(file?.bytes ?? new ArrayBuffer(0))).toEqual(
    Buffer.concat([Buffer.alloc(MB, 1), Buffer.alloc(MB, 2)]),
  );
  expect(await fetchFile(url, 2 * MB - 1)).toBeNull();
});

test('a file without end is given up at the limit', async () => {
  const url = await serving((body) => void body.write(Buffer.alloc(3 * MB)));
  const startedAt = performance.now();
  expect(await fetchFile(url, MB)).toBeNull();
  // Not by the patience for a whole file, which is 10 s.
  expect(performance.now() - startedAt).toBeLessThan(9_500);
});
