import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { DECK_NAMES } from '#lib/review/anki-actions.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { askAnki } from '#lib/review/anki-state.ts';
import { askBridge } from '#lib/review/bridge.ts';
import { askCurrent } from '#lib/review/current.ts';
import { closedPort, targetAt } from '#tests/support/raw-servers.ts';
import { type AnkiConnectOptions, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type BridgeOptions, scriptedBridge } from '#tests/support/scripted-bridge.ts';
import { type ReviewServerOptions, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

async function anki(options?: AnkiConnectOptions) {
  const opened = await scriptedAnkiConnect(options);
  onTestFinished(() => opened.stop());
  return opened;
}

async function bridge(options: BridgeOptions) {
  const opened = await scriptedBridge(options);
  onTestFinished(() => opened.stop());
  return opened;
}

async function reviewServer(options: ReviewServerOptions) {
  const opened = await scriptedReviewServer(options);
  onTestFinished(() => opened.stop());
  return opened;
}

const client = ({ url }: { readonly url: string }, key?: string) =>
  createAnkiConnect(new URL(url), key === undefined ? {} : { key });
const anything = (action: string) => ({ action, result: z.unknown() });

test('in a world where all is well everyone says so, and nothing is done to Anki', async () => {
  const opened = await anki();
  const add = await bridge({ anki: opened });
  const server = await reviewServer({ parts: { ankiConnectUrl: opened.url, bridgeUrl: add.url } });
  expect(await askAnki(client(opened))).toMatchObject({
    told: { reach: 'answers', collection: 'open', isReviewing: true },
  });
  expect(await askBridge([add.port])).toEqual({ told: { reach: 'answers', port: add.port } });
  expect(await askCurrent(targetAt(server.port))).toEqual({ told: { said: 'card' } });
  expect(opened.carriedOut()).toEqual(['multi', 'deckNames', 'guiReviewActive', 'guiCurrentCard']);
});

test.each([
  ['no-reviewer', { reach: 'answers', collection: 'open', isReviewing: false }, 'Gui review is not currently active.'],
  [
    'collection-closed',
    { reach: 'answers', collection: 'closed', isReviewing: false },
    'Anki error: collection is not available',
  ],
  [
    'key-needed',
    { reach: 'answers', collection: 'key-needed', isReviewing: null },
    'Anki error: valid api key must be provided',
  ],
  ['hung', { reach: 'silent' }, 'Anki error: Cannot connect'],
  ['foreign', { reach: 'foreign' }, 'Anki error: Expecting value'],
] as const)(
  'an Anki that is %s is seen as such, and so is what its review server says',
  async (state, told, message) => {
    const opened = await anki({ state });
    const server = await reviewServer({ parts: { ankiConnectUrl: opened.url, bridgeUrl: null } });
    const [seen, current] = await Promise.all([askAnki(client(opened)), askCurrent(targetAt(server.port))]);
    expect(seen).toMatchObject({ told });
    expect(current).toMatchObject({ told: { said: 'error', message: expect.stringContaining(message) } });
  },
);

test('an Anki that was closed refuses, and answers again when it is opened', async () => {
  const opened = await anki();
  await opened.stop();
  expect(await askAnki(client(opened))).toEqual({ told: { reach: 'refused' } });
  await opened.start();
  expect(await askAnki(client(opened))).toMatchObject({ told: { reach: 'answers' } });
});

test('a key opens an AnkiConnect that wants one, and is an error where it wants none', async () => {
  const opened = await anki({ state: 'key-needed', apiKey: 'k3y' });
  expect(await askAnki(client(opened, 'k3y'))).toMatchObject({ told: { collection: 'open', isReviewing: true } });
  expect(await askAnki(client(opened, 'other'))).toMatchObject({ told: { collection: 'key-needed' } });
  opened.be('reviewing');
  expect(await askAnki(client(opened, 'k3y'))).toMatchObject({ told: { collection: 'key-needed' } });
});

test('what timed out is carried out when Anki goes on, before whatever was asked later', async () => {
  const opened = await anki({ state: 'hung' });
  const caller = client(opened);
  expect(await caller.call(anything('version'), { patienceMs: 100 })).toEqual({
    outcome: 'timed-out',
    effect: 'unknown',
  });
  expect(opened.carriedOut()).toEqual([]);
  opened.be('reviewing');
  expect(await caller.call(DECK_NAMES)).toMatchObject({ outcome: 'answered' });
  expect(opened.carriedOut()).toEqual(['version', 'deckNames']);
});

test('half a request holds up everyone until its other half comes or its caller goes', async () => {
  const opened = await anki();
  const half = connect(opened.port, '127.0.0.1');
  half.write('POST / HTTP/1.1\r\nContent-Length: 40\r\n\r\n{"action":');
  await pause(60);
  const startedAt = performance.now();
  const called = client(opened).call(DECK_NAMES);
  await pause(300);
  half.destroy();
  expect(await called).toMatchObject({ outcome: 'answered' });
  expect(performance.now() - startedAt).toBeGreaterThan(290);
});

test('a web page is not let in, a program is', async () => {
  const { url } = await anki();
  const body = JSON.stringify({ action: 'version', version: 6 });
  const from = async (origin: string) => (await fetch(url, { method: 'POST', body, headers: { origin } })).status;
  expect(await from('https://macbook.tail1234.ts.net')).toBe(403);
  expect(await from('http://127.0.0.1:3000')).toBe(200);
});

test('each generation of AnkiConnect is told by what it answers to nothing, and by its actions', async () => {
  const [old, latest] = await Promise.all([anki({ generation: 'archive' }), anki()]);
  expect(await (await fetch(old.url)).text()).toBe('AnkiConnect v.6');
  expect(await (await fetch(latest.url)).json()).toEqual({ apiVersion: 'AnkiConnect v.6' });

  expect(await client(latest).call(anything('getActiveProfile'))).toMatchObject({ value: 'User 1' });
  expect(await client(old).call(anything('getActiveProfile'))).toMatchObject({ message: 'unsupported action' });
  const reflected = { action: 'apiReflect', params: { scopes: ['actions'], actions: null }, result: z.unknown() };
  expect(await client(old).call(reflected)).toMatchObject({
    value: { actions: expect.not.arrayContaining(['getActiveProfile']) },
  });
  expect(await askAnki(client(old))).toMatchObject({ told: { collection: 'open', isReviewing: true } });
});

test('the bridge answers while Anki’s window is stuck, and its card waits for the window', async () => {
  const opened = await anki({ state: 'hung' });
  const add = await bridge({ anki: opened });
  expect(await askBridge([add.port])).toEqual({ told: { reach: 'answers', port: add.port } });
  const card = fetch(`${add.url}/current`);
  expect(await Promise.race([card, pause(200, 'waits')])).toBe('waits');
  opened.be('no-reviewer');
  expect(await (await card).json()).toEqual({ status: 'idle' });
});

test('the bridge moves when its port is taken, is found there, and comes home when Anki is opened again', async () => {
  const opened = await anki();
  const ports = [await closedPort(), await closedPort()];
  const add = await bridge({ anki: opened, ports });
  expect(add.port).toBe(ports[0]);
  await add.moveOver();
  expect(add.port).toBe(ports[1]);
  expect(await askBridge(ports)).toEqual({ told: { reach: 'answers', port: ports[1] } });
  await add.stop();
  expect(await askBridge(ports)).toEqual({ told: { reach: 'refused' } });
  await add.start();
  expect(add.port).toBe(ports[0]);
});

test('an older review server has its card from the bridge', async () => {
  const opened = await anki();
  const add = await bridge({ anki: opened });
  const parts = { ankiConnectUrl: opened.url, bridgeUrl: add.url };
  const server = await reviewServer({ generation: 'bridge', parts });
  const current = () => askCurrent(targetAt(server.port));
  expect(await (await fetch(`${server.url}/current`)).json()).toMatchObject({
    status: 'ok',
    cardId: opened.window.reviewer.cardId,
    noteId: expect.any(Number),
    front_html: expect.stringContaining("pycmd('play:q:0')"),
    front_text: 'la mano',
    back_text: expect.stringContaining('hand'),
  });
  await opened.stop();
  expect(await current()).toEqual({ told: { said: 'card' } });
  opened.be('no-reviewer');
  expect(await current()).toEqual({ told: { said: 'error', message: 'Anki add-on returned: idle' } });
  await add.stop();
  expect(await current()).toEqual({ told: { said: 'error', message: 'Cannot connect to Anki add-on' } });
});
