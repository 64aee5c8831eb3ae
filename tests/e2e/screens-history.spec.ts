import { expect, type Page, test } from '@playwright/test';
import { answerWithSamples, type SampleApi } from '#tests/support/sample-api.ts';
import { sampleHistory } from '#tests/support/sample-history.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';
import { watchPage } from '#tests/support/sample-watch.ts';

const level = (page: Page) => page.getByRole('heading', { level: 1 });

test.describe('history', () => {
  test('has its window in the address, and back works', async ({ page }) => {
    await answerWithSamples(page);
    await page.goto('/history');
    await expect(page.getByRole('link', { name: 'last 24 hours' })).toHaveAttribute('aria-current', 'page');
    await page.getByRole('link', { name: 'last 7 days' }).click();
    await expect(page).toHaveURL(/\/history\?window=7d$/);
    await expect(page.getByRole('link', { name: 'last 7 days' })).toHaveAttribute('aria-current', 'page');
    await page.goBack();
    await expect(page.getByRole('link', { name: 'last 24 hours' })).toHaveAttribute('aria-current', 'page');
  });

  test('tells each chart in a sentence and in a table', async ({ page }) => {
    await answerWithSamples(page);
    await page.goto('/history?window=7d');
    await expect(page.getByText(/^Half of the answers came within/).first()).toBeVisible();
    await expect(page.getByRole('img', { name: /^Ready .+ of the measured time/ })).toBeVisible();
    await page.getByText('Show figures').click();
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(
      sampleHistory('7d', Date.now()).buckets.length + 1,
    );
  });

  test('lists incidents and leads to each', async ({ page }) => {
    const history = sampleHistory('24h', Date.now());
    await answerWithSamples(page, {
      history: () => history,
      incidents: () => ({ incidents: history.incidents.slice(0, 1), servedAt: Date.now() }),
    });
    await page.goto('/history');
    await page.getByRole('link', { name: /The review server is not running/ }).click();
    await expect(page).toHaveURL(/\/incident\?id=\d+/);
    await expect(level(page)).toHaveText('The review server is not running.');
    await expect(page.getByText('Ready again')).toBeVisible();
    await page.getByRole('link', { name: 'History' }).first().click();
    await expect(level(page)).toHaveText('History');
  });

  test('the latency chart tells its figures by keyboard', async ({ page }) => {
    await answerWithSamples(page, { history: (window) => sampleHistory(window, Date.now(), {}) });
    await page.goto('/history?window=1h');
    const chart = page.getByRole('application').first();
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByText(/^median \d/)).toBeVisible();
  });

  test('says why there is nothing, and another try helps', async ({ page }) => {
    const api: { history: SampleApi['history'] } = { history: () => 'fails' };
    await answerWithSamples(page, { history: (window) => api.history?.(window) ?? 'fails' });
    await page.goto('/history');
    await expect(page.getByText('No answer came from the Mac.')).toBeVisible();
    api.history = (window) => sampleHistory(window, Date.now());
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('reachable', { exact: true })).toBeVisible();
  });
});

test('an incident without an id, and one that is not kept, say so', async ({ page }) => {
  await answerWithSamples(page);
  await page.goto('/incident');
  await expect(level(page)).toHaveText('No incident chosen');
  await page.goto('/incident?id=12');
  await expect(level(page)).toHaveText('No such incident');
});

for (const path of ['/', '/history?window=7d', '/incident?id=1']) {
  for (const cause of ['healthy', 'not-running'] as const) {
    test(`nothing moves, breaks or is forbidden on ${path} when ${cause}`, async ({ page }) => {
      const history = sampleHistory('24h', Date.now());
      const watch = await watchPage(page);
      await answerWithSamples(page, {
        status: () => sampleStatus(cause, Date.now()),
        incidents: () => ({ incidents: history.incidents.slice(0, 1), servedAt: Date.now() }),
      });
      await page.goto(path);
      if (path !== '/incident?id=1') await expect(page.locator('svg.recharts-surface').first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await watch.report()).toEqual({ shift: 0, violations: [], errors: [] });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}
