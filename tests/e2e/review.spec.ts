import { expect, test } from '@playwright/test';
import { plainCollection } from '#tests/support/anki-samples.ts';
import {
  answerAndGoOn,
  expectAwake,
  expectCountedOnce,
  openReview,
  type ReviewMac,
  type ReviewPage,
  reviewMac,
} from '#tests/support/review-session.ts';

// The built app, a scripted Anki, and no review server: what is pressed on the phone is compared with Anki's own log. Each
// test has a Mac of its own.
test.describe.configure({ mode: 'parallel' });

let mac: ReviewMac;
test.afterEach(async () => mac.stop());

/** A phone in front of a deck of so many due cards. */
async function begin(page: ReviewPage['page'], cards: number): Promise<ReviewPage> {
  mac = await reviewMac(plainCollection({ cards }));
  return openReview(page, mac.url);
}

test('a whole session counts every press once, before and after the answer is shown', async ({ page }) => {
  const review = await begin(page, 6);
  await expect(review.gateway).toContainText('Directly from Anki');
  await expect(review.gateway).toContainText('the review server is down', { timeout: 15_000 });
  for (const word of ['Good', 'Easy', 'Hard'] as const) await answerAndGoOn(review, word);
  for (const word of ['Good', 'Easy', 'Good'] as const) {
    await review.showAnswer.click();
    await expect(review.card).toContainText('answer');
    await answerAndGoOn(review, word);
  }
  await expect(page.getByRole('heading', { name: 'Done for now' })).toBeVisible();
  await expect(page.getByText(/^6 cards in/)).toBeVisible();
  await expectCountedOnce(mac, [3, 4, 2, 3, 4, 3]);
});

test('it goes on when the app on the Mac is killed, and what was pressed is counted when it is back', async ({
  page,
}) => {
  const review = await begin(page, 6);
  await answerAndGoOn(review, 'Good');
  await answerAndGoOn(review, 'Good');
  await mac.kill();
  await answerAndGoOn(review, 'Hard');
  await answerAndGoOn(review, 'Easy');
  await expect(review.gateway).toContainText('Offline', { timeout: 20_000 });
  await expect(page.getByText(/\d to send/)).toBeVisible();
  await mac.restart();
  await answerAndGoOn(review, 'Good');
  await expect(review.gateway).toContainText('Directly from Anki', { timeout: 60_000 });
  await expectCountedOnce(mac, [3, 3, 2, 4, 3]);
  await expect(page.getByText(/\d to send/)).toHaveCount(0);
});

test('a phone that is opened again after the Mac has gone keeps what was pressed', async ({ page }) => {
  const review = await begin(page, 4);
  await answerAndGoOn(review, 'Good');
  await answerAndGoOn(review, 'Easy');
  const held = await review.card.innerText();
  await page.reload();
  await expect(review.card).toContainText('question', { timeout: 15_000 });
  expect(await review.card.innerText()).toBe(held);
  await expectCountedOnce(mac, [3, 4]);
});

test.describe('installed on the phone', () => {
  test.use({ serviceWorkers: 'allow' });

  test('it opens without the Mac, goes on from the cards it keeps, and sends what was pressed later', async ({
    page,
  }) => {
    const review = await begin(page, 5);
    await page.evaluate(async () => navigator.serviceWorker.ready);
    await expect.poll(() => page.evaluate(() => localStorage.getItem('lifeline.review.kept'))).toContain('"cards":5');
    await mac.kill();
    await page.reload();
    await expect(review.card).toContainText('question', { timeout: 20_000 });
    await expect(review.gateway).toContainText('Offline · 5 cards on this phone');
    await answerAndGoOn(review, 'Good');
    await answerAndGoOn(review, 'Easy');
    await page.reload();
    await expect(review.gateway).toContainText('Offline · 3 cards on this phone', { timeout: 20_000 });
    await expect(page.getByText('2 to send')).toBeVisible();
    await mac.restart();
    await expectCountedOnce(mac, [3, 4]);
  });
});

