import { expect, type Page, test } from '@playwright/test';
import { answerWithSamples } from '#tests/support/sample-api.ts';
import { sampleHistory } from '#tests/support/sample-history.ts';
import { watchPage } from '#tests/support/sample-watch.ts';

// What makes it feel like an app that came with the phone.

const tab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name });
const scrolled = (page: Page) => expect.poll(() => page.evaluate(() => Math.round(scrollY)));
const scrollDown = (page: Page, top: number) => page.evaluate((y) => scrollTo({ top: y, behavior: 'instant' }), top);

/** On Status, once what comes after the load is there: a touch has asked for the other screens ahead. */
async function openStatus(page: Page): Promise<void> {
  await answerWithSamples(page, {
    incidents: () => ({ incidents: sampleHistory('24h', Date.now()).incidents.slice(0, 1), servedAt: Date.now() }),
  });
  let isAhead = false;
  page.on('response', (response) => {
    isAhead ||= new URL(response.url()).pathname === '/history';
  });
  await page.goto('/');
  await expect(page.getByRole('img', { name: /^Half of the answers/ })).toBeVisible();
  const touch = async () => {
    await page.dispatchEvent('body', 'pointerdown');
    return isAhead;
  };
  await expect.poll(touch).toBe(true);
  await page.waitForLoadState('networkidle');
}

/** Counts the fades. */
const countFades = () => {
  const start = Document.prototype.startViewTransition;
  Object.assign(window, { fades: 0 });
  Document.prototype.startViewTransition = function (...args) {
    Object.assign(window, { fades: Reflect.get(window, 'fades') + 1 });
    return start.apply(this, args);
  };
};
const fades = (page: Page) => page.evaluate(() => Reflect.get(window, 'fades'));

test('each tab is found again where it was left, its tap leads to the top, and back is a step back', async ({
  page,
}) => {
  await openStatus(page);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await scrollDown(page, 100);
  await tab(page, 'History').click();
  await page.getByRole('link', { name: 'last 7 days' }).click();
  await expect(page).toHaveURL(/window=7d$/);
  await expect(page.getByText('Where the time goes')).toBeVisible();
  await scrollDown(page, 420);
  await tab(page, 'Status').click();
  await expect(page).toHaveURL(/\/$/);
  await scrolled(page).toBe(100);
  await tab(page, 'History').click();
  await expect(page).toHaveURL(/\/history\?window=7d$/);
  await scrolled(page).toBe(420);
  await page
    .getByRole('link', { name: /not running|asleep|crashed|Anki/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/incident\?id=/);
  await scrolled(page).toBe(0);
  await page.getByRole('link', { name: 'History' }).first().click();
  await expect(page).toHaveURL(/\/history\?window=7d$/);
  await scrolled(page).toBeGreaterThan(300);
  await tab(page, 'History').click();
  await scrolled(page).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, 'isSamePage'))).toBe(true);
});

test('screens fade into each other, and not at all for those who want no motion', async ({ page }) => {
  await page.addInitScript(countFades);
  await openStatus(page);
  for (const [name, url] of [
    ['History', /\/history/],
    ['Status', /\/$/],
  ] as const) {
    await tab(page, name).click();
    await expect(page).toHaveURL(url);
    await expect(tab(page, name)).toHaveAttribute('aria-current', 'page');
  }
  expect(await fades(page)).toBe(2);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await tab(page, 'History').click();
  await expect(page).toHaveURL(/\/history/);
  await expect(tab(page, 'History')).toHaveAttribute('aria-current', 'page');
  expect(await fades(page)).toBe(2);
});

test('a browser that never begins to fade holds up no tap', async ({ page }) => {
  await page.addInitScript(() => {
    const never = new Promise<undefined>(() => undefined);
    Document.prototype.startViewTransition = () =>
      Object.assign(new EventTarget(), {
        ready: never,
        finished: never,
        updateCallbackDone: never,
        skipTransition: () => undefined,
      }) as unknown as ViewTransition;
  });
  await openStatus(page);
  await tab(page, 'History').click();
  await expect(page).toHaveURL(/\/history/, { timeout: 2_000 });
});

test('nothing moves when data comes, first from the Mac and then from what the phone kept', async ({ page }) => {
  const watch = await watchPage(page);
  await answerWithSamples(page);
  for (const address of ['/', '/history', '/incident?id=1', '/setup', '/review']) {
    for (const round of ['cold', 'kept']) {
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      expect({ address, round, shift: (await watch.report()).shift }).toEqual({ address, round, shift: 0 });
    }
  }
});

test('a list whose answer comes late pushes nothing of what is read', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const watch = await watchPage(page);
  await answerWithSamples(page);
  await page.route('**/api/phone/history?*', async (route) => {
    await page.waitForTimeout(700);
    await route.fallback();
  });
  const late = page.waitForResponse(/\/api\/phone\/history/);
  await page.goto('/history?window=7d');
  await expect(page.getByText('reachable', { exact: true })).toBeVisible();
  await late;
  await expect(page.getByText('Phone could not reach the Mac')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect((await watch.report()).shift).toBe(0);
});
