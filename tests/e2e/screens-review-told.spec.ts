import { expect, type Page, test } from '@playwright/test';
import type { Grade } from '#lib/domain/review/grading.ts';
import { expectAwake } from '#tests/support/review-session.ts';
import {
  ANKI_CLOSED,
  FRONT,
  handThroughServer,
  sampleCards,
  sampleHand,
  sampleNoWay,
} from '#tests/support/sample-review.ts';
import { allCounted, notCounted, openCard, openWithSamples } from '#tests/support/sample-review-api.ts';

test('beside a grade that was not counted nobody says that every grade is', async ({ page }) => {
  const review = await openCard(page, notCounted({ status: 'gone' }));
  await review.answer('Good').click();
  await expect(page.getByRole('status').getByRole('button', { name: '1 grade was not counted' })).toBeVisible({
    timeout: 15_000,
  });
  await page.getByRole('button', { name: /^Progress/ }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('No grade waits to be sent. 1 grade was not counted.')).toBeVisible();
});

test('the keyboard keeps its place when what was not counted is seen', async ({ page }) => {
  const review = await openCard(page, notCounted({ status: 'gone' }));
  for (const front of [FRONT, 'la aldea']) {
    await expect(review.card).toContainText(front);
    await expectAwake(review);
    await page.keyboard.press('3');
  }
  await page.getByRole('button', { name: '2 grades were not counted' }).click({ timeout: 20_000 });
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: `Dismiss ${FRONT}` }).focus();
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('button', { name: 'Dismiss la aldea' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sheet.getByText('All seen.')).toBeVisible();
  await expect(sheet.getByRole('button', { name: 'Done' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(review.showAnswer).toBeFocused();
});

test('another look says that it looks, and that there still is no card', async ({ page }) => {
  let answer: 'hangs' | ReturnType<typeof sampleNoWay> = sampleNoWay();
  await openWithSamples(page, { hand: () => answer });
  const again = page.getByRole('button', { name: 'Look again' });
  await expect(again).toBeVisible();
  answer = 'hangs';
  await again.click();
  const looking = page.getByRole('button', { name: 'Looking…' });
  await expect(looking).toHaveAttribute('aria-disabled', 'true');
  await page.waitForTimeout(1_000);
  await expect(looking).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Looked again: still no card.' })).toBeVisible({
    timeout: 15_000,
  });
  await expect(again).toBeVisible();
});

test('through the review server nobody makes up how many cards there are, or misses Anki’s log', async ({ page }) => {
  await openCard(page, {
    hand: handThroughServer,
    activity: () => ({ status: 503, code: 'anki', message: ANKI_CLOSED.message }),
  });
  const progress = page.getByRole('button', { name: /^Progress/ });
  await expect(progress).toContainText('Card 1 ·');
  await progress.click();
  await page.waitForTimeout(1_000);
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Progress' })).toBeVisible();
  await expect(page.getByText('This could not be loaded')).toHaveCount(0);
});

test.describe('when the Mac goes away in the middle of it', () => {
  /** A Mac that gives two cards and is gone from the first grade on. */
  async function openAndLose(page: Page) {
    let isGone = false;
    const grades = (given: readonly Grade[]) => {
      isGone = true;
      return given.length === 0 ? allCounted(given) : ('fails' as const);
    };
    const cards = sampleCards([FRONT, 'la aldea']);
    const review = await openCard(page, {
      hand: () => (isGone ? 'fails' : sampleHand({ cards, counts: { new: 0, learning: 0, review: 2 } })),
      activity: () => 'fails',
      grades,
    });
    await page.keyboard.press('3');
    await expect(review.card).toContainText('la aldea');
    return review;
  }

  test('it is said to those who listen, and no other decks are offered', async ({ page }) => {
    const review = await openAndLose(page);
    await expect(page.getByRole('button', { name: /^Deck/ })).toBeVisible();
    await expect(review.gateway).toHaveText('Offline · 1 card on this phone', { timeout: 20_000 });
    await expect(review.gateway.getByRole('status')).toHaveText('Offline');
    await expect(page.getByRole('button', { name: /^Deck/ })).toHaveCount(0);
  });

  test('its end is an end: what was done, what waits, and Undo', async ({ page }) => {
    const review = await openAndLose(page);
    await expect(review.gateway).toHaveText('Offline · 1 card on this phone', { timeout: 20_000 });
    await page.keyboard.press('4');
    await expect(page.getByRole('heading', { name: 'No more cards on this phone' })).toBeVisible({ timeout: 2_000 });
    await expect(review.undo).toHaveText(/Easy/);
    await expect(page.getByText(/^2 cards in/)).toBeVisible();
    await expect(page.getByText('2 grades will be sent when the Mac answers.')).toBeVisible();
    await expect(page.getByText('This could not be loaded')).toHaveCount(0);
  });
});

test('on a phone that lies on its side all that is pressed can be seen', async ({ page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  const review = await openCard(page);
  const all = [review.showAnswer, review.answer('Again'), review.answer('Easy')];
  for (const button of all) await expect(button).toBeInViewport({ ratio: 1 });
  for (const button of all) {
    const isOnTop = await button.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height - 4));
    });
    expect(isOnTop).toBe(true);
  }
});

test('an Anki that is slow is said to be, with what makes it faster', async ({ page }) => {
  let isSlow = true;
  const hint = {
    code: 'slow',
    message: 'Anki answers slowly.',
    remedy: 'Keep its window in sight.',
    command: 'defaults write net.ankiweb.dtop NSAppSleepDisabled -bool true',
  } as const;
  await openCard(page, { hand: () => sampleHand({ hint: isSlow ? hint : null }) });
  await page.getByRole('button', { name: 'Anki answers slowly' }).click();
  const sheet = page.getByRole('dialog', { name: 'Anki answers slowly' });
  await expect(sheet.getByText(hint.remedy)).toBeVisible();
  await expect(sheet.getByText(hint.command)).toBeVisible();
  isSlow = false;
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Show answer' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Anki answers slowly' })).toHaveCount(0);
});

test('a grade that Anki has not confirmed is told with what it waits for', async ({ page }) => {
  const detail = 'Anki does not answer; it is looked at again.';
  const review = await openCard(page, notCounted({ status: 'pending', detail }));
  await review.answer('Good').click();
  await expect(page.getByText('1 to count')).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: /^Progress/ }).click();
  await expect(page.getByText(`1 grade still to be counted in Anki. ${detail}`)).toBeVisible();
});

test('at twice the size of text the words of the answers are whole', async ({ page }) => {
  await page.setViewportSize({ width: 195, height: 422 });
  const review = await openCard(page);
  for (const word of ['Again', 'Hard', 'Good', 'Easy'] as const) {
    const isWhole = await review.answer(word).evaluate((button) => button.scrollWidth <= button.clientWidth);
    expect(isWhole, word).toBe(true);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(195);
});
