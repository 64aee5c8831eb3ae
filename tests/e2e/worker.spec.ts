import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

// One phone and one app of this file's own, which is frozen and stopped under it; in this order.
test.describe.configure({ mode: 'serial' });

/** What the issue promises of a start from a warm cache, from the navigation to something readable. */
const READABLE_MS = 1_000;
/** The machine is shared with other tests: the best of so many starts counts. */
const STARTS = 5;

let anki: ScriptedAnkiConnect;
let server: ScriptedReviewServer;
let app: RunningApp;
let context: BrowserContext;
let page: Page;

/** What is readable on each page from what the phone keeps. */
const READABLE: readonly (readonly [string, (on: Page) => Locator])[] = [
  ['/', (on) => on.getByRole('heading', { level: 1, name: /ready/i })],
  ['/history', (on) => on.getByText(/\d %/).first()],
  ['/review', (on) => on.getByRole('button', { name: 'Show answer' })],
  ['/setup', (on) => on.getByRole('heading', { level: 1, name: 'Setup' })],
];

/** The pages whose data the worker keeps for a tap. */
const keptAhead = () =>
  page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((one) => one.startsWith('rsc-'));
    const kept = await (await caches.open(name)).keys();
    const pages = kept.filter(({ url }) => url.includes('__PAGE__')).map(({ url }) => new URL(url).pathname);
    return [...new Set(pages)].toSorted();
  });

test.beforeAll(async ({ browser }) => {
  anki = await scriptedAnkiConnect();
  server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  app = await startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 1_000 });
  context = await browser.newContext({ serviceWorkers: 'allow', viewport: { width: 390, height: 844 } });
  page = await context.newPage();
  await page.goto(app.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // A warm cache: each page was looked at, and touched, whereupon the others are asked for ahead.
  const paths = READABLE.map(([path]) => path);
  for (const [here, readable] of READABLE.toReversed()) {
    await page.goto(`${app.url}${here}`);
    await readable(page).waitFor();
    const others = paths.filter((path) => path !== here);
    const touched = async () => {
      await page.locator('h1').first().dispatchEvent('pointerdown');
      return keptAhead();
    };
    await expect.poll(touched).toEqual(expect.arrayContaining(others));
  }
});

test.afterAll(async () => {
  await context.close();
  await app.stop();
  await Promise.all([server.stop(), anki.stop()]);
});

/** From the start of the navigation until it can be read: the shortest of a few starts, or the first that is short enough. */
async function readableAfter(path: string, readable: (on: Page) => Locator): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let start = 0; start < STARTS && best >= READABLE_MS; start += 1) {
    await page.goto(`${app.url}${path}`, { waitUntil: 'commit' });
    await readable(page).waitFor({ timeout: 8_000 });
    const at = Date.now();
    best = Math.min(best, at - (await page.evaluate(() => performance.timeOrigin)));
  }
  console.log(`${path} readable after ${Math.round(best)} ms`);
  return best;
}

test('a Mac that sleeps answers nothing and refuses nothing: every page is readable at once all the same', async () => {
  process.kill(app.pid, 'SIGSTOP');
  for (const [path, readable] of READABLE) expect(await readableAfter(path, readable), path).toBeLessThan(READABLE_MS);
});

/** Taps a tab; resolves to how long it took until the screen was there. */
async function tap(name: string, path: string): Promise<number> {
  const begun = Date.now();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click();
  await page.waitForURL(`${app.url}${path}`, { waitUntil: 'commit', timeout: 5_000 });
  const took = Date.now() - begun;
  console.log(`${name} opened by a tap after ${took} ms`);
  return took;
}

test('the tabs lead from one to the other at once while it sleeps, without a page being loaded anew', async () => {
  await page.goto(`${app.url}/`);
  await page.evaluate(() => Object.assign(window, { isSameLoad: true }));
  // The thumb comes nearer: what is asked ahead comes from the worker.
  await page.locator('h1').first().dispatchEvent('pointerdown');
  await page.waitForTimeout(1_000);
  const took: number[] = [];
  for (const [name, path] of [
    ['History', '/history'],
    ['Setup', '/setup'],
    ['Review', '/review'],
    ['Status', '/'],
    ['History', '/history'],
  ] as const) {
    took.push(await tap(name, path));
    expect(await page.evaluate(() => 'isSameLoad' in window)).toBe(true);
  }
  expect(took.toSorted((a, b) => a - b)[2]).toBeLessThan(READABLE_MS);
});

test('a tap right after the start leads on, too', async () => {
  await page.goto(`${app.url}/`);
  await tap('Setup', '/setup');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Setup');
});

test('an address that the phone does not hold says so after the deadline, and leads on', async () => {
  // The tap before may have come before the data of its screen: Next then loads the page once more, and may do so only now.
  await expect(() => page.goto('about:blank')).toPass({ timeout: 10_000 });
  await page.goto(`${app.url}/nowhere?x=1`, { timeout: 8_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not on this phone');
  process.kill(app.pid, 'SIGCONT');
});

test('with Lifeline gone every page still opens, with the last known picture', async () => {
  await app.stop();
  for (const [path, readable] of READABLE) expect(await readableAfter(path, readable), path).toBeLessThan(READABLE_MS);
  for (const path of ['/history?window=7d', '/incident?id=1']) {
    await page.goto(`${app.url}${path}`);
    await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  }
  await page.goto(`${app.url}/nowhere`);
  await page.getByRole('link', { name: /^Review.*cards/ }).click();
  await expect(page).toHaveURL(`${app.url}/review`);
});
