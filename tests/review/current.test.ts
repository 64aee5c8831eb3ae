import { createServer as createHttps } from 'node:https';
import tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { askCurrent } from '#lib/review/current.ts';
import { makeAuthority } from '#tests/support/certificates.ts';
import { closedPort, listen, ok, rawServer, replying, stallingAfter, targetAt } from '#tests/support/raw-servers.ts';

const NAME = 'macbook.tail1234.ts.net';
const asking = async (port: Promise<number>) => askCurrent(targetAt(await port));
const replied = (body: unknown) => asking(replying(ok(body)));
const answeredWith = (status: number) => ({ told: { said: 'nothing', came: 'answer', status } });
const CUT = { why: 'unreadable', detail: 'the connection broke before the answer was whole' };

describe('every generation', () => {
  const first = {
    status: 'ok',
    cardId: 1,
    noteId: 2,
    deckId: 3,
    front_html: '<b>mano</b>',
    back_html: 'hand',
    front_text: 'mano',
    back_text: 'hand',
  };

  test.each([
    ['the first', first],
    ['with languages', { ...first, front_language: null, back_language: 'es-ES' }],
    ['with texts to be read aloud', { ...first, front_text_tts: 'mano', back_text_tts: 'hand' }],
    ['through a headless backend', { status: 'ok', cardId: 1, front_html: 'mano', back_html: 'hand' }],
  ])('%s: a card', async (_, body) => {
    expect(await replied(body)).toEqual({ told: { said: 'card' } });
  });

  test.each([
    'Cannot connect to Anki add-on',
    'Anki add-on timeout',
    'Anki add-on returned: idle',
    'Anki error: Cannot connect to AnkiConnect. Is Anki running?',
    'Anki error: collection is not available',
    'Anki error: Gui review is not currently active.',
    'Anki error: valid api key must be provided',
    'Backend returned: unknown',
  ])('“%s” is an error in its own words', async (message) => {
    expect(await replied({ status: 'error', message, details: 'Make sure backend is running' })).toEqual({
      told: { said: 'error', message },
    });
  });

  test('a secret in an error is left out', async () => {
    const message = '401: Incorrect API key provided: sk-proj-planted1234';
    expect(await replied({ status: 'error', message })).toEqual({
      told: { said: 'error', message: '401: Incorrect API key provided: sk-***' },
    });
  });

  test('an error is cut to 200 characters', async () => {
    expect(await replied({ status: 'error', message: 'é'.repeat(900) })).toEqual({
      told: { said: 'error', message: 'é'.repeat(200) },
    });
  });
});

describe('no card comes, and no error of its own', () => {
  test.each([
    ['a web page', ok('<html>It works!</html>'), 200],
    ['an ok without a card', ok({ status: 'ok' }), 200],
    ['an error without a message', ok({ status: 'error' }), 200],
    ['AnkiConnect’s envelope', ok({ result: { cardId: 1 }, error: null }), 200],
    ['broken JSON', ok('{"status":"ok","cardId":'), 200],
    ['a crash', 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 21\r\n\r\nInternal Server Error', 500],
    ['a card with another status', ok({ status: 'ok', cardId: 1 }).replace('200 OK', '401 Unauthorized'), 401],
    ['no such path', ok({ detail: 'Not Found' }).replace('200 OK', '404 Not Found'), 404],
    ['a redirect', 'HTTP/1.1 307 Moved\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n', 307],
  ])('but %s', async (_, bytes, status) => {
    expect(await asking(replying(bytes))).toEqual(answeredWith(status));
  });

  test('but what is no HTTP', async () => {
    expect(await asking(replying('SSH-2.0-OpenSSH_9.6\r\n'))).toEqual({ told: { said: 'nothing', came: 'no-http' } });
  });

  test('but silence, after five seconds', async () => {
    const startedAt = performance.now();
    expect(await asking(stallingAfter(''))).toEqual({ told: { said: 'nothing', came: 'silence' } });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(4_990);
  });

  test('but the bridge’s word for no review', async () => {
    expect(await replied({ status: 'idle' })).toEqual({ told: { said: 'idle' } });
  });
});

describe('it is not known what it says', () => {
  test('where the connection breaks', async () => {
    expect(await asking(replying(ok({ status: 'ok', cardId: 1 }, { 'content-length': '4000' })))).toEqual(CUT);
    expect(await asking(rawServer((socket) => socket.once('data', () => socket.resetAndDestroy())))).toEqual(CUT);
  });

  test('where nothing listens: the probe at the same address tells that', async () => {
    expect(await asking(closedPort())).toEqual({
      why: 'not-permitted',
      detail: 'no connection could be made: ECONNREFUSED',
    });
  });

  test('where the answer is longer than it is read: it may be a card', async () => {
    expect(await replied({ status: 'ok', cardId: 1, front_html: 'x'.repeat(5_000_000) })).toEqual({
      why: 'unreadable',
      detail: 'the answer is longer than any card',
    });
  });
});

describe('it is asked', () => {
  test('at the target’s address, by the name in its URL, with a GET that changes nothing', async () => {
    const asked = Promise.withResolvers<string>();
    const port = await rawServer((socket) =>
      socket.once('data', (bytes) => {
        asked.resolve(bytes.toString());
        socket.end(ok({ status: 'ok', cardId: 1 }));
      }),
    );
    expect(await askCurrent({ ...targetAt(port, NAME), address: '127.0.0.1' })).toEqual({ told: { said: 'card' } });
    expect(await asked.promise).toMatch(new RegExp(`^GET /current HTTP/1.1\r\nhost: ${NAME}:${port}\r\n`, 'i'));
  });

  test('on an IPv6 literal', async () => {
    const port = await replying(ok({ status: 'ok', cardId: 1 }), '::1');
    expect(await askCurrent(targetAt(port, '[::1]'))).toEqual({ told: { said: 'card' } });
  });

  test('on https, where the certificate must be good for the name and not for the address', async () => {
    const usual = tls.getCACertificates('default');
    const authority = await makeAuthority();
    tls.setDefaultCACertificates([...usual, authority.cert]);
    try {
      const serve = async (names: readonly string[]) =>
        listen(createHttps(await authority.sign(names), (_, response) => response.end('{"status":"ok","cardId":1}')));
      const at = async (port: Promise<number>) =>
        askCurrent({ ...targetAt(await port, NAME, 'https'), address: '127.0.0.1' });
      expect(await at(serve([NAME]))).toEqual({ told: { said: 'card' } });
      expect(await at(serve(['127.0.0.1']))).toMatchObject({
        why: 'not-permitted',
        detail: 'no connection could be made: ERR_TLS_CERT_ALTNAME_INVALID',
      });
    } finally {
      tls.setDefaultCACertificates(usual);
      await authority.remove();
    }
  });
});
