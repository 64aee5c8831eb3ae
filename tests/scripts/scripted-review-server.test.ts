import { afterEach, beforeEach, expect, test } from 'vitest';
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

test('it comes back on the port it had', async () => {
  await server.stop();
  await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  await server.start();
  expect((await fetch(`${server.url}/health`)).headers.get('server')).toBe('uvicorn');
});
