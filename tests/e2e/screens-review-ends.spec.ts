import { expect, test } from '@playwright/test';
import type { Outcome } from '#lib/domain/review/grading.ts';
import { allCounted, notCounted, openCard } from '#tests/support/sample-review-api.ts';

const ENDS: readonly (readonly [Outcome, string | RegExp, string])[] = [
  [{ status: 'conflict', why: 'reviewed' }, '1 grade was not counted', 'reviewed somewhere else'],
  [{ status: 'conflict', why: 'twice' }, '1 grade needs a look', 'two reviews where there should be one'],
  [{ status: 'gone' }, '1 grade was not counted', 'not in the collection any more'],
  [{ status: 'blocked', why: 'suspended' }, '1 grade was not counted', 'The card was suspended'],
  [{ status: 'failed', detail: 'Anki refused it.' }, '1 grade was not counted', 'Anki refused it.'],
  [{ status: 'unproven', detail: 'It cannot be told.' }, '1 grade needs a look', 'It is never sent again.'],
];

for (const [outcome, line, why] of ENDS) {
  test(`a grade that ends as ${JSON.stringify(outcome)} is told until it is seen`, async ({ page }) => {
    const review = await openCard(page, notCounted(outcome));
    await review.answer('Good').click();
    const problem = page.getByRole('button', { name: line });
    await expect(problem).toBeVisible({ timeout: 15_000 });
    await problem.click();
    await expect(page.getByRole('dialog').getByText(why)).toBeVisible();
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(problem).toBeVisible();
    await problem.click();
    await page.getByRole('button', { name: /^Dismiss/ }).click();
    await page.keyboard.press('Escape');
    await expect(problem).toHaveCount(0);
  });
}

test('a grade that came too late is counted when the person says so', async ({ page }) => {
  const insisted: boolean[] = [];
  const review = await openCard(page, {
    grades: (grades) => {
      insisted.push(...grades.map(({ insist }) => insist));
      return {
        ...allCounted(grades),
        answers: grades.map(({ gradeId, insist }) => ({
          gradeId,
          answer: insist ? { status: 'applied', revlogId: 1 } : { status: 'stale', why: 'day' },
        })),
      };
    },
  });
  await review.answer('Good').click();
  await page.getByRole('button', { name: '1 grade was not counted' }).click({ timeout: 15_000 });
  await page.getByRole('button', { name: /^Count it anyway/ }).click();
  await expect.poll(() => insisted, { timeout: 15_000 }).toEqual([false, true]);
  await expect(page.getByText('All seen.')).toBeVisible();
});
