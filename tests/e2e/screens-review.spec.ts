import { expect, test } from '@playwright/test';
import { expectAwake } from '#tests/support/review-session.ts';
import {
  ANKI_CLOSED,
  FRONT,
  handThroughServer,
  SERVER_DOWN,
  sampleCard,
  sampleFinished,
  sampleHand,
  sampleNoWay,
} from '#tests/support/sample-review.ts';
import { openCard, openWithSamples } from '#tests/support/sample-review-api.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

test.describe('a card', () => {
  test('names its deck, its counts and the way it came', async ({ page }) => {
    const review = await openCard(page, { status: () => sampleStatus('not-running', Date.now()) });
    await expect(page.getByRole('button', { name: 'Deck: All decks' })).toBeVisible();
    await expect(page.getByText('3 new, 2 learning, 7 to review. This card: to review')).toBeAttached();
    await expect(review.gateway).toHaveText('Directly from Anki · the review server is down');
  });

  test('has big answers under the thumb that say when it comes again, unit and all', async ({ page }) => {
    await openCard(page);
    for (const name of ['Again, next in 1 minute', 'Hard, next in 6 minutes', 'Good, next in 10 minutes']) {
      const box = await page.getByRole('button', { name }).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(60);
    }
    await expect(page.getByRole('button', { name: 'Easy, next in 4 days' })).toContainText('Easy4 days');
  });

  test('has only the answers that Anki offers', async ({ page }) => {
    const card = sampleCard({
      buttons: [
        { ease: 1, next: '<1m' },
        { ease: 3, next: '1.2mo' },
      ],
    });
    await openCard(page, { hand: () => sampleHand({ cards: [card] }) });
    await expect(page.getByRole('button', { name: 'Again, next in less than 1 minute' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Good, next in 1.2 months' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^(Hard|Easy)/ })).toHaveCount(0);
  });

  test('turns over by a tap on it, and nothing else on the screen moves', async ({ page }) => {
    const review = await openCard(page);
    const before = await review.answer('Good').boundingBox();
    const frame = page.getByRole('region', { name: 'Card' });
    const size = await frame.boundingBox();
    await review.card.click();
    await expect(review.card).toContainText('the back of el vaticinio');
    expect(await review.answer('Good').boundingBox()).toEqual(before);
    expect(await frame.boundingBox()).toEqual(size);
    await expect(review.showAnswer).toBeHidden();
  });

  test('is said to those who listen, and so is its answer', async ({ page }) => {
    const review = await openCard(page);
    const said = page.locator('p[aria-live="polite"].sr-only');
    await expect(said.filter({ hasText: FRONT })).toHaveText(FRONT);
    await review.showAnswer.click();
    await expect(said.filter({ hasText: 'Answer:' })).toHaveText('Answer: the back of el vaticinio');
  });

  test('leaves the focus where the next press is', async ({ page }) => {
    const review = await openCard(page);
    await review.showAnswer.focus();
    await page.keyboard.press('Enter');
    await expect(review.answer('Good')).toBeFocused();
    await expectAwake(review);
    await page.keyboard.press('Enter');
    await expect(review.showAnswer).toBeFocused();
    await expect(review.card).toContainText('la aldea');
  });
});

test.describe('what a gateway cannot do is not there', () => {
  test('through the review server: no decks, no counts', async ({ page }) => {
    const review = await openCard(page, { hand: handThroughServer });
    await expect(review.gateway).toHaveText('Through the review server · AnkiConnect is out of reach');
    await expect(page.getByRole('button', { name: /^Deck/ })).toHaveCount(0);
    await expect(page.getByText(/to review/)).toHaveCount(0);
  });

  test('whoever may not grade can read, and is told why there are no answers', async ({ page }) => {
    const detail = 'Only ada@example.com, to whom this Mac belongs, may grade.';
    const review = await openCard(page, { hand: () => sampleHand({ mayGrade: { allowed: false, detail } }) });
    await expect(page.getByText(detail)).toBeVisible();
    await expect(review.answer('Good')).toHaveCount(0);
    await page.keyboard.press('3');
    await expect(review.card).toContainText(FRONT);
    await expectAwake(review);
    await page.keyboard.press('Space');
    await expect(review.card).toContainText('the back of');
    await expectAwake(review);
    await page.keyboard.press('Space');
    await expect(review.card).toContainText('la aldea');
    await expectAwake(review);
    await page.getByRole('button', { name: 'Next card' }).click();
    await expect(review.card).toContainText('el tamaño');
    await expect(review.undo).toHaveCount(0);
  });
});

test.describe('where there is no card', () => {
  test('nothing is left: what was done, what comes, and another look', async ({ page }) => {
    let asked = 0;
    await openWithSamples(page, {
      hand: () => {
        asked += 1;
        return sampleFinished();
      },
    });
    await expect(page.getByRole('heading', { name: 'Nothing is due' })).toBeVisible();
    await expect(page.getByText('2 cards in learning come again today.')).toBeVisible();
    const before = asked;
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect.poll(() => asked).toBeGreaterThan(before);
  });

  test('no way to Anki: each way, what is the matter with it, and the command that mends it', async ({ page }) => {
    await openWithSamples(page, { hand: sampleNoWay });
    await expect(page.getByRole('heading', { name: 'No way to Anki' })).toBeVisible();
    await expect(page.getByText(ANKI_CLOSED.message)).toBeVisible();
    await expect(page.getByText('open -a Anki')).toBeVisible();
    await expect(page.getByText(SERVER_DOWN.message)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy command' })).toBeVisible();
  });

  test('the Mac is gone and the phone holds nothing', async ({ page }) => {
    await openWithSamples(page, { hand: () => 'fails', status: () => 'fails' });
    await expect(page.getByRole('heading', { name: 'No cards on this phone' })).toBeVisible();
    await expect(page.getByText('The Mac sleeps or is switched off.')).toBeVisible({ timeout: 15_000 });
  });

  test('a Mac that takes its time is waited for without a spinner, and it says so', async ({ page }) => {
    await openWithSamples(page, { hand: () => 'hangs', status: () => 'hangs' });
    await expect(page.getByText('The Mac takes its time to answer.')).toBeVisible();
  });
});

test('the review server comes back in the middle of it: a line says so, and goes when it is seen', async ({ page }) => {
  let isBack = false;
  await openCard(page, { status: () => sampleStatus(isBack ? 'healthy' : 'not-running', Date.now()) });
  await expect(page.getByText(/the review server is down/)).toBeVisible();
  isBack = true;
  await expect(page.getByText('The review server is back. All grades are sent.')).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: 'OK' }).click();
  await expect(page.getByText('The review server is back.')).toHaveCount(0);
});
