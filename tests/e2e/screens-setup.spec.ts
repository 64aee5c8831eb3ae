import { expect, type Page, test } from '@playwright/test';
import type { Setup } from '#lib/contract/setup.ts';
import { expectAccessible } from '#tests/support/axe.ts';
import { expectToFit } from '#tests/support/fit.ts';
import { sampleAlerts } from '#tests/support/sample-alerts.ts';
import { answerWithSamples, type SampleApi } from '#tests/support/sample-api.ts';
import { NOT_PUBLISHED, SAMPLE_URL, sampleDevice, samplePaired, sampleSetup } from '#tests/support/sample-setup.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1';
const LOCAL: Setup['caller'] = { who: 'local', login: null, device: null, path: null, refusal: null };
const REFUSAL = 'Only ada@example.com, to whom this Mac belongs, can change things.';

async function open(page: Page, setup: NonNullable<SampleApi['setup']>): Promise<void> {
  await answerWithSamples(page, { setup });
  await page.route('**/api/alerts?*', (route) => route.fulfill({ json: sampleAlerts({ servedAt: Date.now() }) }));
  await page.goto('/setup');
}

/** A step by its title: the row that tells how it stands, and is pressed to open it. */
const step = (page: Page, title: string) =>
  page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: title });

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('on the Mac the command is there to be copied, turns green by itself, and the next step is the code', async ({
  page,
}) => {
  let serve: Setup['serve'] = NOT_PUBLISHED;
  await open(page, () => sampleSetup({ serve, link: serve.url, caller: LOCAL, devices: [] }));
  await expect(step(page, 'Published by https')).toContainText('To do');
  await expect(step(page, 'Published by https')).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByText('tailscale serve --bg 3000', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Copy the command' }).click();
  await expect(page.getByRole('button', { name: /^Copied/ })).toBeVisible();
  await expectAccessible(page);
  serve = { ...NOT_PUBLISHED, state: 'published', url: SAMPLE_URL };
  await expect(step(page, 'Published by https')).toContainText('Done');
  await expect(step(page, 'Published by https')).toHaveAttribute('aria-expanded', 'false');
  await expect(page.getByRole('img', { name: `QR code of ${SAMPLE_URL}` })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^3 of [56] done$/ })).toBeVisible();
  await expectToFit(page, [320, 195, 1280]);
});

test('a code that lets a device in says so, and is not kept on this device', async ({ page }) => {
  const secret = 'a-token-of-some-length';
  await open(page, () => sampleSetup({ link: `${SAMPLE_URL}/?token=${secret}`, caller: LOCAL, devices: [] }));
  await expect(page.getByText('This code lets in whoever scans it.')).toBeVisible();
  await expect(page.getByRole('img', { name: 'QR code of a link that lets a device in' })).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage).includes('/api/setup'))).toBe(true);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(secret);
});

test('that the whole internet can come in is said first, with the command that ends it', async ({ page }) => {
  await open(page, () =>
    sampleSetup({ serve: { ...NOT_PUBLISHED, state: 'public', url: SAMPLE_URL }, startsAtLogin: false }),
  );
  await expect(step(page, 'Published by https')).toContainText('Attention');
  await expect(page.getByText(/^Funnel opens Lifeline to everybody/)).toBeVisible();
  await expect(step(page, 'Starts by itself')).toHaveAttribute('aria-expanded', 'false');
});

