import { type Browser, expect, type Page, test } from '@playwright/test';
import { setupSchema } from '#lib/contract/setup.ts';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';

// The built app behind a token, asked as phones do: the server behind the proxy has a say in what the proxy answers.
const TOKEN = 'a-secret-of-some-length';
let app: RunningApp;

test.beforeAll(async () => {
  const nobody = 'http://127.0.0.1:9';
  const env = { LIFELINE_TOKEN: TOKEN };
  app = await startApp({ reviewServerUrl: nobody, ankiConnectUrl: nobody, intervalMs: 5_000, env });
});
test.afterAll(() => app.stop());

/** What a page of ours is answered by the API. */
const asked = (page: Page, path: string, body?: object) =>
  page.evaluate(
    async ([to, posted]) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(to, posted === undefined ? {} : { method: 'POST', headers, body: posted });
      const told: { error?: { code: string } } = await response.json();
      return [response.status, told.error?.code ?? null];
    },
    [path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );

/** A phone of its own, with a page of ours open. */
async function phoneOf(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  expect((await page.goto(`${app.url}/history`))?.status()).toBe(200);
  return page;
}

const devices = async (page: Page) =>
  setupSchema.parse(await page.evaluate(async () => (await fetch('/api/setup')).json())).devices;

test('one phone is paired by the link, the installed app by the token; each is turned out alone', async ({
  browser,
}) => {
  const [safari, installed] = [await phoneOf(browser), await phoneOf(browser)];
  for (const page of [safari, installed]) expect(await asked(page, '/api/status')).toEqual([401, 'token']);

  await safari.goto(`${app.url}/history?window=7d&token=${TOKEN}`);
  expect(safari.url()).toBe(`${app.url}/history?window=7d`);
  expect(await asked(safari, '/api/status')).toEqual([200, null]);
  expect(await asked(installed, '/api/status')).toEqual([401, 'token']);

  const label = 'iPhone · Home Screen';
  expect(await asked(installed, '/api/pair', { token: 'a-guess', label })).toEqual([401, 'wrong-token']);
  expect(await asked(installed, '/api/pair', { token: TOKEN, label })).toEqual([200, null]);
  expect(await asked(installed, '/api/status')).toEqual([200, null]);
  expect(await installed.evaluate(() => document.cookie)).toBe('');

  const [own] = await devices(safari);
  const home = (await devices(safari)).find(({ name }) => name === label);
  expect([own?.isThis, own?.isRevocable, home?.isThis]).toEqual([true, true, false]);
  expect(await asked(installed, '/api/devices/revoke', { id: own?.id })).toEqual([200, null]);
  expect(await asked(safari, '/api/status')).toEqual([401, 'token']);
  expect(await asked(safari, '/api/devices/revoke', { id: home?.id })).toEqual([401, 'token']);
  expect(await asked(installed, '/api/status')).toEqual([200, null]);
});

test('nothing that a phone keeps of the app is a refusal', async ({ request }) => {
  for (const path of [
    '/',
    '/history',
    '/review',
    '/setup',
    '/~offline',
    '/sw.js',
    '/manifest.webmanifest',
    '/icon.svg',
    '/apple-touch-icon.png',
    '/icons/512.png',
  ]) {
    expect((await request.get(`${app.url}${path}`)).status(), path).toBe(200);
  }
});

test('the data is behind the token, however its address is spelled', async ({ request }) => {
  const spelled = [
    '/api/status',
    '//api/status',
    '/API/status',
    '/%61pi/status',
    '/api%2Fstatus',
    '/_next/image?url=%2Fapi%2Fstatus&w=640&q=75',
  ];
  for (const path of spelled) expect((await request.get(`${app.url}${path}`)).status(), path).toBe(401);
  const headers = { authorization: `Bearer ${TOKEN}` };
  expect((await request.get(`${app.url}/api/status`, { headers })).status()).toBe(200);
  const answer = await request.get(`${app.url}/api/review/media/x/y%`, { headers });
  expect([answer.status(), await answer.json()]).toMatchObject([400, { error: { code: 'bad-address' } }]);
});
