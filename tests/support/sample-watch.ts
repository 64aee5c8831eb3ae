import type { Page } from '@playwright/test';

/** What a page did that it should not: how far things moved unasked, what its policy forbade, what it complained of. */
export type Misdeeds = {
  readonly shift: number;
  readonly violations: readonly string[];
  readonly errors: readonly string[];
};

type Watched = Window & { misdeeds?: { shift: number; violations: string[] } };

/** Watches a page from before its first byte. */
export async function watchPage(page: Page): Promise<{ readonly report: () => Promise<Misdeeds> }> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.addInitScript(() => {
    const misdeeds = { shift: 0, violations: [] as string[] };
    Object.assign(window, { misdeeds });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      misdeeds.violations.push(`${violatedDirective} ${blockedURI}`);
    });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) misdeeds.shift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const report = async () => {
    const seen = await page.evaluate(() => (window as Watched).misdeeds ?? { shift: Number.NaN, violations: [] });
    return { ...seen, errors };
  };
  return { report };
}