test('a page by plain http is warned of', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
  await open(page, () => sampleSetup());
  await expect(step(page, 'Published by https')).toContainText('This page is not secure');
  await expect(page.getByText(/^Without https a browser keeps no files/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open it there' })).toHaveAttribute('href', `${SAMPLE_URL}/setup`);
});

test.describe('on an iPhone', () => {
  test.use({ userAgent: IPHONE });

  test('in Safari the way onto the Home Screen is shown in pictures; in the app it is done', async ({ page }) => {
    await open(page, () => sampleSetup());
    await expect(step(page, 'On your phone')).toContainText('You are on it.');
    const pictures = page.getByRole('listitem').filter({ hasText: 'On the Home Screen' }).getByRole('listitem');
    await expect(pictures).toHaveText([/^Tap Share/, /^Add to Home Screen/, /^Open Lifeline/]);
    await expectAccessible(page);
    await expectToFit(page, [320, 195]);
    await page.addInitScript(() => Object.defineProperty(navigator, 'standalone', { value: true }));
    await page.reload();
    await expect(step(page, 'On the Home Screen')).toContainText('Done');
    await expect(step(page, 'Alerts')).toHaveAttribute('aria-expanded', 'true');
  });

  test('the browser is asked to keep it, and its refusal is explained', async ({ page }) => {
    await page.addInitScript(() => {
      let kept = false;
      const answers = [false, true];
      navigator.storage.persisted = async () => kept;
      navigator.storage.persist = async () => {
        kept = answers.shift() ?? true;
        return kept;
      };
    });
    await open(page, () => sampleSetup());
    await step(page, 'Kept for good').click();
    await page.getByRole('button', { name: 'Keep it for good' }).click();
    await expect(page.getByText(/^The browser said no\..*It says yes to an app on the Home Screen\.$/)).toBeVisible();
    await page.getByRole('button', { name: 'Keep it for good' }).click();
    await expect(step(page, 'Kept for good')).toContainText('Until you delete it.');
    await expect(page.getByText(/^The browser said no/)).toHaveCount(0);
  });

  test('its owner turns a paired device out at the second press, and reads why where that fails', async ({ page }) => {
    let devices = [sampleDevice({ isThis: true }), samplePaired()];
    const asked: unknown[] = [];
    await open(page, () => sampleSetup({ devices }));
    await page.route('**/api/devices/revoke', async (route) => {
      asked.push(route.request().postDataJSON());
      if (asked.length === 1) {
        return route.fulfill({ status: 503, json: { error: { code: 'not-kept', message: 'The disk is full.' } } });
      }
      devices = devices.slice(0, 1);
      return route.fulfill({ json: { done: true } });
    });
    await expect(page.getByText('this device · ada@example.com · direct')).toBeVisible();
    const turnOut = page.getByRole('button', { name: 'Turn out iPad · Home Screen' });
    await turnOut.click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(asked).toEqual([]);
    await turnOut.click();
    await page.getByRole('button', { name: 'Turn out', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'The disk is full.' })).toBeVisible();
    await turnOut.click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Turn out', exact: true }).click();
    await expect(page.getByText('iPad · Home Screen')).toHaveCount(0);
    expect(asked).toEqual([{ id: 'paired:1' }, { id: 'paired:1' }]);
  });

  test('somebody else’s phone reads who may change things, and has nothing to press', async ({ page }) => {
    const caller = {
      who: 'stranger',
      login: 'bob@example.com',
      device: 'pixel',
      path: 'relay',
      refusal: REFUSAL,
    } as const;
    await open(page, () => sampleSetup({ caller, devices: [samplePaired()] }));
    await expect(page.getByText('You are bob@example.com: you may look, and change nothing.')).toBeVisible();
    await expect(page.getByText(REFUSAL)).toBeVisible();
    await expect(page.getByText('Those of others are shown to whoever may change things.')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Turn out/ })).toHaveCount(0);
  });

  test('without the Mac it shows what it was told, with its age; what the phone knows goes on being checked', async ({
    page,
  }) => {
    let isGone = false;
    await open(page, () => (isGone ? 'fails' : sampleSetup()));
    await expect(step(page, 'Same version')).toContainText('Done');
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage).includes('/api/setup'))).toBe(true);
    isGone = true;
    await page.reload();
    await expect(step(page, 'Same version')).toContainText('Done');
    await expect(page.getByText(/^Mac unreachable since .*, showing /)).toBeVisible();
    await expect(page.getByText('You are ada@example.com.')).toBeVisible();
  });
});

test('where nobody ever answered, that is said, and the Mac’s steps are not judged', async ({ page }) => {
  await open(page, () => 'fails');
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing of this is kept on this phone yet.' })).toBeVisible();
  await expect(step(page, 'Starts by itself')).toContainText('The Mac does not answer.');
  await expect(step(page, 'Starts by itself')).toContainText('Not known');
});

test('nothing is judged while the Mac is silent and nothing is kept, and the way on is said then', async ({ page }) => {
  await open(page, () => 'hangs');
  await expect(page.getByRole('status').filter({ hasText: 'Looking…' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Steps' })).toHaveCount(0);
  await expect(step(page, 'Same version')).toContainText('The Mac does not answer.');
});

test('an older page is loaded again', async ({ page }) => {
  await open(page, () => sampleSetup({ build: 'newer', devices: [sampleDevice()] }));
  await expect(step(page, 'Same version')).toContainText('different builds');
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Load it again' }).click();
  await loaded;
  await expect(page.getByRole('heading', { level: 1, name: 'Setup' })).toBeVisible();
});

test.describe('with the real answers and the real worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the files are kept, page and server are of one build, and the newest is asked for', async ({ page }) => {
    await page.goto('/setup');
    await expect(step(page, 'Opens without the Mac')).toContainText(/\d+ files are kept here\./, { timeout: 20_000 });
    await expect(step(page, 'Same version')).toContainText('here and on the Mac.');
    await expect(page.getByText('You are at the Mac.')).toBeVisible();
    await step(page, 'Opens without the Mac').click();
    await page.getByRole('button', { name: 'Look for a newer version' }).click();
    await expect(page.getByText('Asked just now: this is the newest.')).toBeVisible();
  });
});
