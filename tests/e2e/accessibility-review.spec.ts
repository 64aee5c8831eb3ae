import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '#tests/support/axe.ts';
import { expectAwake, reviewPage } from '#tests/support/review-session.ts';
import { sampleFinished, sampleNoWay } from '#tests/support/sample-review.ts';
import { notCounted, openWithSamples, type SampleReviewApi } from '#tests/support/sample-review-api.ts';

type Scene = { readonly name: string; readonly api?: SampleReviewApi; readonly act?: (page: Page) => Promise<void> };

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).click();
};

const SCENES: readonly Scene[] = [
  { name: 'a question' },
  { name: 'an answer', act: press('Show answer') },
  { name: 'the decks', act: press(/^Deck/) },
  { name: 'the settings', act: press('Review settings') },
  { name: 'the progress', act: press(/^Progress/) },
  { name: 'nothing due', api: { hand: sampleFinished } },
  { name: 'no way to Anki', api: { hand: sampleNoWay } },
  { name: 'no Mac', api: { hand: () => 'fails', status: () => 'fails' } },
  {
    name: 'a grade that was not counted',
    api: notCounted({ status: 'gone' }),
    act: async (page) => {
      await expectAwake(reviewPage(page));
      await page.getByRole('button', { name: /^Good/ }).click();
      await page.getByRole('button', { name: '1 grade was not counted' }).click({ timeout: 15_000 });
    },
  },
];

test.use({ colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } });

for (const { name, api, act } of SCENES) {
  test(`${name} has no accessibility violations, by day and by night`, async ({ page }) => {
    await openWithSamples(page, api);
    const isThere = page.locator('[data-card-frame="shown"], main h2').first();
    await expect(isThere).toBeVisible({ timeout: 15_000 });
    await act?.(page);
    await page.waitForTimeout(500);
    await expectAccessible(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page.getByRole('main')).toHaveCount(1);
  });
}
