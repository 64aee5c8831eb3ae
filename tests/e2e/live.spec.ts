import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, type Page, test } from '@playwright/test';
import { incidentsSchema } from '#lib/contract/history.ts';
import { statusSchema } from '#lib/contract/status.ts';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

// The built app watches a review server of this file's own, which is really stopped, frozen and made ill.
test.describe.configure({ mode: 'serial' });

const INTERVAL_MS = 1_000;
/** Two more probes, one second apart, confirm a change. */
const CONFIRMATION_MS = 2_000;
/** For two shared cores that also run a browser. */
const SLACK_MS = 1_500;
/** A probe that was on its way already may be the first to meet what was done. */
const ON_ITS_WAY_MS = 250;

let anki: ScriptedAnkiConnect;
let server: ScriptedReviewServer;
let app: RunningApp;

test.beforeAll(async () => {
  anki = await scriptedAnkiConnect();
  server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  app = await startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: INTERVAL_MS });
});

test.afterAll(async () => {
  await app.stop();
  await Promise.all([server.stop(), anki.stop()]);
});

test.beforeEach(async ({ page }) => {
  await Promise.all([server.start(), anki.start()]);
  server.be('ok');
  anki.be('reviewing');
  await page.goto(app.url);
  await seen(page, 'Ready', 'The review server is ready.');
});

async function seen(page: Page, word: string, headline: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(word, { timeout: 25_000 });
  await expect(page.locator('#glance-headline')).toHaveText(headline);
}

async function newestIncident() {
  const response = await fetch(`${app.url}/api/incidents`);
  const [newest] = incidentsSchema.parse(await response.json()).incidents;
  if (!newest) throw new Error('no incident is listed');
  return newest;
}

test('a stopped server is down, with its cause, the app’s error and its times, until it is back', async ({ page }) => {
  const stoppedAt = Date.now();
  await server.stop();
  await seen(page, 'Down', 'The review server is not running.');
  await expect(page.getByText('Could not connect to the server.')).toBeVisible();
  await expect(page.getByText('−1004')).toBeVisible();

  const startedAt = Date.now();
  await server.start();
  await seen(page, 'Ready', 'The review server is ready.');

  const incident = await newestIncident();
  expect(incident).toMatchObject({ level: 'down', cause: 'not-running', endUnseen: false });
  expect(incident.startedAt).toBeGreaterThanOrEqual(stoppedAt - ON_ITS_WAY_MS);
  expect(incident.startedAt).toBeLessThanOrEqual(stoppedAt + INTERVAL_MS + SLACK_MS);
  expect(incident.confirmedAt).toBeLessThanOrEqual(stoppedAt + INTERVAL_MS + CONFIRMATION_MS + SLACK_MS);
  expect(incident.endedAt).toBeGreaterThanOrEqual(startedAt - ON_ITS_WAY_MS);
  expect(incident.endedAt).toBeLessThanOrEqual(startedAt + INTERVAL_MS + SLACK_MS);
  await page.goto(`${app.url}/history`);
  await expect(page.getByText('The review server is not running.').first()).toBeVisible();
});

test('one failed probe alone is no incident', async ({ page }) => {
  const before = await fetch(`${app.url}/api/incidents`).then((response) => response.json());
  server.be('reset');
  await expect.poll(async () => (await status()).pending?.level, { intervals: [50], timeout: 10_000 }).toBe('down');
  server.be('ok');
  await expect.poll(async () => (await status()).pending, { intervals: [50] }).toBeNull();
  await seen(page, 'Ready', 'The review server is ready.');
  const after = await fetch(`${app.url}/api/incidents`).then((response) => response.json());
  expect(after.incidents).toEqual(before.incidents);
});

async function status() {
  return statusSchema.parse(await (await fetch(`${app.url}/api/status`)).json());
}

test('a frozen process is told as suspended, and is ready again when it wakes', async ({ page }) => {
  await server.stop();
  const program = spawn(process.execPath, ['tests/support/review-server-program.ts', '--port', String(server.port)]);
  await once(program.stdout, 'data');
  // What has answered here is the review server; one that was frozen before its first answer could be anything.
  const answeredFrom = Date.now() + 2_000;
  await expect.poll(async () => (await status()).checkedAt, { timeout: 15_000 }).toBeGreaterThan(answeredFrom);
  await seen(page, 'Ready', 'The review server is ready.');
  program.kill('SIGSTOP');
  await seen(page, 'Down', 'The review server is suspended.');
  await expect(page.getByText('The request timed out.')).toBeVisible();
  program.kill('SIGCONT');
  await seen(page, 'Ready', 'The review server is ready.');
  program.kill('SIGKILL');
  await once(program, 'exit');
});

test('an answer after 1.3 s comes too late for the app', async ({ page }) => {
  server.be('slow', { slowMs: 1_300 });
  // The machine that runs this may be overloaded itself, and then that is what explains a slow answer.
  await seen(page, 'Degraded', /^The review server is slower than the app waits\.$|^This machine is overloaded\.$/);
  await expect(page.getByText('−1001')).toBeVisible();
});

test('a well server without Anki is degraded', async ({ page }) => {
  await anki.stop();
  await seen(page, 'Degraded', 'Anki is not running.');
  await expect(page.getByText('Open Anki on your Mac and start a review.')).toBeVisible();
});

test('another program on its port is told as such', async ({ page }) => {
  server.be('html');
  await seen(page, 'Down', 'Another program answers on the port.');
});

test('bytes that are no HTTP make no sense', async ({ page }) => {
  server.be('garbage');
  await seen(page, 'Down', 'What answers makes no sense.');
});

test('a 503 is an error of the server, not of the network', async ({ page }) => {
  server.be('503');
  await seen(page, 'Down', 'The review server reports an error.');
});

test('a server on 127.0.0.1 only is told from one that does not run', async ({ page }) => {
  test.skip(process.platform !== 'linux', 'only Linux has a second loopback address by itself');
  const elsewhere = await startApp({
    reviewServerUrl: server.url.replace('127.0.0.1', '127.0.0.2'),
    ankiConnectUrl: anki.url,
    intervalMs: INTERVAL_MS,
  });
  try {
    await page.goto(elsewhere.url);
    await seen(page, 'Down', 'The review server listens on loopback only.');
  } finally {
    await elsewhere.stop();
  }
});

test('it ends cleanly when asked to', async () => {
  expect(await app.stop()).toBe(0);
});
