import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Action, DECK_NAMES, GUI_REVIEW_ACTIVE } from '#lib/review/anki-actions.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { closedPort, ok, rawServer, replying, stallingAfter } from '#tests/support/raw-servers.ts';

const SHORT = { patienceMs: 150 };
const at = (port: number, key?: string) =>
  createAnkiConnect(new URL(`http://127.0.0.1:${port}`), key === undefined ? {} : { key });
const calling = async (port: Promise<number>) => at(await port).call(DECK_NAMES, SHORT);
const replied = (body: unknown) => calling(replying(ok(body)));

describe('what AnkiConnect said', () => {
  test('a result of the right shape is answered, with how long it took', async () => {
    const called = await replied({ result: ['Default', 'A::B'], error: null });
    expect(called).toMatchObject({ outcome: 'answered', value: ['Default', 'A::B'] });
    expect(called).toHaveProperty('latencyMs', expect.any(Number));
  });

  test('an error is told in its own words, cut to 200 characters', async () => {
    expect(await replied({ result: null, error: 'é'.repeat(900) })).toMatchObject({
      outcome: 'api-error',
      message: 'é'.repeat(200),
    });
  });

  test.each([[null], [true], [[1]], [{}]])('the result %j is no list of decks', async (result) => {
    expect(await replied({ result, error: null })).toMatchObject({ outcome: 'bad-shape' });
  });

  test('a 403 is forbidden', async () => {
    const bytes = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n';
    expect(await calling(replying(bytes))).toEqual({ outcome: 'forbidden' });
  });
});

