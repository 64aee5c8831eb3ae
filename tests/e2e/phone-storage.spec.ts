import { expect, type Page, test } from '@playwright/test';
import { plainCollection } from '#tests/support/anki-samples.ts';
import {
  answerAndGoOn,
  expectCountedOnce,
  openReview,
  type ReviewMac,
  reviewMac,
  reviewPage,
} from '#tests/support/review-session.ts';

// The phone's own storage, made to fail in a real browser: what was pressed is counted once all the same.
test.describe.configure({ mode: 'serial' });

let mac: ReviewMac;
test.beforeEach(async () => {
  mac = await reviewMac(plainCollection({ cards: 6 }));
});
test.afterEach(async () => mac.stop());

/** As on an iPhone whose storage process has died: requests stay pending for ever. */
const wedgeIndexedDb = () => {
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    for (const event of ['success', 'error', 'upgradeneeded', 'blocked']) {
      request.addEventListener(event, (happened) => happened.stopImmediatePropagation());
    }
    return request;
  };
};

const refuseLocalStorage = () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse, removeItem: refuse, key: refuse });
};

const FAILURES: readonly (readonly [string, readonly (() => void)[]])[] = [
  ['all is well', []],
  ['IndexedDB never answers', [wedgeIndexedDb]],
  ['localStorage is refused', [refuseLocalStorage]],
];

for (const [fact, failures] of FAILURES) {
  test(`a press is kept through a reload while the Mac is away when ${fact}`, async ({ page }) => {
    for (const failure of failures) await page.addInitScript(failure);
    const review = await openReview(page, mac.url);
    await page.route('**/api/review/grades', (route) => route.abort());
    await answerAndGoOn(review, 'Good');
    await answerAndGoOn(review, 'Easy');
    await page.unroute('**/api/review/grades');
    await page.reload();
    await expectCountedOnce(mac, [3, 4]);
  });
}

test('a phone that keeps nothing at all says so, and its grades are counted', async ({ page }) => {
  await page.addInitScript(wedgeIndexedDb);
  await page.addInitScript(refuseLocalStorage);
  const review = await openReview(page, mac.url);
  await answerAndGoOn(review, 'Good');
  await expect(page.getByText(/refuses to keep grades/)).toBeVisible();
  await expectCountedOnce(mac, [3]);
});

test('two windows count one press once, and each knows of the other’s', async ({ page, context }) => {
  const one = await openReview(page, mac.url);
  const otherPage: Page = await context.newPage();
  const other = await openReview(otherPage, mac.url);
  await answerAndGoOn(one, 'Good');
  await expect(otherPage.getByText(/1 to send/)).toBeVisible();
  await expectCountedOnce(mac, [3]);
  await expect(otherPage.getByText(/to send/)).toHaveCount(0);
  await answerAndGoOn(other, 'Good');
  await expect(otherPage.getByText(/not counted/)).toBeVisible({ timeout: 20_000 });
  expect(mac.reviews()).toHaveLength(1);
});

test.describe('with the installed app', () => {
  test.use({ serviceWorkers: 'allow' });

  test('it opens without the Mac on the cards it keeps, and what is pressed is counted later', async ({ page }) => {
    await openReview(page, mac.url);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await expect.poll(() => page.evaluate(() => localStorage.getItem('lifeline.review.kept'))).toContain('"cards":6');
    await mac.kill();
    await page.reload();
    const review = reviewPage(page);
    await expect(review.card).toContainText('question', { timeout: 20_000 });
    await expect(review.gateway).toContainText('Offline');
    for (const word of ['Good', 'Easy', 'Hard'] as const) await answerAndGoOn(review, word);
    await mac.restart();
    await expectCountedOnce(mac, [3, 4, 2]);
  });
});
