import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { webhookMessageSchema } from '#lib/contract/alerts.ts';
import { USUAL_PREFERENCES } from '#lib/domain/alert.ts';
import { HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { titles } from '#tests/support/alert-house.ts';
import { type FakePushService, fakePushService } from '#tests/support/fake-push-service.ts';
import { ownAlertHouse } from '#tests/support/own-alert-house.ts';
import { freePort } from '#tests/support/running-app.ts';
import { listenSteadily } from '#tests/support/steady-port.ts';

let service: FakePushService;

beforeAll(async () => {
  service = await fakePushService();
  service.trust();
});
afterAll(() => service.stop());

/** Keeps what it got; a redirect leads to itself. */
async function webhookServer() {
  const got: unknown[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    got.push(await json(request));
    response.writeHead(status, { location: '/elsewhere' }).end();
  });
  const port = await listenSteadily(server, { host: '127.0.0.1' });
  onTestFinished(() => void server.close());
  const answer = (next: number): void => {
    status = next;
  };
  return { url: `http://127.0.0.1:${port}/hook?key=s3cret`, got, answer };
}

test('while the disk takes nothing, nothing is sent and that is told; then it is sent once', async () => {
  const { be, pass, call, disk, alerts } = await ownAlertHouse();
  const phone = service.subscribe();
  await call('phone', phone);
  await disk(false);
  await be('crashed');
  await pass(MINUTE);
  expect(titles(phone)).toEqual([]);
  expect(alerts.problem()).toMatch(/^No alert can be written down, so none is sent\. devices\.db cannot be written\./);
  await disk(true);
  await pass(5 * SECOND);
  await pass(MINUTE);
  expect(titles(phone)).toEqual(['Down since 13:02']);
  expect(alerts.problem()).toBeNull();
});

test('a disk that is full when the answer comes does not have it sent twice, and its end is told', async () => {
  const { be, pass, call, disk } = await ownAlertHouse();
  const phone = service.subscribe({ answer: 'slow' });
  await call('phone', phone);
  const begun = be('crashed');
  await expect.poll(() => phone.asked(), { interval: 5 }).toBe(1);
  await disk(false);
  await begun;
  await disk(true);
  await pass(5 * SECOND);
  await pass(5 * SECOND);
  expect(phone.asked()).toBe(1);
  await be('healthy');
  expect(titles(phone)).toEqual(['Down since 13:02', expect.stringContaining('Ready again')]);
});

test('without a name that a push service can ask, alerts wait and say what is missing', async () => {
  let name: string | null = null;
  const { be, pass, call, alerts } = await ownAlertHouse({
    env: { VAPID_SUBJECT: '' },
    name: () => name,
    origin: 'http://127.0.0.1:3000',
  });
  const phone = service.subscribe();
  await call('phone', phone);
  await be('crashed');
  expect(titles(phone)).toEqual([]);
  expect(alerts.problem()).toContain('set VAPID_SUBJECT');
  name = 'macbook.tail1234.ts.net';
  await pass(SECOND);
  expect(phone.messages()[0]).toMatchObject({ subject: 'https://macbook.tail1234.ts.net' });
  expect(alerts.problem()).toBeNull();
});

test('a phone is called by the name it knows this machine by, where Tailscale does not tell one', async () => {
  const env = { VAPID_SUBJECT: '' };
  const first = await ownAlertHouse({ env });
  const phone = service.subscribe();
  await first.call('phone', phone);
  await first.close();
  const { be, alerts } = await ownAlertHouse({ dataDir: first.dataDir, env, name: () => null });
  await be('tailscale-not-running');
  expect(phone.messages()[0]).toMatchObject({ subject: 'https://macbook.tail1234.ts.net' });
  expect(alerts.problem()).toBeNull();
});

test.each([
  ['its time zone', 'Mars/Olympus', null],
  ['its quiet hours', 'UTC', { from: '22:00', to: '07:00', timeZone: 'Mars/Olympus' }],
])('a device of which %s cannot be read keeps no other from being called', async (_what, timeZone, quiet) => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  onTestFinished(() => warned.mockRestore());
  const { be, call, alerts, now } = await ownAlertHouse();
  const [damaged, well] = [service.subscribe(), service.subscribe()];
  const preferences = { ...USUAL_PREFERENCES, quiet };
  const told = {
    deviceId: 'a-damaged',
    label: 'a',
    login: null,
    origin: 'https://macbook.tail1234.ts.net',
    timeZone,
  };
  await alerts.subscriptions.keep({ ...told, ...damaged.subscription, preferences }, now());
  await call('b-well', well);
  await be('crashed');
  expect([damaged, well].map(titles)).toEqual([[], ['Down since 13:02']]);
  expect(alerts.problem()).toBeNull();
  expect(warned).toHaveBeenCalledWith(expect.stringContaining('Mars/Olympus'));
});

