import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POST as device } from '#app/api/alerts/device/route.ts';
import { POST as remove } from '#app/api/alerts/remove/route.ts';
import { GET } from '#app/api/alerts/route.ts';
import { POST as sendTest } from '#app/api/alerts/test/route.ts';
import { alertsSchema, alertTestSchema, pushMessageSchema } from '#lib/contract/alerts.ts';
import { USUAL_PREFERENCES } from '#lib/domain/alert.ts';
import { type FakePushService, fakePushService } from '#tests/support/fake-push-service.ts';
import { CALLERS, type ReviewServices, reviewServices } from '#tests/support/review-services.ts';

let service: FakePushService;
let lifeline: ReviewServices;

beforeAll(async () => {
  service = await fakePushService();
  service.trust();
  lifeline = await reviewServices({ env: { PUSH_HOSTS: service.host } });
  await lifeline.services.tailnet.asked();
});
afterAll(async () => {
  await lifeline.stop();
  await service.stop();
});

type Headers = Readonly<Record<string, string>>;
const idOf = (place: number): string => `11111111-1111-4111-8111-${String(place).padStart(12, '0')}`;
const ID = idOf(0);

const asked = async (headers: Headers, deviceId = ID) =>
  alertsSchema.parse(await (await get(headers, `?device=${deviceId}`)).json());
const get = (headers: Headers, query: string) =>
  GET(new Request(`http://127.0.0.1:3000/api/alerts${query}`, { headers }));
const post = (to: typeof device, body: unknown, headers: Headers = CALLERS.owner) =>
  to(
    new Request('http://127.0.0.1:3000/api/alerts/…', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
const handed = (also: object = {}) => ({
  deviceId: ID,
  label: 'iPhone · Home Screen',
  subscription: service.subscribe().subscription,
  preferences: USUAL_PREFERENCES,
  timeZone: 'Europe/Berlin',
  ...also,
});
const said = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { code: string; message: string } };
  return [answer.status, error.code, error.message];
};

test('a device is subscribed with the key that signs, told, changed, and forgotten', async () => {
  const { publicKey } = await asked(CALLERS.owner);
  const body = handed();
  const first = await post(device, body);
  const told = { deviceId: ID, label: 'iPhone · Home Screen', preferences: USUAL_PREFERENCES, lastOkAt: null };
  expect([first.status, alertsSchema.parse(await first.json())]).toMatchObject([200, { publicKey, device: told }]);
  expect(statSync(join(lifeline.dataDir, 'vapid.json')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(lifeline.dataDir, 'vapid.json'), 'utf8')).toContain(publicKey);

  const later = { ...body, preferences: { ...USUAL_PREFERENCES, level: 'degraded', minimumMs: 60_000 } };
  await post(device, later);
  expect(await asked(CALLERS.owner)).toMatchObject({ device: { preferences: later.preferences }, refusal: null });

  const gone = await post(remove, { deviceId: ID });
  expect([gone.status, await gone.json()]).toMatchObject([200, { device: null }]);
  expect((await post(remove, { deviceId: ID })).status).toBe(200);
});

test('a phone that was set up anew takes the place of what it was', async () => {
  const body = handed();
  await post(device, body);
  await post(device, { ...body, deviceId: idOf(1) });
  expect((await asked(CALLERS.owner)).device).toBeNull();
  expect((await asked(CALLERS.owner, idOf(1))).device).not.toBeNull();
  await post(remove, { deviceId: idOf(1) });
});

test('only the owner sets alerts; others read what is of nobody', async () => {
  const body = handed();
  await post(device, body);
  for (const name of ['stranger', 'impostor', 'tagged', 'unknown'] as const) {
    for (const to of [device, remove, sendTest]) {
      expect(await said(await post(to, to === device ? body : { deviceId: ID }, CALLERS[name]))).toEqual([
        403,
        'not-owner',
        expect.stringContaining('set alerts'),
      ]);
    }
    expect(await asked(CALLERS[name])).toMatchObject({ device: null, refusal: expect.stringContaining('set alerts') });
  }
  expect((await asked(CALLERS.local)).device).not.toBeNull();
  await post(remove, { deviceId: ID });
});

