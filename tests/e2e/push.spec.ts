import { expect, type Page, test } from '@playwright/test';
import { pushMessageSchema } from '#lib/contract/alerts.ts';
import { type FakePhone, type FakePushService, fakePushService } from '#tests/support/fake-push-service.ts';
import { badgeInPage, type PushedWorker, pushedWorker, subscribeInPage } from '#tests/support/push-in-page.ts';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

// One phone's way with alerts, from the switch to the tap, so each test goes on where the one before it ended.
test.use({ serviceWorkers: 'allow' });
test.describe.configure({ mode: 'serial' });

let push: FakePushService;
let phones: readonly [FakePhone, FakePhone];
let anki: ScriptedAnkiConnect;
let server: ScriptedReviewServer;
let app: RunningApp;
let page: Page;
let worker: PushedWorker;

test.beforeAll(async ({ browser }) => {
  [push, anki] = await Promise.all([fakePushService(), scriptedAnkiConnect()]);
  phones = [push.subscribe(), push.subscribe()];
  server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  app = await startApp({
    reviewServerUrl: server.url,
    ankiConnectUrl: anki.url,
    intervalMs: 1_000,
    env: { PUSH_HOSTS: push.host, NODE_EXTRA_CA_CERTS: push.caFile, VAPID_SUBJECT: 'mailto:owner@example.com' },
  });
  const context = await browser.newContext();
  await context.grantPermissions(['notifications'], { origin: app.url });
  page = await context.newPage();
  await subscribeInPage(
    page,
    phones.map(({ subscription }) => subscription),
  );
});

test.afterAll(async () => {
  await page.context().close();
  await app.stop();
  await Promise.all([push.stop(), server.stop(), anki.stop()]);
});

const step = () => page.getByRole('button', { name: /^Alerts/ });
const onOff = () => page.getByRole('switch', { name: 'Alerts on this device' });
const sendTest = () => page.getByRole('button', { name: 'Send test alert' });

async function openAlerts(): Promise<void> {
  await page.goto(`${app.url}/setup`);
  await expect(step()).toBeVisible();
  await expect(step()).not.toContainText('Looking');
  if ((await step().getAttribute('aria-expanded')) === 'false') await step().click();
}

/** The newest message for a phone, once there are so many of them. */
async function pushed({ messages }: FakePhone, count: number) {
  await expect.poll(() => messages().length, { timeout: 15_000 }).toBe(count);
  return messages().at(-1) ?? { text: '', urgency: '', ttlS: 0 };
}

/** Hands a message to the worker, and waits until it is what is shown last. */
async function show(text: string) {
  await worker.deliver(text);
  const { notification } = pushMessageSchema.parse(JSON.parse(text));
  await expect.poll(async () => (await worker.shown()).map(({ title }) => title)).toContain(notification.title);
  return notification;
}

test('a phone is switched on in one tap, and the step turns green once the Mac knows it', async () => {
  await openAlerts();
  await expect(step()).toContainText('This device is not called.');
  await onOff().click();
  await expect(step()).toContainText('Done');
  await expect(page.getByText('was sent none yet')).toBeVisible();
});

test('the test alert arrives, is shown, and the screen says how it went', async () => {
  await sendTest().click();
  await expect(page.getByText('Sent. It should be here in a few seconds.')).toBeVisible();
  await expect(page.getByText(/took the last one at \d\d:\d\d/)).toBeVisible();
  await page.evaluate(async () => navigator.serviceWorker.ready);
  worker = await pushedWorker(page);
  await show((await pushed(phones[0], 1)).text);
});

/** What the Mac knows of this phone. */
async function known() {
  const device = await page.evaluate(() => localStorage.getItem('lifeline.device'));
  return (await (await page.request.get(`${app.url}/api/alerts?device=${device}`)).json()).device;
}

test('how the phone wants to be called is kept, here and on the Mac', async () => {
  await page.getByLabel('Call me when it is').selectOption('Down or degraded');
  await page.getByRole('switch', { name: 'Quiet hours' }).click();
  await page.getByLabel('To', { exact: true }).fill('06:30');
  await expect(step()).toContainText('When it is down or degraded, at once, not from 22:00 to 06:30.');
  await expect.poll(known).toMatchObject({ preferences: { level: 'degraded', quiet: { from: '22:00', to: '06:30' } } });
  await page.reload();
  await openAlerts();
  await expect(step()).toContainText('When it is down or degraded');
  await page.getByRole('switch', { name: 'Quiet hours' }).click();
  await page.getByLabel('Call me when it is').selectOption('Down');
  await expect.poll(known).toMatchObject({ preferences: { level: 'down', quiet: null } });
});

