import { expect, test } from '@playwright/test';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';

// The built app behind a token, asked as a phone does: the server behind the proxy has a say in what the proxy answers.
const TOKEN = 'a-secret-of-some-length';
let app: RunningApp;

test.beforeAll(async () => {
  const nobody = 'http://127.0.0.1:9';
  const env = { LIFELINE_TOKEN: TOKEN };
  app = await startApp({ reviewServerUrl: nobody, ankiConnectUrl: nobody, intervalMs: 5_000, env });
});
test.afterAll(() => app.stop());

test('a browser is let in once it was opened with the token, and the address no longer tells it', async ({ page }) => {
  expect((await page.goto(`${app.url}/history`))?.status()).toBe(401);
  await page.goto(`${app.url}/history?window=7d&token=${TOKEN}`);
  expect(page.url()).toBe(`${app.url}/history?window=7d`);
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  expect((await page.goto(app.url))?.status()).toBe(200);
});

test('a path that is no text is answered in the one shape', async ({ request }) => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await request.get(`${app.url}/api/review/media/x/y%`, { headers });
  expect([answer.status(), await answer.json()]).toMatchObject([400, { error: { code: 'bad-address' } }]);
});
