import { expect, type Page, test } from '@playwright/test';
import { listeningSockets } from '#lib/host/listeners.ts';
import { freePort, type RunningApp, startApp } from '#tests/support/running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';

// The built app is told how its review server is started, and starts it from the screen; there is none before.
test.describe.configure({ mode: 'serial' });

let anki: ScriptedAnkiConnect;
let app: RunningApp;
let port: number;

test.beforeAll(async () => {
  [anki, port] = await Promise.all([scriptedAnkiConnect(), freePort()]);
  const command = [process.execPath, 'tests/support/review-server-program.ts', '--port', String(port)];
  app = await startApp({
    reviewServerUrl: `http://127.0.0.1:${port}`,
    ankiConnectUrl: anki.url,
    intervalMs: 1_000,
    env: { START_COMMAND: JSON.stringify(command), START_DIR: process.cwd() },
  });
});

test.afterAll(async () => {
  await endServer();
  await app.stop();
  await anki.stop();
});

/** Ends what listens on the review server's port: the program that the app started. */
async function endServer(): Promise<void> {
  const sockets = await listeningSockets();
  const pid = 'told' in sockets ? sockets.told.find((listener) => listener.port === port)?.pid : undefined;
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

const headline = (page: Page, text: string) =>
  expect(page.locator('#glance-headline')).toHaveText(text, { timeout: 20_000 });

test('one tap starts the server, and the screen follows it until it is ready', async ({ page }) => {
  await page.goto(app.url);
  await headline(page, 'The review server is not running.');
  await page.getByRole('button', { name: 'Start server' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ready', { timeout: 20_000 });
  await expect(page.getByText(/^Back after \d/)).toBeVisible();
  const { incidents } = await (await fetch(`${app.url}/api/incidents`)).json();
  await page.goto(`${app.url}/incident?id=${incidents[0].id}`);
  await expect(page.getByRole('heading', { name: 'What mended it' })).toBeVisible();
});

test('a server that is killed has crashed, and the story says how', async ({ page }) => {
  await page.goto(app.url);
  await headline(page, 'The review server is ready.');
  await endServer();
  await headline(page, 'The review server crashed.');
  await expect(page.getByText(/^Was up until .*ended by SIGKILL/)).toBeVisible();
});

test('asking for help is one tap: a report of it all, without names', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(app.url);
  await page.getByRole('button', { name: /Copy report/ }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible({ timeout: 15_000 });
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('The review server crashed.');
  expect(report).toContain('was ended by SIGKILL');
});