/** Opens the alerts, and does something while the start of the app is still handing the phone in. */
async function whileHandingIn(act: () => Promise<unknown>): Promise<void> {
  const { promise: acted, resolve } = Promise.withResolvers<void>();
  await page.route('**/api/alerts/device', (route) => acted.then(() => route.continue()), { times: 1 });
  const handingIn = page.waitForRequest('**/api/alerts/device');
  await openAlerts();
  await handingIn;
  await act();
  // Whatever it asks of the Mac at once would be there first.
  await page.waitForTimeout(300);
  resolve();
  await page.waitForTimeout(300);
}

test('what is chosen while a start hands the phone in is what the Mac keeps', async () => {
  await whileHandingIn(() => page.getByLabel('How soon').selectOption('After 2 min'));
  await expect.poll(known).toMatchObject({ preferences: { minimumMs: 120_000 } });
  await page.getByLabel('How soon').selectOption('At once');
  await expect.poll(known).toMatchObject({ preferences: { minimumMs: 0 } });
});

test('what the Mac does not take goes back, and says so', async () => {
  await page.route('**/api/alerts/device', (route) => route.abort('connectionrefused'));
  await page.getByLabel('How soon').selectOption('After 5 min');
  await expect(page.getByText('Not changed. No answer came from the Mac.')).toBeVisible();
  await expect(page.getByLabel('How soon')).toHaveValue('0');
  await page.unroute('**/api/alerts/device');
});

test('a stopped server calls once, and a tap leads to its incident', async () => {
  await server.stop();
  const { text, urgency } = await pushed(phones[0], 2);
  expect(urgency).toBe('high');
  const notification = await show(text);
  const own = (await worker.shown()).find(({ tag }) => tag === notification.tag);
  expect(own).toEqual({ title: notification.title, body: notification.body, tag: notification.tag });
  expect(await worker.badges()).toEqual([1]);
  await worker.tap(notification.tag);
  await page.waitForURL(notification.navigate, { timeout: 10_000 });
  expect(new URL(page.url()).pathname).toBe('/incident');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('its return is told once, and nothing after', async () => {
  await page.goto(app.url);
  await expect.poll(() => badgeInPage(page)).toBe('1');
  await server.start();
  const ended = await show((await pushed(phones[0], 3)).text);
  expect(ended.tag).toMatch(/^incident-/);
  expect(`${ended.title}. ${ended.body}`).toMatch(/after \d+ s.*The review server is not running/);
  expect(await worker.badges()).toEqual([1, 0]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ready');
  await page.waitForTimeout(2_500);
  expect(phones[0].messages()).toHaveLength(3);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  expect(await badgeInPage(page)).toBe('0');
});

test('what nobody can read is shown all the same', async () => {
  await worker.deliver('{"not":"ours"');
  await expect
    .poll(async () => (await worker.shown()).map(({ body }) => body))
    .toContain('Something has changed. Open Lifeline to see what.');
});

test('a subscription that the push service has forgotten is made anew', async () => {
  await openAlerts();
  phones[0].answer(410);
  await sendTest().click();
  await expect(page.getByText('so it is subscribed anew. Send another.')).toBeVisible();
  // What is pressed before is told the same again.
  await expect.poll(known).toMatchObject({ endpoint: phones[1].subscription.endpoint });
  await expect(step()).toContainText('Done');
  await sendTest().click();
  await expect(page.getByText('Sent. It should be here')).toBeVisible();
  await pushed(phones[1], 1);
  expect(push.refusals()).toEqual([]);
});

test('a subscription that the browser replaces is handed in by the worker, and by each start of the app', async () => {
  const [first, second] = [phones[0].subscription, phones[1].subscription];
  await worker.replace(first);
  await expect.poll(known).toMatchObject({ endpoint: first.endpoint });
  await page.goto(app.url);
  await expect.poll(known).toMatchObject({ endpoint: second.endpoint });
  await openAlerts();
  await expect(step()).toContainText('Done');
});

test('a phone is switched off, while a start hands it in too, and the Mac forgets it', async () => {
  await whileHandingIn(() => onOff().click());
  await expect(step()).toContainText('This device is not called.');
  await expect(sendTest()).toHaveCount(0);
  await expect.poll(known).toBeNull();
  await page.reload();
  await expect(step()).toContainText('This device is not called.');
});
