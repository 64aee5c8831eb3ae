import { describe, expect, onTestFinished, test } from 'vitest';
import { createReviewServer } from '#lib/review/review-server.ts';
import { shownCard } from '#tests/support/anki-window.ts';
import { fc } from '#tests/support/fast-check.ts';
import { openedAnki } from '#tests/support/opened-anki.ts';
import { closedPort, ok, rawServer, replying, stallingAfter } from '#tests/support/raw-servers.ts';
import { type Manner, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

const LOOK_MS = 400;
const at = (port: number) => createReviewServer(async () => ({ url: `http://127.0.0.1:${port}/health` }));
const current = async (port: Promise<number>) => at(await port).current(LOOK_MS);
const submitted = async (port: Promise<number>) => at(await port).answer(3);
const status = (code: number, body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return `HTTP/1.1 ${code} Some\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

async function standing(manner: Manner = 'ok') {
  const { anki } = await openedAnki();
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  onTestFinished(() => server.stop());
  server.be(manner);
  return { anki, server, client: at(server.port) };
}

describe('the current card', () => {
  const first = {
    status: 'ok',
    cardId: 1,
    noteId: 2,
    deckId: 3,
    front_html: 'mano',
    back_html: 'hand',
    front_text: 'mano',
  };
  test.each([
    ['of the first generation', first, { noteId: 2, languages: { front: null, back: null } }],
    [
      'with languages',
      { ...first, front_language: 'es-ES', back_language: null },
      { languages: { front: 'es-ES', back: null } },
    ],
    ['through AnkiConnect', { status: 'ok', cardId: 1, front_html: 'mano', back_html: 'hand' }, { noteId: null }],
  ])('%s is read', async (_, body, more) => {
    expect(await current(replying(ok(body)))).toMatchObject({
      outcome: 'card',
      card: { cardId: 1, question: 'mano', answer: 'hand', ...more },
    });
  });

  test.each(['Anki error: Gui review is not currently active.', 'Anki add-on returned: idle'])(
    '“%s” is no card',
    async (message) => {
      expect(await current(replying(ok({ status: 'error', message })))).toEqual({ outcome: 'nothing' });
      expect(await current(replying(ok({ status: 'idle' })))).toEqual({ outcome: 'nothing' });
    },
  );

  test('an error in a 200 is an error', async () => {
    const message = 'Anki error: collection is not available';
    expect(await current(replying(ok({ status: 'error', message, details: 'x' })))).toEqual({
      outcome: 'error',
      message,
      status: 200,
      effect: 'none',
    });
  });

  test.each([
    ['a page of another program', ok('<!DOCTYPE html>'), 'foreign'],
    ['JSON of another shape', ok({ status: 'ok' }), 'foreign'],
    ['an SSH banner', 'SSH-2.0-OpenSSH\r\n', 'foreign'],
    ['a crash as plain text', status(500, 'Internal Server Error'), 'error'],
    ['a crash in words', status(502, { detail: 'All connection attempts failed' }), 'error'],
    ['half an answer', ok(first).slice(0, -3), 'reset'],
  ])('%s: %s', async (_, bytes, outcome) => {
    expect(await current(replying(bytes))).toMatchObject({ outcome });
  });

  test('silence ends with patience, a refusal at once', async () => {
    expect(await current(stallingAfter('HTTP/1.1 200 OK\r\n'))).toEqual({ outcome: 'timed-out', effect: 'unknown' });
    expect(await current(closedPort())).toEqual({ outcome: 'refused' });
  });
});

describe('a grade', () => {
  test.each([
    ['true', ok({ result: true, error: null }), { outcome: 'done' }],
    ['false', ok({ result: false, error: null }), { outcome: 'not-done' }],
    [
      'Anki’s own error',
      ok({ result: null, error: 'collection is not available' }),
      { outcome: 'error', effect: 'none' },
    ],
    [
      'an error of the way to Anki',
      ok({ error: 'Cannot connect to AnkiConnect: ' }),
      { outcome: 'error', effect: 'unknown' },
    ],
    ['neither yes nor no', ok({ result: null, error: null }), { outcome: 'error', effect: 'unknown' }],
    [
      '422',
      status(422, { detail: [{ type: 'missing', loc: ['body', 'ease'], msg: 'Field required' }] }),
      { effect: 'none', message: 'Field required' },
    ],
    ['404', status(404, { detail: 'Not Found' }), { outcome: 'error', effect: 'none' }],
    ['500', status(500, 'Internal Server Error'), { outcome: 'error', effect: 'unknown', status: 500 }],
    ['502', status(502, { detail: 'x' }), { outcome: 'error', effect: 'unknown' }],
    ['another program', ok('<html>'), { outcome: 'foreign' }],
  ])('%s', async (_, bytes, answer) => {
    expect(await submitted(replying(bytes))).toMatchObject(answer);
  });

  test('a broken connection leaves open whether it was counted, a refused one does not', async () => {
    const dropped = rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await submitted(dropped)).toEqual({ outcome: 'reset', effect: 'unknown' });
    expect(await submitted(closedPort())).toEqual({ outcome: 'refused' });
  });
});

describe('with the server and Anki running', () => {
  test('the card is the reviewer’s, and an answer counts for it once it is turned', async () => {
    const { anki, client } = await standing();
    const shown = shownCard(anki.window)?.id ?? 0;
    expect(await client.current(2_000)).toMatchObject({ outcome: 'card', card: { cardId: shown } });
    const before = anki.collection.revlog.of(shown).length;
    expect(await client.answer(3)).toEqual({ outcome: 'not-done' });
    expect(await client.showAnswer()).toEqual({ outcome: 'done' });
    expect(await client.answer(3)).toEqual({ outcome: 'done' });
    await expect.poll(() => anki.collection.revlog.of(shown).length).toBe(before + 1);
  });

  test('without a reviewer there is neither a card to turn nor to answer', async () => {
    const { anki, client } = await standing();
    anki.be('no-reviewer');
    expect(await client.current(2_000)).toEqual({ outcome: 'nothing' });
    expect(await client.showAnswer()).toEqual({ outcome: 'not-done' });
    expect(await client.answer(3)).toEqual({ outcome: 'not-done' });
  });

  test('the build that cannot read AnkiConnect says so in its words', async () => {
    const { client } = await standing('mismatched');
    expect(await client.current(2_000)).toMatchObject({ outcome: 'error', message: 'Backend returned: unknown' });
  });
});

test('no answer makes a call reject', async () => {
  let answer = '';
  const port = await rawServer((socket) => socket.once('data', () => socket.end(answer)));
  const near = fc.record(
    {
      status: fc.constantFrom('ok', 'error', 'idle', 7),
      cardId: fc.jsonValue(),
      front_html: fc.jsonValue(),
      back_html: fc.constant('x'),
      result: fc.jsonValue(),
      error: fc.jsonValue(),
      detail: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(near, fc.constantFrom(200, 302, 404, 409, 500), async (body, code) => {
      answer = status(code, body);
      expect(typeof (await at(port).current(LOOK_MS)).outcome).toBe('string');
      expect(typeof (await at(port).answer(3)).outcome).toBe('string');
    }),
    { numRuns: 200 },
  );
});
