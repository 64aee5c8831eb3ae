import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseJson } from '#lib/review/parse-json.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

let anki: ScriptedAnkiConnect;
let server: ScriptedReviewServer;

beforeEach(async () => {
  anki = await scriptedAnkiConnect();
  server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
});

afterEach(async () => {
  await Promise.all([server.stop(), anki.stop()]);
});

const get = async (path: string) => (await fetch(`${server.url}${path}`)).json();

test('its health says in four strings what it heard, always with 200', async () => {
  expect(await get('/health')).toEqual({
    server: 'ok',
    anki_addon: 'error: All connection attempts failed',
    ankiconnect: 'ok',
    anki_running: 'ok',
  });
  await anki.stop();
  expect(await get('/health')).toMatchObject({
    ankiconnect: 'error: All connection attempts failed',
    anki_running: 'not_running',
  });
});

test('a silent Anki costs its health two seconds and is an error without words', async () => {
  anki.be('hung');
  const startedAt = performance.now();
  expect(await get('/health')).toMatchObject({ ankiconnect: 'error: ', anki_running: 'not_running' });
  expect(performance.now() - startedAt).toBeGreaterThan(1_900);
});

test('a closed collection looks well to its health and not to its current card', async () => {
  anki.be('collection-closed');
  expect(await get('/health')).toMatchObject({ ankiconnect: 'ok', anki_running: 'ok' });
  expect(await get('/current')).toMatchObject({ message: 'Anki error: collection is not available' });
});

test('it shows the card that Anki shows', async () => {
  expect(await get('/current')).toMatchObject({
    status: 'ok',
    cardId: expect.any(Number),
    front_html: expect.any(String),
  });
  anki.be('no-reviewer');
  expect(await get('/current')).toMatchObject({ message: 'Anki error: Gui review is not currently active.' });
});

test('with an AnkiConnect it was not made for, it cannot show a card even during a review', async () => {
  server.be('mismatched');
  expect(await get('/health')).toMatchObject({ ankiconnect: 'ok' });
  expect(await get('/current')).toMatchObject({ status: 'error', message: 'Backend returned: unknown' });
});

test('its card can crash, and it can look for Anki elsewhere, while a review is open', async () => {
  server.be('cardless');
  expect(await get('/health')).toMatchObject({ ankiconnect: 'ok' });
  expect((await fetch(`${server.url}/current`)).status).toBe(500);
  server.be('astray');
  expect(await get('/health')).toMatchObject({
    anki_running: 'not_running',
    ankiconnect: 'error: All connection attempts failed',
  });
});

test('another program on the port of AnkiConnect looks well to its health and not to its current card', async () => {
  anki.be('foreign');
  expect(await get('/health')).toMatchObject({ ankiconnect: 'ok', anki_running: 'ok' });
  expect(await get('/current')).toMatchObject({ status: 'error', message: expect.stringContaining('Expecting value') });
});

const post = async (path: string, body: object = {}) => {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: reply.status, said: parseJson(await reply.text()) };
};

/** What each endpoint answers while Anki is closed, shows its profiles, shows its decks, shows a card: reference §2.1. */
test.each([
  [
    '/show-answer',
    {},
    [
      [200, { error: expect.stringContaining('Cannot connect') }],
      [200, { result: null, error: 'collection is not available' }],
      [200, { result: false, error: null }],
      [200, { result: true, error: null }],
    ],
  ],
  [
    '/answer/3',
    {},
    [
      [200, { error: expect.stringContaining('Cannot connect') }],
      [200, { result: null, error: 'collection is not available' }],
      [200, { result: false, error: null }],
      [200, { result: true, error: null }],
    ],
  ],
  [
    '/submit-grade',
    { cardId: 1, ease: 3 },
    [
      [409, { detail: expect.stringContaining('Reviewer not ready') }],
      [409, { detail: expect.stringContaining('Reviewer not ready') }],
      [200, { result: false, error: null }],
      [200, { result: true, error: null }],
    ],
  ],
  [
    '/undo',
    {},
    [
      [200, { error: expect.stringContaining('Cannot connect') }],
      [200, { result: null, error: 'unsupported action' }],
      [200, { result: null, error: 'unsupported action' }],
      [200, { result: null, error: 'unsupported action' }],
    ],
  ],
  [
    '/switch-deck?name=Japanese',
    {},
    [
      [502, { detail: expect.any(String) }],
      [502, { detail: expect.any(String) }],
      [200, { status: 'ok', deck: 'Japanese' }],
      [200, { status: 'ok', deck: 'Japanese' }],
    ],
  ],
  [
    '/sync',
    {},
    [
      [502, { detail: expect.any(String) }],
      [502, { detail: expect.any(String) }],
      [200, { status: 'ok', result: null }],
      [200, { status: 'ok', result: null }],
    ],
  ],
] as const)('POST %s answers by what Anki does', async (path, body, answers) => {
  const said = [];
  await anki.stop();
  said.push(await post(path, body));
  await anki.start();
  for (const state of ['collection-closed', 'no-reviewer', 'reviewing'] as const) {
    anki.be(state);
    if (path === '/answer/3' && state === 'reviewing') await post('/show-answer');
    said.push(await post(path, body));
  }
  expect(said.map(({ status, said: words }) => [status, words])).toEqual(answers);
});

test('it grades the card that Anki shows, whatever id it is given', async () => {
  const [shown] = [anki.window.reviewer.cardId];
  await post('/submit-grade', { cardId: 1, ease: 4 });
  await expect.poll(() => anki.collection.revlog.rows.at(-1)).toMatchObject({ cardId: shown, ease: 4 });
});

test('what it is asked in the wrong way it turns away as FastAPI does', async () => {
  expect(await post('/answer/5')).toMatchObject({ status: 400 });
  expect(await post('/switch-deck')).toMatchObject({ status: 422, said: { detail: [{ type: 'missing' }] } });
  expect(await post('/switch-deck?name=Nowhere')).toMatchObject({ status: 404 });
  expect(await post('/submit-grade', { ease: 3 })).toMatchObject({ status: 422 });
  expect((await fetch(`${server.url}/submit-grade`)).status).toBe(405);
  expect(await post('/ask', { question: 'why?' })).toMatchObject({ status: 400 });
  const whole = { question: 'why?', question_text: 'la mano', reference_text: 'hand' };
  expect(await post('/ask', whole)).toEqual({ status: 500, said: undefined });
  expect(await post('/example', whole)).toMatchObject({ status: 503 });
});

test('its numbers of a deck are not those of Anki: suspended cards and limits do not count', async () => {
  const stats = await get('/deck-stats?name=Spanish');
  expect(stats).toEqual({ status: 'ok', deck: 'Spanish', new: 8, review: 28 });
  expect(await get('/decks')).toMatchObject({ decks: expect.arrayContaining(['Default', 'Spanish::Verbs']) });
});

test('what it calls the deletion of a note suspends a card', async () => {
  const cardId = anki.window.reviewer.cardId ?? 0;
  expect(await post('/delete-note', { cardId })).toEqual({ status: 200, said: { result: true, error: null } });
  expect(anki.collection.cards.get(cardId)?.queue).toBe(-1);
});

test('one of the first generation has no decks', async () => {
  server.be('ok', { generation: 'bridge' });
  expect((await fetch(`${server.url}/decks`)).status).toBe(404);
  expect(await post('/submit-grade', { cardId: 1, ease: 3 })).toMatchObject({ status: 200 });
});

test('it comes back on the port it had', async () => {
  await server.stop();
  await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  await server.start();
  expect((await fetch(`${server.url}/health`)).headers.get('server')).toBe('uvicorn');
});
