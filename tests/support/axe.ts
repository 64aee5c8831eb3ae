import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails with what axe finds, by day and by night; the page is by day again afterwards. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations: byDay } = await new AxeBuilder({ page }).analyze();
  // By night there are other colours, and nothing else.
  await page.emulateMedia({ colorScheme: 'dark' });
  const { violations: byNight } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  await page.emulateMedia({ colorScheme: 'light' });
  const violations = [...byDay, ...byNight];
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
