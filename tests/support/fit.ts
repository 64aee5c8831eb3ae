import { expect, type Page } from '@playwright/test';

/** Nothing stands out of the page at these widths; 195 px are a phone's at twice the size of text. */
export async function expectToFit(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
}