describe('what is not AnkiConnect', () => {
  test.each([
    ['a web page', ok('<html>It works!</html>')],
    ['nothing', ok('')],
    ['a bare result', ok(['Default'])],
    ['another envelope', ok({ result: ['Default'] })],
    ['an error that is no text', ok({ result: null, error: { code: -32_601 } })],
    ['an error of HTTP', `HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}`],
    ['a redirect', 'HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a change of protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['a flood of headers', `HTTP/1.1 200 OK\r\nX-Padding: ${'a'.repeat(40_000)}\r\n\r\n`],
  ])('%s is foreign', async (_, bytes) => {
    expect(await calling(replying(bytes))).toEqual({ outcome: 'foreign' });
  });
});

describe('a call that nobody can have heard', () => {
  test('is refused where nothing listens', async () => {
    expect(await calling(closedPort())).toEqual({ outcome: 'refused' });
  });

  test('is not sent when there is no connection to be had', async () => {
    const broadcast = createAnkiConnect(new URL('http://255.255.255.255:8765'));
    expect(await broadcast.call(DECK_NAMES)).toEqual({ outcome: 'unsent', code: expect.stringMatching(/^E[A-Z]+$/) });
  });
});

describe('a call that may have been carried out', () => {
  test.each([
    ['says nothing', ''],
    ['stops in the middle of its headers', 'HTTP/1.1 200 OK\r\nContent-Ty'],
    ['stops in the middle of its answer', 'HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{"result":'],
  ])('times out with unknown effect when the other side %s', async (_, bytes) => {
    expect(await calling(stallingAfter(bytes))).toEqual({ outcome: 'timed-out', effect: 'unknown' });
  });

  test('times out in time also when the answer drips byte by byte', async () => {
    const port = rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n');
      const drip = setInterval(() => socket.write(' '), 10);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await calling(port)).toEqual({ outcome: 'timed-out', effect: 'unknown' });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['resets the connection', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['closes it without a word', (socket) => socket.once('data', () => socket.end())],
    [
      'closes it in the middle of its headers',
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nCon')),
    ],
    [
      'closes it in the middle of its answer',
      (socket) => socket.once('data', () => socket.end(ok({ result: [] }, { 'content-length': '4000' }))),
    ],
  ])('is a reset with unknown effect when the other side %s', async (_, treat) => {
    expect(await calling(rawServer(treat))).toEqual({ outcome: 'reset', effect: 'unknown' });
  });

  test('is too large from the first byte beyond the limit, and a flood is cut off', async () => {
    const anki = at(await replying(ok({ result: ['a'], error: null })));
    const length = JSON.stringify({ result: ['a'], error: null }).length;
    expect(await anki.call(DECK_NAMES, { limitBytes: length })).toMatchObject({ outcome: 'answered' });
    expect(await anki.call(DECK_NAMES, { limitBytes: length - 1 })).toEqual({
      outcome: 'too-large',
      effect: 'unknown',
    });

    const flood = rawServer((socket) => {
      const pour = () => {
        while (socket.writable && socket.write('x'.repeat(65_536)));
      };
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.on('drain', pour);
      pour();
    });
    expect(await at(await flood).call(DECK_NAMES)).toEqual({ outcome: 'too-large', effect: 'unknown' });
  });
});

describe('how it asks', () => {
  /** An AnkiConnect that repeats, as its result, the very bytes in which it was asked. */
  const echo = () =>
    rawServer((socket) => socket.once('data', (bytes) => socket.end(ok({ result: bytes.toString(), error: null }))));
  const echoed = async (action: Omit<Action<string>, 'result'>, key?: string) => {
    const called = await at(await echo(), key).call({ ...action, result: z.string() });
    if (called.outcome !== 'answered') throw new Error(called.outcome);
    const [head = '', body = ''] = called.value.split('\r\n\r\n');
    return { head: head.toLowerCase(), body: JSON.parse(body) };
  };

  test('head and body come in one piece, with their length, and ask for no permission to go on', async () => {
    const { head, body } = await echoed({ action: 'guiDeckReview', params: { name: 'Español'.repeat(100) } });
    expect(head).toMatch(/^post \/ http\/1\.1\r\n/);
    expect(head).toMatch(/\r\ncontent-length: \d+/);
    expect(head).not.toMatch(/expect|origin|transfer-encoding/);
    expect(body).toEqual({ action: 'guiDeckReview', version: 6, params: { name: 'Español'.repeat(100) } });
  });

  test('no params and no key are sent where there are none', async () => {
    expect((await echoed({ action: 'deckNames' })).body).toEqual({ action: 'deckNames', version: 6 });
  });

  test('a key goes with every action, nested ones included', async () => {
    expect((await echoed({ action: 'deckNames' }, 'k3y')).body).toHaveProperty('key', 'k3y');
    const asked = Promise.withResolvers<string>();
    const port = await rawServer((socket) => socket.once('data', (bytes) => asked.resolve(bytes.toString())));
    await at(port, 'k3y').callAll([DECK_NAMES, GUI_REVIEW_ACTIVE], SHORT);
    expect(JSON.parse((await asked.promise).split('\r\n\r\n')[1] ?? '')).toEqual({
      action: 'multi',
      version: 6,
      key: 'k3y',
      params: {
        actions: [
          { action: 'deckNames', version: 6, key: 'k3y' },
          { action: 'guiReviewActive', version: 6, key: 'k3y' },
        ],
      },
    });
  });
});

describe('several actions in one call', () => {
  const both = async (result: unknown) =>
    at(await replying(ok({ result, error: null }))).callAll([DECK_NAMES, GUI_REVIEW_ACTIVE], SHORT);

  test('have a reply each', async () => {
    expect(
      await both([
        { result: null, error: 'collection is not available' },
        { result: false, error: null },
      ]),
    ).toMatchObject({
      outcome: 'answered',
      value: [
        { outcome: 'api-error', message: 'collection is not available' },
        { outcome: 'answered', value: false },
      ],
    });
  });

  test.each([
    ['too few', [{ result: [], error: null }]],
    ['too many', Array.from({ length: 3 }, () => ({ result: [], error: null }))],
    ['no list', true],
    ['a list of something else', [['Default'], false]],
  ])('%s replies are a bad shape', async (_, result) => {
    expect(await both(result)).toMatchObject({ outcome: 'bad-shape' });
  });
});
