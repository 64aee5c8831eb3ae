import { expect, type Page, test } from '@playwright/test';
import type { AppCode } from '#lib/domain/facts.ts';
import { answerWithSamples, type SampleApi } from '#tests/support/sample-api.ts';
import { sampleReport, sampleReportText } from '#tests/support/sample-report.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const sheet = (page: Page) => page.getByRole('dialog');
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const isDown: SampleApi = { status: () => sampleStatus('not-running', Date.now()) };

async function complain(page: Page, api: SampleApi): Promise<void> {
  await answerWithSamples(page, api);
  await page.goto('/');
  await page.getByRole('button', { name: 'My app shows an error' }).click();
  await sheet(page)
    .getByRole('button', { name: /Could not connect to the server/ })
    .click();
}

test.describe('while all seems well', () => {
  test('what the app shows leads to its cause, with what could not be looked at', async ({ page }) => {
    const asked: (AppCode | null)[] = [];
    await complain(page, {
      look: (app) => {
        asked.push(app);
        return sampleReport('not-running', Date.now(), app);
      },
    });
    await expect(sheet(page).getByRole('heading', { name: 'The review server is not running.' })).toBeVisible();
    await expect(sheet(page).getByText('fairly sure')).toBeVisible();
    await expect(sheet(page).getByRole('heading', { name: 'What to do' })).toBeVisible();
    await expect(sheet(page).getByRole('listitem').filter({ hasText: 'Firewall · not permitted' })).toBeVisible();
    expect(asked).toEqual([-1004]);
  });

  test('a look that takes long says what it does, and another can be asked for', async ({ page }) => {
    await complain(page, { look: (app) => (app === -1004 ? 'hangs' : sampleReport('hung', Date.now(), app)) });
    await expect(sheet(page).getByRole('heading', { name: 'Looking closer…' })).toBeVisible();
    await expect(sheet(page).getByText(/^[1-9] s$/)).toBeVisible();
    await sheet(page).getByRole('button', { name: 'It shows something else' }).click();
    await sheet(page).getByRole('button', { name: 'Something else', exact: true }).click();
    await expect(sheet(page).getByRole('heading', { name: /accepts connections and never answers/ })).toBeVisible();
  });

  test('a look that fails says why, and can be tried again', async ({ page }) => {
    let isGone = true;
    await complain(page, { look: (app) => (isGone ? 'fails' : sampleReport('not-running', Date.now(), app)) });
    await expect(sheet(page).getByRole('alert')).toHaveText('No answer came from the Mac.');
    isGone = false;
    await sheet(page).getByRole('button', { name: 'Try again' }).click();
    await expect(sheet(page).getByRole('heading', { name: 'The review server is not running.' })).toBeVisible();
  });

  test('Escape closes the sheet and the focus is back where it was', async ({ page }) => {
    await answerWithSamples(page);
    await page.goto('/');
    const row = page.getByRole('button', { name: 'My app shows an error' });
    await row.focus();
    await page.keyboard.press('Enter');
    await expect(sheet(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet(page)).toHaveCount(0);
    await expect(row).toBeFocused();
  });
});

test.describe('the report', () => {
  test('is copied in one tap, masked', async ({ page }) => {
    await answerWithSamples(page, isDown);
    await page.goto('/');
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByText('Names and addresses are masked in it.')).toBeVisible();
    expect(await copied(page)).toBe(sampleReportText(true));
  });

  test('has names and addresses where they are wanted', async ({ page }) => {
    await answerWithSamples(page, isDown);
    await page.goto('/');
    await page.getByRole('switch', { name: 'With names and addresses' }).check();
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByText('It holds your names and addresses.')).toBeVisible();
    expect(await copied(page)).toBe(sampleReportText(false));
  });

  test('of a complaint is asked for with what the app shows', async ({ page }) => {
    let url = '';
    await complain(page, {
      report: (asked) => {
        url = asked;
        return 'A report.';
      },
    });
    await sheet(page).getByRole('button', { name: 'Copy report' }).click();
    await expect(sheet(page).getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(url).toBe('/api/diagnosis?app=-1004&format=text&mask=1');
  });

  test('is there to be selected where the browser refuses to copy', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    });
    await answerWithSamples(page, isDown);
    await page.goto('/');
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByRole('textbox', { name: 'The report' })).toHaveValue(sampleReportText(true));
  });

  test('that cannot be had is told in words', async ({ page }) => {
    await answerWithSamples(page, { ...isDown, report: () => 'fails' });
    await page.goto('/');
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByText('No answer came from the Mac.')).toBeVisible();
  });
});
