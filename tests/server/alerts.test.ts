import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { shown, titles } from '#tests/support/alert-house.ts';
import { type FakePushService, fakePushService } from '#tests/support/fake-push-service.ts';
import { ownAlertHouse } from '#tests/support/own-alert-house.ts';
import { freePort } from '#tests/support/running-app.ts';

let service: FakePushService;

beforeAll(async () => {
  service = await fakePushService();
  service.trust();
});
afterAll(() => service.stop());

const BEGAN = 'Down since 13:02';
const ENDED = 'Ready again after 12 min';

test('each device is told as it wants, once of the beginning and once of the end, and led to the incident', async () => {
  const { be, pass, call } = await ownAlertHouse();
  const [usual, patient, all] = [service.subscribe(), service.subscribe(), service.subscribe()];
  await call('usual', usual);
  await call('patient', patient, { minimumMs: 10 * MINUTE, badge: 'none' });
  await call('all', all, { level: 'degraded' });
  await be('healthy');
  await be('anki-not-running');
  expect([usual, patient, all].map(titles)).toEqual([[], [], ['Degraded since 13:02']]);
  await be('healthy');
  expect(titles(all)).toEqual(['Degraded since 13:02', 'Ready again after 10 s']);

  await be('crashed');
  await pass(5 * MINUTE);
  expect([usual, patient].map(titles)).toEqual([[BEGAN], []]);
  await pass(7 * MINUTE - 10 * SECOND);
  expect(titles(patient)).toEqual([BEGAN]);
  await be('healthy');
  await pass(HOUR);
  expect([usual, patient].map(titles)).toEqual([
    [BEGAN, ENDED],
    [BEGAN, ENDED],
  ]);
  const at = Date.UTC(2026, 10, 23, 13, 2, 40);
  const navigate = `https://macbook.tail1234.ts.net/incident?id=${at}`;
  expect(shown(usual)).toEqual([
    { title: BEGAN, body: expect.stringContaining('The review server crashed.'), navigate, badge: 1 },
    { title: ENDED, body: expect.stringContaining('from 13:02 to 13:14'), navigate, badge: 0 },
  ]);
  expect(shown(patient).map(({ badge }) => badge)).toEqual([undefined, undefined]);
  // What waits of an incident for a phone that is off is replaced.
  expect(usual.messages().map(({ topic, urgency }) => [topic, urgency])).toEqual([
    [`incident-${at}`, 'high'],
    [`incident-${at}`, 'normal'],
  ]);
});

test('a sleep tells nothing, and what goes on after it is the same', async () => {
  const { be, pass, call } = await ownAlertHouse();
  const phone = service.subscribe();
  await call('phone', phone);
  await be('healthy');
  await be('asleep');
  await pass(8 * HOUR);
  await be('healthy');
  expect(titles(phone)).toEqual([]);
  await be('crashed');
  await be('asleep');
  await pass(8 * HOUR);
  await be('crashed');
  expect(phone.messages()).toHaveLength(1);
  await be('asleep');
  await pass(2 * DAY);
  expect(phone.messages()).toHaveLength(1);
  await be('healthy');
  expect(shown(phone)[1]).toMatchObject({ title: 'Ready again', body: expect.stringContaining('until at least') });
});

test('a service that is ill is asked again ever later, and the message arrives once', async () => {
  const { be, pass, call } = await ownAlertHouse();
  const phone = service.subscribe({ answer: 500 });
  await call('phone', phone);
  await be('crashed');
  expect(phone.asked()).toBe(1);
  await pass(4 * SECOND);
  expect(phone.asked()).toBe(1);
  await pass(SECOND);
  expect(phone.asked()).toBe(2);
  await pass(29 * SECOND);
  expect(phone.asked()).toBe(2);
  phone.answer(201);
  await pass(SECOND);
  await pass(HOUR);
  expect(titles(phone)).toEqual([BEGAN]);
});

test('who is asked to wait waits as long, but never for more than an hour', async () => {
  const { be, pass, call, alerts } = await ownAlertHouse();
  const phone = service.subscribe({ answer: 429 });
  await call('phone', phone);
  await be('crashed');
  await pass(6 * SECOND);
  expect(phone.asked()).toBe(1);
  await pass(SECOND);
  expect(phone.asked()).toBe(2);
  expect(await alerts.subscriptions.find('phone')).toMatchObject({ lastStatus: 429, lastOkAt: null });
});

