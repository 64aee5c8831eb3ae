import { expect, test } from '@playwright/test';
import { type CardDriver, driveCards } from '#tests/support/card-driver.ts';

let cards: CardDriver;
test.beforeAll(async ({ browser }) => {
  cards = await driveCards(browser);
});
test.afterAll(() => cards.close());

test('the keys stay with the page also where the focus comes later than the word of the press', async () => {
  const { page, show, inside } = cards;
  await show({ question: 'word' });
  await expect(async () => {
    await inside.locator('html').dispatchEvent('click');
    await page.evaluate(() => document.querySelector('iframe')?.focus());
    await page.waitForTimeout(50);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    await page.waitForTimeout(400);
  }).toPass({ timeout: 10_000 });
  // Nobody has pressed: the focus may stay there.
  await page.evaluate(() => document.querySelector('iframe')?.focus());
  await page.waitForTimeout(50);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
});
