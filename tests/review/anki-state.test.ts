import { expect, test } from 'vitest';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { askAnki } from '#lib/review/anki-state.ts';
import { closedPort, ok, rawServer, replying, stallingAfter } from '#tests/support/raw-servers.ts';

const asking = async (port: Promise<number>) => askAnki(createAnkiConnect(new URL(`http://127.0.0.1:${await port}`)));
const said = (...replies: readonly unknown[]) => asking(replying(ok({ result: replies, error: null })));
const result = (value: unknown) => ({ result: value, error: null });
const error = (message: string) => ({ result: null, error: message });

test('with its collection open and its reviewer shown, it says so and how long it took', async () => {
  expect(await said(result(['Default']), result(true))).toEqual({
    told: { reach: 'answers', latencyMs: expect.any(Number), collection: 'open', isReviewing: true },
  });
});

test.each(['collection is not available', 'CollectionNotOpen'])('“%s” is a closed collection', async (message) => {
  expect(await said(error(message), result(false))).toMatchObject({
    told: { collection: 'closed', isReviewing: false },
  });
});

test('an API key that we do not have is all that is known', async () => {
  const bytes = ok(error('valid api key must be provided'));
  expect(await asking(replying(bytes))).toMatchObject({ told: { collection: 'key-needed', isReviewing: null } });
});

test.each([
  ['an error with other words', error('list index out of range')],
  ['a list of something else', result([7])],
])('%s leaves open whether the collection is', async (_, decks) => {
  expect(await said(decks, error('reviewer is not available'))).toMatchObject({
    told: { reach: 'answers', collection: null, isReviewing: null },
  });
});

test('an error of the whole call leaves everything open but that it answers', async () => {
  expect(await asking(replying(ok(error('unsupported action'))))).toMatchObject({
    told: { reach: 'answers', collection: null, isReviewing: null },
  });
});

test('where nothing listens it is refused', async () => {
  expect(await asking(closedPort())).toEqual({ told: { reach: 'refused' } });
});

test('where nothing is ever said it is silent', async () => {
  const startedAt = performance.now();
  expect(await asking(stallingAfter(''))).toEqual({ told: { reach: 'silent' } });
  // Its patience is two seconds; the rest is for a busy machine.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test.each([
  ['a web page', ok('<html>')],
  ['a 403, though we are of no origin', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'],
  ['another JSON-RPC', ok({ id: 1, result: 'pong', error: null })],
  ['a flood', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(2_000_000)}`],
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
])('%s is of a foreign program', async (_, bytes) => {
  expect(await asking(replying(bytes))).toEqual({ told: { reach: 'foreign' } });
});

test('a connection that breaks tells nothing of Anki', async () => {
  const port = rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  expect(await asking(port)).toMatchObject({ why: 'unreadable' });
});

test('a connection that could not be made tells nothing of Anki', async () => {
  expect(await askAnki(createAnkiConnect(new URL('http://255.255.255.255:8765')))).toMatchObject({
    why: 'not-permitted',
  });
});
