import { expect, type Page, test } from '@playwright/test';
import { KEPT_PREFIX } from '#lib/client/kept/answers.ts';
import { STATUS_URL } from '#lib/client/status-url.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { answerWithSamples } from '#tests/support/sample-api.ts';
import { sampleHistory } from '#tests/support/sample-history.ts';
import { sampleRefusal } from '#tests/support/sample-probe.ts';
import { sampleStart } from '#tests/support/sample-start.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

const level = (page: Page) => page.getByRole('heading', { level: 1 });

async function keepSnapshot(page: Page, agoMs: number): Promise<void> {
  const at = Date.now() - agoMs;
  const data = sampleStatus('healthy', at);
  const { checkedAt, servedAt } = data;
  const kept = JSON.stringify({ url: STATUS_URL, data, measuredAt: checkedAt ?? servedAt, servedAt, receivedAt: at });
  await page.addInitScript(([key, value]) => localStorage.setItem(key, value), [
    KEPT_PREFIX + STATUS_URL,
    kept,
  ] as const);
}

test.describe('status', () => {
  test('says in one word and one sentence that a review would work', async ({ page }) => {
    await answerWithSamples(page);
    await page.goto('/');
    await expect(level(page)).toHaveText('Ready');
    await expect(page.getByText('Your app can review.')).toBeVisible();
    await expect(page.getByText(/^Checked \d+ s ago\.$/)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Why we think so' })).toHaveCount(0);
  });

  test('says the cause, what the app shows, what to do and why, when down', async ({ page }) => {
    await answerWithSamples(page, { status: () => sampleStatus('not-running', Date.now()) });
    await page.goto('/');
    await expect(level(page)).toHaveText('Down');
    await expect(page.locator('#glance-headline')).toHaveText('The review server is not running.');
    await expect(page.getByText('(−1004)')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Nothing listens on port 8000' })).toBeVisible();
    await expect(page.getByText('fairly sure')).toBeVisible();
    await expect(page.getByRole('link', { name: 'What happened so far' })).toHaveAttribute('href', /incident\?id=\d+/);
    // Still once, after the page has asked again.
    await page.waitForResponse('**/api/status');
    await expect(page.getByRole('heading', { name: 'What to do' })).toHaveCount(1);
    await page.getByRole('button', { name: /^Copy command: Restart/ }).click();
    await expect(page.getByRole('button', { name: /^Copied/ })).toBeVisible();
  });

  test('each of eight rungs opens what is known of it, by keyboard too', async ({ page }) => {
    await answerWithSamples(page, { status: () => sampleStatus('not-running', Date.now()) });
    await page.goto('/');
    await expect(page.locator('.rung')).toHaveCount(8);
    const rung = page.getByRole('button', { name: /^Port ?: broken/ });
    await expect(rung).toHaveAttribute('aria-expanded', 'false');
    await rung.focus();
    await page.keyboard.press('Enter');
    await expect(rung).toHaveAttribute('aria-expanded', 'true');
    await expect(page.getByText('Port: broken.')).toBeVisible();
    await expect(page.locator('#rung-detail')).toContainText(/· \d+ s ago/);
    const box = await rung.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  });

  test('an old fact among fresh ones is shown as old, and how it came to this is told', async ({ page }) => {
    const now = Date.now();
    const { diagnosis } = sampleStatus('not-running', now);
    const old = { fact: 'service', text: 'launchd knows no such job', at: now - 5 * MINUTE };
    await answerWithSamples(page, {
      status: () =>
        sampleStatus('not-running', now, { diagnosis: { ...diagnosis, evidence: [...diagnosis.evidence, old] } }),
    });
    await page.goto('/');
    await expect(page.getByText('Was up until 14:02:11 (± 5 s), then exited with code 1.')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'launchd knows no such job' })).toContainText(
      '5 min old',
    );
    await expect(page.getByRole('listitem').filter({ hasText: 'Nothing listens' })).toContainText(/\d+ s ago/);
  });

  test('at twice the size of text nothing is cut off, and the ladder is a list', async ({ page }) => {
    await page.setViewportSize({ width: 195, height: 422 });
    await answerWithSamples(page, { status: () => sampleStatus('not-running', Date.now(), { start: sampleStart() }) });
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Start server' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^AnkiConnect/ })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(195);
  });

  test('a change that is not confirmed yet is told as such', async ({ page }) => {
    await answerWithSamples(page, {
      status: () => sampleStatus('healthy', Date.now(), { pending: { level: 'down', since: Date.now() } }),
    });
    await page.goto('/');
    await expect(page.getByText('Just now: no answer. Checking again…')).toBeVisible();
    await expect(level(page)).toHaveText('Ready');
  });

  test('a live check shows its phases and how it ended', async ({ page }) => {
    await answerWithSamples(page, { probe: () => sampleRefusal(Date.now()) });
    await page.goto('/');
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(page.getByText('Connect: the connection was refused, after 2.7 ms.')).toBeVisible();
    const phases = page.getByRole('list', { name: 'Phases' }).getByRole('listitem');
    await expect(phases).toHaveText([
      /Name lookup\s*2\.1 ms/,
      /Connect\s*0\.6 ms/,
      /Encrypt\s*–/,
      /First byte\s*–/,
      /Download\s*–/,
    ]);
  });

  test('announces a change of level, and no ticking age', async ({ page }) => {
    let cause: 'healthy' | 'hung' = 'healthy';
    await answerWithSamples(page, { status: () => sampleStatus(cause, Date.now()) });
    await page.goto('/');
    await expect(level(page)).toHaveText('Ready');
    await expect(page.locator('main p[aria-live="polite"]')).toHaveText('');
    cause = 'hung';
    await expect(page.locator('main p[aria-live="polite"]')).toHaveText(/^Down\. The review server accepts/, {
      timeout: 15_000,
    });
  });

  test('before anything is measured no number is made up', async ({ page }) => {
    await answerWithSamples(page, {
      status: () => sampleStatus('no-data', Date.now()),
      history: (window) => sampleHistory(window, Date.now(), { asleep: [{ agoMs: 1e11, forMs: 2e11 }] }),
    });
    await page.goto('/');
    await expect(level(page)).toHaveText('No data');
    await expect(page.getByText('The first check is on its way.')).toBeVisible();
    await expect(page.getByRole('heading', { name: /no data yet/ })).toHaveCount(2);
    await expect(page.getByText('100 %')).toHaveCount(0);
  });

  test('where nobody told the phone’s address, a ready server does not stand for the phone', async ({ page }) => {
    const target = { kind: 'name', url: 'http://127.0.0.1:8000/health', isGuess: true } as const;
    await answerWithSamples(page, { status: () => sampleStatus('healthy', Date.now(), { target }) });
    await page.goto('/');
    await expect(page.getByText('The phone’s address is not known')).toBeVisible();
    await expect(page.getByText(/set REVIEW_SERVER_URL/)).toBeVisible();
  });

  test('a stalled monitor and a history that is not kept are said first', async ({ page }) => {
    await answerWithSamples(page, {
      status: () =>
        sampleStatus('healthy', Date.now(), {
          monitor: { state: 'stalled', intervalMs: 5 * SECOND },
          storage: { state: 'failing', detail: 'The disk is full.' },
        }),
    });
    await page.goto('/');
    await expect(level(page)).toHaveText('Was ready');
    await expect(page.getByRole('heading', { name: 'Lifeline has stopped measuring' })).toBeVisible();
    await expect(page.getByText('The disk is full.')).toBeVisible();
  });
});