test.each([
  ['no JSON', '{', 400, 'bad-body'],
  ['nothing', {}, 400, 'bad-body'],
  ['an id that is none', { deviceId: '../../etc' }, 400, 'bad-body'],
  ['a minimum of a week', { preferences: { ...USUAL_PREFERENCES, minimumMs: 604_800_000 } }, 400, 'bad-body'],
  ['a zone that nobody knows', { timeZone: 'Mars/Olympus' }, 400, 'bad-body'],
  [
    'quiet hours on Mars',
    { preferences: { ...USUAL_PREFERENCES, quiet: { from: '22:00', to: '07:00', timeZone: 'Mars/Olympus' } } },
    400,
    'bad-body',
  ],
  ['more than it may', { label: 'x'.repeat(9_000) }, 413, 'too-large'],
])('%s is not taken, and said why', async (_, also, status, code) => {
  const body = typeof also === 'string' || Object.keys(also).length === 0 ? also : handed(also);
  expect(await said(await post(device, body))).toEqual([status, code, expect.stringMatching(/\.$/)]);
  expect((await asked(CALLERS.owner)).device).toBeNull();
});

test('no address is asked but those of push services, and none without keys', async () => {
  const { keys, endpoint } = service.subscribe().subscription;
  for (const inside of ['http://127.0.0.1:8765/', 'https://127.0.0.1:8765/', 'https://169.254.169.254/', 'nowhere']) {
    const refused = await post(device, handed({ subscription: { endpoint: inside, keys } }));
    expect(await said(refused)).toEqual([400, 'bad-endpoint', expect.stringContaining('PUSH_HOSTS')]);
  }
  const blank = await post(device, handed({ subscription: { endpoint, keys: { ...keys, auth: 'AAAA' } } }));
  expect(await said(blank)).toEqual([400, 'bad-body', 'Nothing can be encrypted for these keys.']);
});

test('a test is really sent, and its outcome told', async () => {
  const phone = service.subscribe();
  const tested = async () => alertTestSchema.parse(await (await post(sendTest, { deviceId: ID })).json());
  expect(await said(await post(sendTest, { deviceId: ID }))).toEqual([404, 'no-such-device', expect.any(String)]);
  // Otherwise the server that is not there would be told of meanwhile.
  const preferences = { ...USUAL_PREFERENCES, isOn: false };
  await post(device, handed({ subscription: phone.subscription, preferences }));
  expect(await tested()).toMatchObject({ outcome: 'sent' });
  const [message] = phone.messages().filter(({ topic }) => topic === 'test');
  expect(pushMessageSchema.parse(JSON.parse(message?.text ?? ''))).toMatchObject({
    notification: { title: 'Test alert', navigate: 'https://macbook.tail1234.ts.net/setup' },
  });
  expect(message?.subject).toBe('https://macbook.tail1234.ts.net');
  expect(await asked(CALLERS.owner)).toMatchObject({ device: { lastOkAt: expect.any(Number), lastStatus: 201 } });

  phone.answer(403);
  expect(await tested()).toMatchObject({ outcome: 'refused', detail: expect.stringContaining('403') });
  phone.answer(500);
  expect(await tested()).toMatchObject({ outcome: 'unreachable' });
  expect((await asked(CALLERS.owner)).device).toMatchObject({ lastStatus: 500 });
  phone.answer(410);
  expect(await tested()).toMatchObject({ outcome: 'gone', detail: expect.stringContaining('off and on again') });
  expect((await asked(CALLERS.owner)).device).toBeNull();
});

test('an id in the query that is none is refused; none asks for nobody', async () => {
  expect(await said(await get(CALLERS.owner, '?device=1'))).toEqual([400, 'bad-parameter', expect.any(String)]);
  const nobody = alertsSchema.parse(await (await get(CALLERS.owner, '')).json());
  expect(nobody.device).toBeNull();
});

test('no more than 32 devices are called', async () => {
  for (let place = 0; place < 32; place += 1)
    expect((await post(device, handed({ deviceId: idOf(place) }))).status).toBe(200);
  expect(await said(await post(device, handed({ deviceId: idOf(32) })))).toEqual([409, 'too-many', expect.any(String)]);
  const again = handed({ deviceId: idOf(3) });
  expect((await post(device, again)).status).toBe(200);
  // Set up anew, it takes the place of itself.
  expect((await post(device, { ...again, deviceId: idOf(32) })).status).toBe(200);
});
