import { expect, type Page, test } from '@playwright/test';
import type { StartAction } from '#lib/contract/action.ts';
import type { Cause } from '#lib/domain/cause.ts';
import { expectAccessible } from '#tests/support/axe.ts';
import { answerWithSamples } from '#tests/support/sample-api.ts';
import { sampleHistory } from '#tests/support/sample-history.ts';
import { sampleFailedRun, sampleRun, sampleStart } from '#tests/support/sample-start.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

type Scene = {
  readonly name: string;
  readonly path: string;
  readonly cause: Cause | 'gone' | 'not-paired';
  readonly start?: () => StartAction;
  readonly act?: (page: Page) => Promise<void>;
};

const SCENES: readonly Scene[] = [
  {
    name: 'status, ready, a rung and a live check opened',
    path: '/',
    cause: 'healthy',
    act: async (page) => {
      await page.getByRole('button', { name: /^Server/ }).click();
      await page.getByRole('button', { name: 'Check now' }).click();
      await expect(page.getByRole('list', { name: 'Phases' })).toBeVisible();
    },
  },
  { name: 'status, degraded', path: '/', cause: 'anki-not-running' },
  { name: 'status, down', path: '/', cause: 'not-running' },
  {
    name: 'status, down, a failed start shown',
    path: '/',
    cause: 'crashed',
    start: () => sampleStart({ run: sampleFailedRun(Date.now() - 10_000) }),
  },
  {
    name: 'status, down, being started',
    path: '/',
    cause: 'not-running',
    start: () => sampleStart({ state: 'busy', run: sampleRun(Date.now()) }),
  },
  {
    name: 'status, what the app can show',
    path: '/',
    cause: 'healthy',
    act: (page) => page.getByRole('button', { name: 'My app shows an error' }).click(),
  },
  {
    name: 'status, what a closer look came to',
    path: '/',
    cause: 'healthy',
    act: async (page) => {
      await page.getByRole('button', { name: 'My app shows an error' }).click();
      await page.getByRole('button', { name: /Could not connect/ }).click();
      await expect(page.getByRole('heading', { name: 'Could not be looked at' })).toBeVisible();
    },
  },
  { name: 'status, no data', path: '/', cause: 'no-data' },
  { name: 'status, unreachable', path: '/', cause: 'gone' },
  {
    name: 'a phone that is not paired',
    path: '/',
    cause: 'not-paired',
    act: async (page) => {
      await page.getByRole('button', { name: 'Pair this phone' }).click();
      await expect(page.getByText(/^Paste the link, or its token/)).toBeVisible();
    },
  },
  {
    name: 'history with its figures',
    path: '/history?window=7d',
    cause: 'healthy',
    act: async (page) => {
      await page.getByText('Show figures').click();
      await expect(page.getByRole('table')).toBeVisible();
      await expect(page.locator('svg.recharts-surface')).toHaveCount(2);
    },
  },
  { name: 'incident', path: '/incident?id=1', cause: 'healthy' },
  { name: 'no such page', path: '/nothing', cause: 'healthy' },
];

test.use({ colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } });

for (const { name, path, cause, start, act } of SCENES) {
  test(`${name} has no accessibility violations, by day and by night`, async ({ page }) => {
    const history = sampleHistory('24h', Date.now());
    await answerWithSamples(page, {
      status: () => {
        if (cause === 'gone') return 'fails';
        if (cause === 'not-paired') return { status: 401, code: 'token', message: 'This device is not paired.' };
        return sampleStatus(cause, Date.now(), { start: start?.() ?? null });
      },
      incidents: () => ({ incidents: history.incidents.slice(0, 1), servedAt: Date.now() }),
    });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    await act?.(page);
    await expectAccessible(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page.getByRole('main')).toHaveCount(1);
  });
}