test.describe('what is kept on the phone', () => {
  test('is the first thing painted, in the past and with its age, while the Mac is silent', async ({ page }) => {
    await keepSnapshot(page, 4 * MINUTE);
    await answerWithSamples(page, { status: () => 'hangs', history: () => 'hangs' });
    await page.goto('/', { waitUntil: 'commit' });
    await expect(level(page)).toHaveText('Was ready');
    await expect(page.getByText('Checked 4 min ago.')).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-freshness', 'stale');
    await expect(page.locator('#glance-headline')).toHaveText(/^Mac unreachable since .+, showing .+\.$/, {
      timeout: 8_000,
    });
    await expect(page.getByText('Tailscale is off on this phone.')).toBeVisible();
  });

  test('is painted without any of the page’s scripts', async ({ page }) => {
    await keepSnapshot(page, 4 * MINUTE);
    await answerWithSamples(page, { status: () => 'hangs' });
    await page.route('**/_next/static/chunks/**', (route) => route.abort());
    await page.goto('/');
    await expect(level(page)).toHaveText('Was ready');
  });

  test('is renewed by the answer before any of the page’s scripts', async ({ page }) => {
    await answerWithSamples(page, { status: () => sampleStatus('not-running', Date.now()) });
    await page.route('**/_next/static/chunks/**', (route) => route.abort());
    await page.goto('/');
    await expect(level(page)).toHaveText('Down');
  });

  test('is asked for once by the first paint, and React takes that answer', async ({ page }) => {
    let asked = 0;
    await answerWithSamples(page, {
      status: () => {
        asked += 1;
        return sampleStatus('healthy', Date.now());
      },
    });
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Check now' })).toBeVisible();
    expect(asked).toBe(1);
  });

  test('goes on being shown when the Mac goes away, and is live again when it is back', async ({ page }) => {
    let gone = false;
    await answerWithSamples(page, { status: () => (gone ? 'fails' : sampleStatus('healthy', Date.now())) });
    await page.goto('/');
    await expect(level(page)).toHaveText('Ready');
    gone = true;
    await expect(level(page)).toHaveText('Was ready', { timeout: 30_000 });
    await expect(page.getByText('Open the Tailscale app and turn it on.')).toBeVisible();
    gone = false;
    await expect(level(page)).toHaveText('Ready', { timeout: 15_000 });
  });

  test('is nothing on a new phone, and that is said', async ({ page }) => {
    await answerWithSamples(page, { status: () => 'fails', history: () => 'fails' });
    await page.goto('/');
    await expect(level(page)).toHaveText('Unknown');
    await expect(page.getByText('Nothing is kept on this phone yet.')).toBeVisible();
  });
});
