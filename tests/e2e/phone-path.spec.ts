import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { PhoneHistory } from '#lib/contract/phone.ts';
import { type AppOptions, freePort, type RunningApp, startApp } from '#tests/support/running-app.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

// The built app, and a phone that comes through `tailscale serve`: the app ends under its open page, and is started again.
test.describe.configure({ mode: 'serial' });

const MAC = '100.64.0.7';
const PHONE = '100.64.0.9';
const OWNER = 'grant@example.com';
const SAMPLES = '/api/phone/samples';

/** A tailscale for which every device is the owner's, and the phone comes directly. */
const TAILSCALE = {
  status: {
    BackendState: 'Running',
    TUN: true,
    TailscaleIPs: [MAC],
    Self: { UserID: 1 },
    Peer: { 'nodekey:1': { TailscaleIPs: [PHONE], CurAddr: '192.0.2.9:41641', Active: true } },
  },
  whois: { Node: { Name: 'iphone.tail1234.ts.net.' }, UserProfile: { LoginName: OWNER } },
  serve: {},
};

let options: AppOptions;
let app: RunningApp;
let stop: () => Promise<void>;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-phone-'));
  const cases = Object.entries(TAILSCALE).map(([command, said]) => `${command}) echo '${JSON.stringify(said)}' ;;`);
  await writeFile(join(folder, 'tailscale'), `#!/bin/sh\ncase "$1" in\n${cases.join('\n')}\nesac\n`);
  await chmod(join(folder, 'tailscale'), 0o755);
  const anki = await scriptedAnkiConnect();
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  options = {
    reviewServerUrl: server.url,
    ankiConnectUrl: anki.url,
    intervalMs: 1_000,
    dataDir: join(folder, 'data'),
    port: await freePort(),
    env: { TAILSCALE_BIN: join(folder, 'tailscale') },
  };
  app = await startApp(options);
  // As `tailscale serve` passes a request on.
  const extraHTTPHeaders = { 'x-forwarded-for': PHONE, 'tailscale-user-login': OWNER };
  context = await browser.newContext({ baseURL: app.url, extraHTTPHeaders, viewport: { width: 390, height: 844 } });
  stop = async () => {
    await app.stop();
    await server.stop();
    await anki.stop();
    await rm(folder, { recursive: true, force: true });
  };
});
test.afterAll(async () => {
  await context.close();
  await stop();
});

const told = async (): Promise<PhoneHistory> => (await context.request.get('/api/phone/history?window=1h')).json();
const counts = async (): Promise<{ answered: number; failed: number }> => {
  const { buckets } = await told();
  const sum = (of: 'answered' | 'failed') => buckets.reduce((all, bucket) => all + bucket[of], 0);
  return { answered: sum('answered'), failed: sum('failed') };
};

/** The person puts the app away and takes it out again, which asks at once. */
const resume = (): Promise<void> =>
  page.evaluate(() => {
    for (const state of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }
  });

/** How the requests went that the phone keeps. */
const keptOutcomes = (): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('lifeline-phone');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('samples').objectStore('samples').getAll();
          reading.onsuccess = () => resolve(reading.result.map(({ outcome }) => outcome));
        };
      }),
  );

test('the phone measures its way from the first moment, and the Mac says whose phone it is', async () => {
  page = await context.newPage();
  const handedIn = page.waitForResponse((response) => response.url().endsWith(SAMPLES));
  await page.goto('/');
  expect(await (await handedIn).json()).toMatchObject({ isWanted: true });
  expect(await counts()).toEqual({ answered: 1, failed: 0 });
  // On a narrow screen a rung tells it when it is opened.
  await expect(page.getByText('iphone asked for this page directly')).toBeAttached();
});

test('what it could not reach it keeps until the Mac takes it, and there it is kept once', async () => {
  await app.stop();
  await resume();
  await expect.poll(keptOutcomes, { timeout: 20_000 }).toEqual(['unreachable', 'unreachable']);
  await page.close();

  app = await startApp(options);
  page = await context.newPage();
  const handingIn = page.waitForRequest((request) => request.url().endsWith(SAMPLES));
  await page.goto('/history?window=1h');
  const body = (await handingIn).postData() ?? '';
  await expect.poll(counts).toEqual({ answered: 2, failed: 2 });
  const again = await page.request.post(SAMPLES, {
    headers: { 'content-type': 'application/json', origin: app.url },
    data: body,
  });
  expect(await again.json()).toMatchObject({ isWanted: true });
  expect(await counts()).toEqual({ answered: 2, failed: 2 });
  await expect.poll(keptOutcomes).toEqual([]);
});

test('History shows both lines, and why the phone had no answer', async () => {
  await page.reload();
  await expect(page.getByText('Mac → review server')).toBeVisible();
  await expect(page.getByText('phone → Mac', { exact: true })).toBeVisible();
  await expect(page.locator('svg .recharts-line')).toHaveCount(1);
  await expect(page.locator('[data-line="phone"]').first()).toBeAttached();
  await expect(page.locator('[data-mark="phone"]').first()).toBeAttached();
  const words = page.locator('p').filter({ hasText: /^Half of the answers .* 2 of \d had no answer\.$/ });
  await expect(words).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Phone could not reach the Mac' })).toBeVisible();
  const sentence = /^Lifeline was stopped or frozen on the Mac( most of the time)?; iphone had no answer for \d+ s\.$/;
  await expect(page.getByText(sentence)).toBeVisible();
  await page.getByText('Show figures').click();
  await expect(page.getByRole('columnheader', { name: 'phone had no answer' })).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: /^Phone could not reach the Mac \d\d:\d\d/ })).toBeVisible();
});
