import { expect, type Page, test } from '@playwright/test';
import { HOUR } from '#lib/domain/time.ts';
import { expectToFit } from '#tests/support/fit.ts';
import { answerWithSamples, type SampleApi } from '#tests/support/sample-api.ts';
import { sampleHistory } from '#tests/support/sample-history.ts';
import { sampleIncident } from '#tests/support/sample-incident.ts';
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

  test('at twice the size of text its numbers are whole, and no time is written over another', async ({ page }) => {
    await page.setViewportSize({ width: 195, height: 422 });
    await answerWithSamples(page);
    for (const window of ['24h', '7d']) {
      await page.goto(`/history?window=${window}`);
      await expect(page.getByText(/^Half of the answers came within/).first()).toBeVisible();
      await expectToFit(page, [195]);
      const cut = await page
        .locator('dl > div')
        .evaluateAll((tiles) => tiles.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
      expect(cut).toBe(0);
      const strip = page.getByText('now', { exact: true }).first().locator('..').locator('span:visible');
      const times = await strip.evaluateAll((labels) =>
        labels.map((label) => label.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
      );
      expect(times.length).toBeGreaterThan(1);
      const sorted = times.toSorted((one, other) => one.left - other.left);
      for (const [nth, { left }] of sorted.entries()) expect(left).toBeGreaterThanOrEqual(sorted[nth - 1]?.right ?? 0);
    }
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

  test('says how long it takes to recover, what it mostly is, and when nobody looked', async ({ page }) => {
    const history = sampleHistory('7d', Date.now());
    await answerWithSamples(page, { history: () => history });
    await page.goto('/history?window=7d');
    await expect(page.getByText('Mean time to recover')).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: '1 h 13 min' })).toBeVisible();
    await expect(page.getByText('Commonest cause')).toBeVisible();
    const absences = page.getByText(/^Mac was asleep /);
    await expect(absences).toHaveCount(3);
    await page.getByRole('button', { name: `Show ${history.absences.length - 3} more` }).click();
    await expect(absences).toHaveCount(history.absences.length);
  });

  test('claims no time to recover and no cause where nothing went wrong', async ({ page }) => {
    await answerWithSamples(page, { history: (window) => sampleHistory(window, Date.now(), {}) });
    await page.goto('/history');
    await expect(page.getByText('None in this time.')).toBeVisible();
    await expect(page.getByText('time to recover')).toHaveCount(0);
    await expect(page.getByText('Not measured')).toHaveCount(0);
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
    await expect(page.getByText(/^Mac unreachable since \d+:\d\d\.$/)).toBeVisible();
    await expect(page.getByText('Nothing of this is kept on this phone yet.')).toBeVisible();
    api.history = (window) => sampleHistory(window, Date.now());
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('reachable', { exact: true })).toBeVisible();
  });
});

test.describe('an incident', () => {
  const incident = sampleIncident(Date.now() - 8 * HOUR);
  const told = () => ({ incidents: [incident], servedAt: Date.now() });

  test('tells its story in order, why at a tap, and what mended it', async ({ page }) => {
    await answerWithSamples(page, { incidents: told });
    await page.goto(`/incident?id=${incident.id}`);
    const events = page.getByRole('listitem').filter({ has: page.getByRole('time') });
    await expect(events).toHaveCount(7);
    await expect(events.nth(2)).toContainText(/Mac was asleep .+–.+5 h 32 min/);
    await expect(page.getByText('Process 4711 holds port 8000 and runs')).toBeVisible();
    await expect(page.getByText('Nothing listens on port 8000')).toBeHidden();
    await events.nth(3).getByText('The 2 facts that decided').click();
    await expect(page.getByText('Nothing listens on port 8000')).toBeVisible();
    await expect(events.nth(4)).toContainText('exited with code 1');
    await events.nth(4).getByText('What it printed').click();
    await expect(events.nth(4).getByRole('region')).toContainText("No module named 'fastapi'");
    await expect(page.getByText(/the server was back after 2\.4 s/)).toBeVisible();
  });

  test('can be kept as a file', async ({ page }) => {
    await answerWithSamples(page, { incidents: told });
    await page.goto(`/incident?id=${incident.id}`);
    for (const format of ['csv', 'json']) {
      await expect(page.getByRole('link', { name: format.toUpperCase() })).toHaveAttribute(
        'href',
        `/api/export?format=${format}&incident=${incident.id}`,
      );
    }
  });

  test('stays on screen and says how old it is when the Mac stops answering', async ({ page }) => {
    const api: { incidents: NonNullable<SampleApi['incidents']> } = { incidents: told };
    await answerWithSamples(page, { incidents: () => api.incidents() });
    await page.goto(`/incident?id=${incident.id}`);
    await expect(level(page)).toHaveText(incident.headline);
    api.incidents = () => 'fails';
    await expect(page.getByText(/^Mac unreachable since .+, showing .+$/)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('Ready again')).toBeVisible();
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
      if (path === '/') await expect(page.getByRole('img', { name: /^Half of the answers/ })).toBeVisible();
      if (path.startsWith('/history')) await expect(page.locator('svg.recharts-surface').first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await watch.report()).toEqual({ shift: 0, violations: [], errors: [] });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}
