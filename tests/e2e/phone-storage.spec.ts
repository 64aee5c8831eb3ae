import { expect, type Page, test } from '@playwright/test';
import { plainCollection } from '#tests/support/anki-samples.ts';
import { cardOf } from '#tests/support/made-grades.ts';
import {
  answerAndGoOn,
  expectCountedOnce,
  openReview,
  type ReviewMac,
  reviewMac,
  reviewPage,
} from '#tests/support/review-session.ts';
import { handView } from '#tests/support/scripted-phone.ts';
import { refuseLocalStorage, wedgeIndexedDb } from '#tests/support/storage-failures.ts';

// The phone's own storage, made to fail in a real browser: what was pressed is counted once all the same.
// Each test has a Mac of its own.
test.describe.configure({ mode: 'parallel' });

let mac: ReviewMac;
test.beforeEach(async () => {
  mac = await reviewMac(plainCollection({ cards: 6 }));
});
test.afterEach(async () => mac.stop());

/** The names of the files that the phone keeps, as its database has them. */
const keptFiles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('lifeline-hand');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asking = opening.result.transaction('files').objectStore('files').getAllKeys();
          asking.onsuccess = () => resolve(asking.result.map(String));
          opening.result.close();
        };
      }),
  );

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

test('two windows show no card twice: what one has answered, the other leaves', async ({ page, context }) => {
  const one = await openReview(page, mac.url);
  const other = await openReview(await context.newPage(), mac.url);
  const first = await one.card.innerText();
  await expect(other.card).toHaveText(first);
  await answerAndGoOn(one, 'Good');
  await expect(other.card).not.toHaveText(first);
  await answerAndGoOn(other, 'Easy');
  await expectCountedOnce(mac, [3, 4]);
  const cards = (await mac.ledger()).map(({ cardId }) => cardId);
  expect(new Set(cards).size).toBe(2);
});

test('grades that wait are sent when Status is opened, too', async ({ page }) => {
  const review = await openReview(page, mac.url);
  await page.route('**/api/review/grades', (route) => route.abort());
  await answerAndGoOn(review, 'Good');
  await answerAndGoOn(review, 'Easy');
  await page.goto('about:blank');
  await page.unroute('**/api/review/grades');
  await page.goto(mac.url);
  await expectCountedOnce(mac, [3, 4]);
});

test('files are kept within bounds: none over 3 MB, all within 20 MB, those of cards that went are gone', async ({
  page,
}) => {
  const megabytes = new Map([
    ['small sound#1.mp3', 0.1],
    ['huge.mp4', 3.1],
    ...Array.from({ length: 8 }, (_, nth) => [`large ${nth}.wav`, 2.9] as const),
  ]);
  let media = [...megabytes.keys()];
  await page.route('**/api/review/hand?*', (route) =>
    route.fulfill({ json: handView([cardOf(1, { media }), cardOf(2, { media: ['missing.png'] })]) }),
  );
  await page.route('**/api/review/media/**', (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname.split('/').at(-1) ?? '');
    const size = megabytes.get(name);
    return size === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body: Buffer.alloc(size * 1e6) });
  });
  await openReview(page, mac.url);
  await expect.poll(() => keptFiles(page), { timeout: 30_000 }).toHaveLength(7);
  const kept = await keptFiles(page);
  expect(kept).not.toContain('huge.mp4');
  expect(kept).toContain('small sound#1.mp3');
  media = ['small sound#1.mp3'];
  await page.reload();
  await expect.poll(() => keptFiles(page)).toEqual(['small sound#1.mp3']);
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
