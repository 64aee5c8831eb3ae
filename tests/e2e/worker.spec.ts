import { expect, type Page, test } from '@playwright/test';
import { SHELLS } from '#lib/client/worker-rules.ts';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

// The worker holds the pages of an app of this file's own, which is stopped and frozen under it.
test.use({ serviceWorkers: 'allow' });
test.describe.configure({ mode: 'serial' });

let anki: ScriptedAnkiConnect;
let server: ScriptedReviewServer;
let app: RunningApp;

test.beforeEach(async ({ page }) => {
  anki = await scriptedAnkiConnect();
  server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  app = await startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 1_000 });
  await page.goto(app.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ready', { timeout: 25_000 });
  await page.evaluate(async () => navigator.serviceWorker.ready);
});

test.afterEach(async () => {
  await app.stop();
  await Promise.all([server.stop(), anki.stop()]);
});

const held = (page: Page) =>
  page.evaluate(async () => {
    const [name] = await caches.keys();
    const cache = await caches.open(name ?? '');
    const requests = await cache.keys();
    return Promise.all(
      requests.map(async (request) => ({
        path: new URL(request.url).pathname,
        status: (await cache.match(request))?.status,
      })),
    );
  });

test('the worker holds every page and every script, all of them whole', async ({ page }) => {
  const entries = await held(page);
  expect(entries.map(({ path }) => path)).toEqual(expect.arrayContaining([...SHELLS]));
  expect(entries.filter(({ path }) => path.startsWith('/_next/static/')).length).toBeGreaterThan(5);
  expect(entries.filter(({ status }) => status !== 200)).toEqual([]);
  expect(entries.filter(({ path }) => path.startsWith('/api/'))).toEqual([]);
});

test('with Lifeline gone every page still opens, with the last known picture', async ({ page }) => {
  await app.stop();
  await page.goto(`${app.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/ready/i);
  for (const path of ['/history?window=7d', '/incident?id=1']) {
    await page.goto(`${app.url}${path}`);
    await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  }
});

test('with the Mac asleep, which answers nothing and refuses nothing, it opens at once', async ({ page }) => {
  process.kill(app.pid, 'SIGSTOP');
  try {
    await page.goto(`${app.url}/`, { timeout: 5_000 });
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/ready/i, { timeout: 2_000 });
  } finally {
    process.kill(app.pid, 'SIGCONT');
  }
});