test('keys that cannot be read are told, left alone, and keep no webhook from being called', async () => {
  const webhook = await webhookServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-keys-'));
  writeFileSync(join(dataDir, 'vapid.json'), '{');
  const { be, alerts } = await ownAlertHouse({ dataDir, env: { ALERT_WEBHOOK_URL: webhook.url } });
  await be('crashed');
  expect(alerts.problem()).toContain('vapid.json cannot be used');
  expect(alerts.carrier.publicKey()).toBeNull();
  expect(readFileSync(join(dataDir, 'vapid.json'), 'utf8')).toBe('{');
  expect(webhook.got).toHaveLength(1);
});

test('the webhook is told of everything at once, with facts beside the words', async () => {
  const webhook = await webhookServer();
  const { be, pass } = await ownAlertHouse({ env: { ALERT_WEBHOOK_URL: webhook.url } });
  await be('anki-not-running');
  await be('crashed');
  await be('healthy');
  await pass(HOUR);
  const startedAt = Date.UTC(2026, 10, 23, 13, 2, 10);
  const facts = {
    incidentId: String(startedAt),
    startedAt,
    url: `https://macbook.tail1234.ts.net/incident?id=${startedAt}`,
  };
  expect(webhook.got.map((body) => webhookMessageSchema.parse(body))).toEqual([
    { ...facts, kind: 'began', level: 'degraded', cause: 'anki-not-running', endedAt: null, text: expect.any(String) },
    {
      ...facts,
      kind: 'ended',
      level: 'down',
      cause: expect.any(String),
      endedAt: startedAt + 20_000,
      text: expect.any(String),
    },
  ]);
});

test('the webhook is led nowhere else, and asked again when it fails', async () => {
  const webhook = await webhookServer();
  webhook.answer(302);
  const { be, pass, alerts } = await ownAlertHouse({ env: { ALERT_WEBHOOK_URL: webhook.url } });
  await be('crashed');
  await pass(HOUR);
  expect(webhook.got).toHaveLength(1);
  expect(alerts.carrier.webhook()).toEqual({ lastOkAt: null, lastTry: 'refused', lastStatus: 302 });
  await be('healthy');
  webhook.answer(503);
  await be('crashed');
  webhook.answer(204);
  await pass(5 * SECOND);
  expect(webhook.got.map((body) => webhookMessageSchema.parse(body).kind)).toEqual(['began', 'began', 'began']);
  expect(alerts.carrier.webhook()).toMatchObject({ lastOkAt: expect.any(Number), lastTry: 'taken', lastStatus: 204 });
});

test('how the last message fared is told as it was, also where nobody answered, and after a start', async () => {
  const webhook = await webhookServer();
  const env = { ALERT_WEBHOOK_URL: webhook.url };
  const first = await ownAlertHouse({ env });
  const fared = async () => {
    const { lastTry, lastStatus } = (await first.alerts.subscriptions.find('phone')) ?? {};
    return { lastTry, lastStatus };
  };
  const phone = service.subscribe();
  await first.call('phone', phone);
  expect(await fared()).toEqual({ lastTry: 'none', lastStatus: null });
  await first.be('crashed');
  expect(await fared()).toEqual({ lastTry: 'taken', lastStatus: 201 });
  const dead = { ...phone.subscription, endpoint: `https://127.0.0.1:${await freePort()}/push/1` };
  await first.call('phone', { subscription: dead });
  await first.be('healthy');
  expect(await fared()).toEqual({ lastTry: 'unanswered', lastStatus: null });
  const before = first.alerts.carrier.webhook();
  expect(before).toMatchObject({ lastTry: 'taken', lastStatus: 200 });
  await first.close();
  const second = await ownAlertHouse({ dataDir: first.dataDir, env });
  expect(second.alerts.carrier.webhook()).toEqual({ ...before, lastStatus: null });
  webhook.answer(500);
  await second.be('crashed');
  await second.close();
  const third = await ownAlertHouse({ dataDir: first.dataDir, env });
  expect(third.alerts.carrier.webhook()).toEqual({ lastOkAt: before?.lastOkAt, lastTry: 'refused', lastStatus: null });
});

test('a test goes to the webhook too', async () => {
  const webhook = await webhookServer();
  const { alerts, call } = await ownAlertHouse({ env: { ALERT_WEBHOOK_URL: webhook.url } });
  const phone = service.subscribe();
  await call('phone', phone);
  const device = await alerts.subscriptions.find('phone');
  if (device === null) throw new Error('it was not kept');
  expect(await alerts.test(device)).toMatchObject({ device: { outcome: 'sent' }, webhook: { outcome: 'sent' } });
  expect(webhookMessageSchema.parse(webhook.got[0])).toMatchObject({ kind: 'test', incidentId: null });
});