test('what is refused is not tried again; a phone that is gone is forgotten at once', async () => {
  const { be, pass, call, alerts } = await ownAlertHouse();
  const [refused, large, gone] = [403, 413, 410] as const;
  const phones = [refused, large, gone].map((answer) => service.subscribe({ answer }));
  for (const [place, phone] of phones.entries()) await call(`phone-${place}`, phone);
  await be('crashed');
  await pass(HOUR);
  expect(phones.map((phone) => phone.asked())).toEqual([1, 1, 1]);
  const left = await alerts.subscriptions.all();
  expect(left.map(({ deviceId, lastStatus }) => [deviceId, lastStatus])).toEqual([
    ['phone-0', 403],
    ['phone-1', 413],
  ]);
  for (const phone of phones) phone.answer(201);
  await be('healthy');
  expect(phones.map(titles)).toEqual([[], [], []]);
});

test('a service that hangs or is dead delays nobody else; what it may have taken is not sent again', async () => {
  const first = await ownAlertHouse();
  const [hung, slow, well] = [service.subscribe({ answer: 'hangs' }), service.subscribe(), service.subscribe()];
  const dead = { ...service.subscribe().subscription, endpoint: `https://127.0.0.1:${await freePort()}/push/1` };
  await first.call('a-dead', { subscription: dead });
  await first.call('b-hung', hung);
  await first.call('c-slow', slow);
  await first.call('d-well', well);
  await first.be('crashed');
  slow.answer('hangs');
  await first.be('healthy');
  slow.answer(201);
  await first.be('hung');
  expect(titles(well)).toEqual([BEGAN, 'Ready again after 10 s', BEGAN]);
  // Nothing overtakes what is on its way to the same device.
  expect([hung.asked(), slow.asked()]).toEqual([1, 2]);
  // Lifeline ends meanwhile: both may have arrived.
  await first.close();
  hung.answer(201);
  const second = await ownAlertHouse({ dataDir: first.dataDir });
  await second.pass(MINUTE);
  await second.be('healthy');
  const end = 'Ready again after 1 min';
  expect(titles(hung)).toEqual(['Ready again after 10 s', BEGAN, end]);
  expect(titles(slow)).toEqual([BEGAN, BEGAN, end]);
  expect(titles(well)).toEqual([BEGAN, 'Ready again after 10 s', BEGAN, end]);
});

test('in quiet hours nobody is called; what lasts is told when they end', async () => {
  const { be, pass, call } = await ownAlertHouse();
  const phone = service.subscribe();
  await call('phone', phone, { quiet: { from: '13:00', to: '14:00', timeZone: 'UTC' } });
  await be('crashed');
  await pass(50 * MINUTE);
  expect(titles(phone)).toEqual([]);
  await pass(10 * MINUTE);
  expect(titles(phone)).toEqual([BEGAN]);
});

test('a device that was removed hears nothing of the past when it is back, and of what still lasts once', async () => {
  const { be, pass, call, alerts } = await ownAlertHouse();
  const [phone, again, still] = [service.subscribe(), service.subscribe(), service.subscribe()];
  await call('phone', phone);
  await call('still', still);
  await be('crashed');
  for (const deviceId of ['phone', 'still']) await alerts.subscriptions.forget(deviceId);
  await call('still', still);
  await pass(MINUTE);
  await be('healthy');
  await pass(5 * DAY);
  await call('phone', again);
  await pass(MINUTE);
  expect([phone, again, still].map(titles)).toEqual([[BEGAN], [], [BEGAN, 'Ready again after 1 min']]);
});

test('a device that is not seen for 60 days is forgotten; a clock that jumped forgets nobody', async () => {
  const { pass, set, call, alerts } = await ownAlertHouse();
  const kept = async () => (await alerts.subscriptions.all()).map(({ deviceId }) => deviceId);
  await call('old', service.subscribe());
  await pass(59 * DAY);
  await call('young', service.subscribe());
  await pass(2 * DAY);
  expect(await kept()).toEqual(['young']);
  await set(365 * DAY);
  await pass(2 * HOUR);
  await set(-365 * DAY);
  await pass(3 * DAY);
  expect(await kept()).toEqual(['young']);
});
