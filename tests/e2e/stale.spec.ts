import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { MINUTE } from '#lib/domain/time.ts';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';
import { refuseLocalStorage, wedgeIndexedDb } from '#tests/support/storage-failures.ts';

// The built app on phones that keep what it told, while the Mac under it falls asleep and wakes up again.
test.describe.configure({ mode: 'serial' });

const TOKEN = 'a-secret-of-some-length';
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
/** From the tap on the icon to words that can be read. */
const AT_ONCE_MS = 1_000;

let stop: () => Promise<void>;
let app: RunningApp;
let phones: { readonly whole: Page; readonly wedged: Page; readonly forgetful: Page };

/** In a page, before anything of its own: when its first words and its first figures could be read. */
const watchWords = () => {
  const seen: Record<string, number> = {};
  Object.assign(window, { seen });
  const look = () => {
    const text = document.querySelector('main')?.textContent ?? '';
    for (const [name, words] of Object.entries({ status: /(Was r|R)eady/, history: /reachable[\d.]+ %/ })) {
      if (words.test(text)) seen[name] ??= performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};
const readableAt = (page: Page, what: 'status' | 'history'): Promise<number> =>
  page.evaluate((name) => Reflect.get(Reflect.get(window, 'seen'), name), what);

const level = (page: Page) => page.getByRole('heading', { level: 1 });

/** A phone on which Status and two windows of History were seen, and kept as far as its storage lets it. */
async function phoneWith(browser: Browser, failure: (() => void) | null): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ ...PHONE, serviceWorkers: 'allow', baseURL: app.url });
  await context.addInitScript(watchWords);
  if (failure !== null) await context.addInitScript(failure);
  const page = await context.newPage();
  await page.goto('/');
  await expect(level(page)).toHaveText('Ready', { timeout: 25_000 });
  await page.evaluate(() => navigator.serviceWorker.ready);
  for (const address of ['/history?window=7d', '/history']) {
    await page.goto(address);
    await expect(page.getByText(/^Live · /)).toBeVisible();
  }
  return page;
}

test.beforeAll(async ({ browser }) => {
  const anki = await scriptedAnkiConnect();
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  app = await startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 1_000 });
  stop = async () => {
    process.kill(app.pid, 'SIGCONT');
    await app.stop();
    await Promise.all([server.stop(), anki.stop()]);
  };
  const [whole, wedged, forgetful] = await Promise.all([
    phoneWith(browser, null),
    phoneWith(browser, wedgeIndexedDb),
    phoneWith(browser, refuseLocalStorage),
  ]);
  phones = { whole, wedged, forgetful };
  process.kill(app.pid, 'SIGSTOP');
});
test.afterAll(async () => {
  await Promise.all(Object.values(phones).map((page) => page.context().close()));
  await stop();
});

test('with the Mac asleep the last known picture is there at once, and says how old it is', async () => {
  const { whole: page } = phones;
  const minutesAgo = 12 * MINUTE;
  await page.evaluate((ms) => {
    for (const [key, text] of Object.entries(localStorage).filter(([name]) => name.startsWith('lifeline.kept:'))) {
      const kept = JSON.parse(text);
      for (const time of ['measuredAt', 'servedAt', 'receivedAt']) kept[time] -= ms;
      if (kept.data.checkedAt) Object.assign(kept.data, { checkedAt: kept.measuredAt, servedAt: kept.servedAt });
      localStorage.setItem(key, JSON.stringify(kept));
    }
  }, minutesAgo);
  await page.goto('/');
  await expect(level(page)).toHaveText('Was ready');
  await expect(page.locator('#glance-checked')).toHaveText(/^Checked 1[23] min ago\.$/);
  expect(await readableAt(page, 'status')).toBeLessThan(AT_ONCE_MS);
  await page.goto('/history');
  await expect(page.getByText(/^1[23] min ago$/)).toBeVisible({ timeout: 2_000 });
  expect(await readableAt(page, 'history')).toBeLessThan(AT_ONCE_MS);
});

test('then it is said since when the Mac is unreachable, of when what is shown is, and what to do', async () => {
  const { whole: page } = phones;
  const words = /^Mac unreachable since \d\d:\d\d, showing (yesterday )?\d\d:\d\d\.?$/;
  await expect(page.getByText(words)).toBeVisible();
  await page.getByText('What to do').click();
  await expect(page.getByText('Tailscale is off on this phone.')).toBeVisible();
  const since = (await page.getByText(words).innerText()).replace(/,.*/, '');
  await page.getByRole('link', { name: 'Status' }).click();
  await expect(page.locator('#glance-headline')).toHaveText(words);
  await expect(page.locator('#glance-headline')).toContainText(since);
  await expect(page.getByText('The Mac sleeps or is switched off.')).toBeVisible();
  await page.goto('/history?window=7d');
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByText(/^Ready .* of the measured time\./).first()).toBeVisible();
});

test('a phone whose IndexedDB never answers, and one that refuses localStorage, show it too', async () => {
  for (const page of [phones.wedged, phones.forgetful]) {
    await page.goto('/');
    await expect(level(page)).toHaveText(/^(Was r|R)eady$/, { timeout: 2_000 });
    await page.goto('/history');
    await expect(page.getByText(/^Ready .* of the measured time\./).first()).toBeVisible({ timeout: 2_000 });
  }
  expect(await readableAt(phones.wedged, 'history')).toBeLessThan(AT_ONCE_MS);
});

test('once the Mac is awake all of it is live again by itself', async () => {
  process.kill(app.pid, 'SIGCONT');
  for (const page of Object.values(phones)) {
    await expect(page.getByText(/^Live · \d/)).toBeVisible({ timeout: 15_000 });
  }
});

test('a phone that the Mac does not know pairs itself, and then everything comes by itself', async ({ page }) => {
  const nobody = 'http://127.0.0.1:9';
  const env = { LIFELINE_TOKEN: TOKEN };
  const own = await startApp({ reviewServerUrl: nobody, ankiConnectUrl: nobody, intervalMs: 1_000, env });
  try {
    await page.goto(own.url);
    await expect(level(page)).toHaveText('Not paired');
    const field = page.getByRole('textbox', { name: 'Link or token' });
    const pair = page.getByRole('button', { name: 'Pair this phone' });
    await field.fill(`${own.url}/?token=`);
    await pair.click();
    await expect(page.getByText(/^There is no token in that link/)).toBeVisible();
    await field.fill('not-the-secret-at-all');
    await pair.click();
    await expect(page.getByText('That is not the token of this Lifeline.')).toBeVisible();
    await field.fill(`${own.url}/?token=${TOKEN}`);
    await pair.click();
    await expect(level(page)).toHaveText('Down', { timeout: 15_000 });
    await expect(pair).toHaveCount(0);
  } finally {
    await own.stop();
  }
});