test('an app that hangs in the middle of it loses nothing and counts nothing twice', async ({ page }) => {
  const review = await begin(page, 6);
  await answerAndGoOn(review, 'Good');
  process.kill(mac.app().pid, 'SIGSTOP');
  try {
    for (const word of ['Good', 'Hard', 'Easy'] as const) await answerAndGoOn(review, word);
    await expect(page.getByText(/\d to send/)).toBeVisible({ timeout: 20_000 });
  } finally {
    process.kill(mac.app().pid, 'SIGCONT');
  }
  await expectCountedOnce(mac, [3, 3, 2, 4]);
});

test('an Anki that is busy in the middle of it carries each press out once when it wakes', async ({ page }) => {
  const review = await begin(page, 6);
  await answerAndGoOn(review, 'Good');
  mac.anki.be('hung');
  await answerAndGoOn(review, 'Easy');
  await answerAndGoOn(review, 'Good');
  await page.waitForTimeout(8_000);
  mac.anki.be('no-reviewer');
  await expectCountedOnce(mac, [3, 4, 3]);
});

test('the keyboard alone is enough', async ({ page }) => {
  const review = await begin(page, 5);
  await page.keyboard.press('Space');
  await expect(review.card).toContainText('answer');
  await expectAwake(review);
  await page.keyboard.press('Space');
  await expect(review.card).not.toContainText('answer');
  await expectAwake(review);
  await page.keyboard.press('4');
  await expect(review.undo).toHaveText(/Easy/);
  await expectAwake(review);
  await page.keyboard.press('u');
  await expect(review.undo).not.toHaveText(/Easy/);
  await expectAwake(review);
  await page.keyboard.press('2');
  await expect(review.undo).toHaveText(/Hard/);
  await expectCountedOnce(mac, [3, 2]);
});

test('a key that is held down is one press', async ({ page }) => {
  const review = await begin(page, 5);
  const front = await review.card.innerText();
  for (let pressed = 0; pressed < 20; pressed += 1) await page.keyboard.down('3');
  await page.keyboard.up('3');
  await expect(review.card).not.toHaveText(front);
  await expectCountedOnce(mac, [3]);
});

test('a double tap is one grade, on an answer and from the answer button to what comes in its place', async ({
  page,
}) => {
  const review = await begin(page, 5);
  await review.answer('Good').dblclick();
  await expect(review.undo).toHaveText(/Good/);
  await expectAwake(review);
  await review.showAnswer.dblclick();
  await expect(review.card).toContainText('answer');
  await expectCountedOnce(mac, [3]);
});

test('undo takes back what is held, and Anki never hears of it', async ({ page }) => {
  const review = await begin(page, 3);
  const front = await review.card.innerText();
  await answerAndGoOn(review, 'Easy');
  await review.undo.click();
  await expect(review.card).toHaveText(front);
  await expect(review.undo).toHaveCount(0);
  await page.waitForTimeout(7_000);
  expect(await mac.ledger()).toEqual([]);
  expect(mac.reviews()).toEqual([]);
});

test('undo takes back what Anki has counted, and the card is there again', async ({ page }) => {
  const review = await begin(page, 3);
  const front = await review.card.innerText();
  await answerAndGoOn(review, 'Easy');
  await expectCountedOnce(mac, [4]);
  await review.undo.click();
  await expect(review.card).toHaveText(front, { timeout: 15_000 });
  expect(mac.reviews()).toEqual([]);
  expect((await mac.ledger()).map(({ answer }) => answer.status)).toEqual(['undone']);
});

test('a card that was reviewed at the Mac meanwhile is not counted again, and says so', async ({ page }) => {
  const review = await begin(page, 3);
  const front = (await review.card.innerText()).trim();
  await mac.anki.desktop.openDeck('Plain');
  const graded = await mac.anki.desktop.grade(4);
  expect(graded).not.toBeNull();
  await answerAndGoOn(review, 'Good');
  const problem = page.getByRole('button', { name: '1 grade was not counted' });
  await expect(problem).toBeVisible({ timeout: 20_000 });
  await problem.click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('heading', { name: front })).toBeVisible();
  await expect(sheet.getByText('The card was reviewed somewhere else after you saw it.')).toBeVisible();
  await sheet.getByRole('button', { name: /^Dismiss/ }).click();
  await expect(sheet.getByText('All seen.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(problem).toHaveCount(0);
  expect(mac.reviews().map(([, , ease]) => ease)).toEqual([4]);
});
