import { expect, type Page, test } from '@playwright/test';
import type { RunView, StartAction } from '#lib/contract/action.ts';
import type { Cause } from '#lib/domain/cause.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { answerWithSamples, type Refused, type SampleApi } from '#tests/support/sample-api.ts';
import { sampleFailedRun, sampleRun, sampleStart } from '#tests/support/sample-start.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

/** What a Mac tells whose server can be started from here; a test changes its mind. */
type Mac = { cause: Cause; start: StartAction | null; pressed: number; asked: number };

type OnPress = (mac: Mac) => { readonly run: RunView } | Refused | 'fails' | 'hangs';

async function open(page: Page, told: Partial<Mac>, onPress: OnPress = beginRun): Promise<Mac> {
  const mac: Mac = { cause: 'not-running', start: sampleStart(), pressed: 0, asked: 0, ...told };
  const api: SampleApi = {
    status: () => {
      mac.asked += 1;
      return sampleStatus(mac.cause, Date.now(), { start: mac.start });
    },
    start: () => {
      mac.pressed += 1;
      return onPress(mac);
    },
  };
  await answerWithSamples(page, api);
  await page.goto('/');
  return mac;
}

function beginRun(mac: Mac): { readonly run: RunView } {
  const run = sampleRun(Date.now());
  mac.start = sampleStart({ state: 'busy', run });
  return { run };
}

const button = (page: Page) => page.getByRole('button', { name: 'Start server' });

test('one press starts it once, is followed second by second, and ends with how long it took', async ({ page }) => {
  const mac = await open(page, {});
  await button(page).dblclick();
  await expect(page.getByRole('button', { name: /^Starting… \d+ s$/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('heading', { name: 'The command runs' })).toBeVisible();
  expect(mac.pressed).toBe(1);
  const asked = mac.asked;
  await page.waitForTimeout(3 * SECOND);
  expect(mac.asked - asked).toBeGreaterThanOrEqual(2);
  mac.cause = 'healthy';
  mac.start = sampleStart({ run: sampleRun(Date.now() - 3_000, { outcome: 'up', upAfterMs: 2_400 }) });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ready');
  await expect(page.getByRole('heading', { name: 'Back after 2.4 s' })).toBeVisible();
});

test('a run that failed says with what, shows what it printed, and can be tried again', async ({ page }) => {
  const mac = await open(page, { cause: 'crashed' });
  await button(page).click();
  await expect(page.getByRole('heading', { name: 'The command runs' })).toBeVisible();
  mac.start = sampleStart({ run: sampleFailedRun(Date.now() - SECOND) });
  await expect(page.getByRole('heading', { name: 'Exited with code 1' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Output of the command' })).toContainText("No module named 'fastapi'");
  await page.getByRole('button', { name: 'Copy Output of the command' }).click();
  await expect(page.getByRole('button', { name: /^Copied/ })).toBeVisible();
  await button(page).click();
  await expect(page.getByRole('button', { name: /^Starting…/ })).toBeVisible();
  await expect.poll(() => mac.pressed).toBe(2);
});

test('a run that another device began is followed here too', async ({ page }) => {
  const mac = await open(page, { start: sampleStart({ state: 'busy', run: sampleRun(Date.now() - 7 * SECOND) }) });
  const busy = page.getByRole('button', { name: /^Starting… \d+ s$/ });
  await expect(busy).toBeVisible();
  await busy.click({ force: true });
  expect(mac.pressed).toBe(0);
});

const REFUSALS = [
  ['an unreachable Mac', 'fails', 'No answer came from the Mac. It may have been started all the same'],
  [
    'a stranger',
    { status: 403, code: 'not-owner', message: 'Only ada@example.com may start it.' },
    'Only ada@example.com may start it.',
  ],
  [
    'a proxy without Lifeline behind it',
    'fails-as-proxy',
    'The Mac answered 502, but not Lifeline. Nothing was started.',
  ],
] as const;

for (const [who, answer, words] of REFUSALS) {
  test(`a press that meets ${who} is answered in words, and the button stays`, async ({ page }) => {
    await open(page, {}, () => (answer === 'fails-as-proxy' ? 'fails' : answer));
    if (answer === 'fails-as-proxy') {
      await page.route('**/api/actions/start', (route) => route.fulfill({ status: 502, body: '' }));
    }
    await button(page).click();
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
    await expect(button(page)).toHaveAttribute('aria-disabled', 'false');
  });
}

test('a press that comes second shows the run that came first', async ({ page }) => {
  await open(page, {}, (mac) => {
    mac.start = sampleStart({ state: 'busy', run: sampleRun(Date.now() - SECOND) });
    return { status: 409, code: 'busy', message: 'It is being started already.' };
  });
  await button(page).click();
  await expect(page.getByRole('heading', { name: 'The command runs' })).toBeVisible();
  await expect(page.getByText('It is being started already.')).toHaveCount(0);
});

test('whoever may not start it reads who may, and has no dead button', async ({ page }) => {
  const detail = 'Only ada@example.com, to whom this Mac belongs, can start it.';
  await open(page, { start: sampleStart({ state: 'not-owner', detail }) });
  await expect(page.getByText(detail)).toBeVisible();
  await expect(button(page)).toHaveCount(0);
});

for (const [why, told] of [
  ['the owner configured nothing', { start: null }],
  ['starting would not mend it', { cause: 'anki-not-running' }],
  ['it is ready', { cause: 'healthy' }],
  [
    'the run belongs to an earlier outage',
    { cause: 'anki-not-running', start: sampleStart({ run: sampleFailedRun(Date.now() - 10 * MINUTE) }) },
  ],
] as const) {
  test(`nothing is offered where ${why}`, async ({ page }) => {
    await open(page, told);
    await expect(page.getByRole('button', { name: 'Check now' })).toBeVisible();
    await expect(page.getByRole('button', { name: /shows/ })).toBeVisible();
    await expect(button(page)).toHaveCount(0);
    await expect(page.getByRole('heading', { name: /Exited/ })).toHaveCount(0);
  });
}
