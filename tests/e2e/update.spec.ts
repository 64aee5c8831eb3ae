import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';
import { type SecondBuild, secondBuild } from '#tests/support/second-build.ts';

// One phone that keeps its app from build to build; in this order.
test.describe.configure({ mode: 'serial' });

let anki: ScriptedAnkiConnect;
let server: ScriptedReviewServer;
let app: RunningApp;
let context: BrowserContext;
let page: Page;
const made: SecondBuild[] = [];

const start = (more: { port?: number; standalone?: string } = {}) =>
  startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 1_000, ...more });

/** The same address, served by another build from now on. */
async function publish(id: string): Promise<void> {
  const build = await secondBuild(id, { ' · Lifeline': ` · ${id}` });
  made.push(build);
  await app.stop();
  app = await start({ port: Number(new URL(app.url).port), standalone: build.folder });
}

/** Has the page say that it is hidden, or seen again, as a phone does when another app is opened. */
const setHidden = (isHidden: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);

const mark = () => page.evaluate(() => Object.assign(window, { isSameLoad: true }));
const isSameLoad = () => page.evaluate(() => 'isSameLoad' in window);
/** Until another worker answers for this page. Call it before it may. */
const anotherWorker = () =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
      }),
  );

/** The builds of which the worker holds anything. */
const heldBuilds = () =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const precache = await caches.open(names.find((name) => name.includes('precache')) ?? '');
    const shells = (await precache.keys())
      .map(({ url }) => new URL(url))
      .filter(({ pathname }) => pathname === '/history');
    const revisions = shells.map(({ searchParams }) => searchParams.get('__WB_REVISION__'));
    const ahead = names.filter((name) => name.startsWith('rsc-')).map((name) => name.slice('rsc-'.length));
    return [...new Set([...revisions, ...ahead])];
  });

test.beforeAll(async ({ browser }) => {
  anki = await scriptedAnkiConnect();
  server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  app = await start();
  context = await browser.newContext({ serviceWorkers: 'allow', viewport: { width: 390, height: 844 } });
  page = await context.newPage();
  await page.goto(`${app.url}/history`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expect(page).toHaveTitle('History · Lifeline');
});

test.afterAll(async () => {
  await context.close();
  await app.stop();
  await Promise.all([server.stop(), anki.stop()]);
  for (const build of made) build.remove();
});

test('a newer build is found while the app is open, never taken in the middle of a card, and there with the next load', async () => {
  await page.goto(`${app.url}/review`);
  await page.getByRole('button', { name: 'Show answer' }).waitFor();
  await mark();
  const taken = anotherWorker();
  await publish('second-build');
  await taken;
  await setHidden(true);
  await setHidden(false);
  await page.waitForTimeout(1_000);
  expect(await isSameLoad()).toBe(true);
  await page.goto(`${app.url}/history`);
  await expect(page).toHaveTitle('History · second-build');
  expect(await heldBuilds()).toEqual(['second-build']);
  await app.stop();
  await page.reload();
  await expect(page).toHaveTitle('History · second-build');
});

test('it is taken while nobody looks, and that is told on return', async () => {
  const taken = anotherWorker();
  await mark();
  await publish('third-build');
  await taken;
  expect(await isSameLoad()).toBe(true);
  const reloaded = page.waitForEvent('load');
  await setHidden(true);
  await reloaded;
  await expect(page).toHaveTitle('History · third-build');
  await expect(page.getByRole('status').filter({ hasText: 'Updated' })).toBeVisible();
  expect(await heldBuilds()).toEqual(['third-build']);
});
