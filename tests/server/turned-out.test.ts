import { afterAll, beforeAll, expect, test } from 'vitest';
import { POST as device } from '#app/api/alerts/device/route.ts';
import { POST as revoke } from '#app/api/devices/revoke/route.ts';
import { USUAL_PREFERENCES } from '#lib/domain/alert.ts';
import { openPairing } from '#lib/server/pairing.ts';
import { type FakePushService, fakePushService } from '#tests/support/fake-push-service.ts';
import { type ReviewServices, reviewServices } from '#tests/support/review-services.ts';

const TOKEN = 'a-secret-of-some-length';
let service: FakePushService;
let lifeline: ReviewServices;

beforeAll(async () => {
  service = await fakePushService();
  service.trust();
  lifeline = await reviewServices({ env: { PUSH_HOSTS: service.host, LIFELINE_TOKEN: TOKEN } });
});
afterAll(async () => {
  await lifeline.stop();
  await service.stop();
});

const post = (to: typeof device, body: object, headers: Record<string, string>) =>
  to(
    new Request('http://127.0.0.1:3000/api/…', {
      method: 'POST',
      headers: { host: '127.0.0.1:3000', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
const TOKEN_ITSELF = { authorization: `Bearer ${TOKEN}` };
const idOf = (place: number): string => `11111111-1111-4111-8111-${String(place).padStart(12, '0')}`;
const called = async () => (await lifeline.services.alerts.subscriptions.all()).map(({ label }) => label);

/** A phone that is let in and wants to be called. */
async function phone(label: string, place: number, headers?: Record<string, string>) {
  const { pairing } = lifeline.services;
  const by = headers ?? { cookie: `lifeline_paired=${await pairing?.admit(label)}` };
  const { subscription } = service.subscribe();
  const asked = { deviceId: idOf(place), label, subscription, preferences: USUAL_PREFERENCES };
  expect((await post(device, asked, by)).status).toBe(200);
  return pairing?.list().find((each) => each.label === label)?.id ?? '';
}

test('a phone that is turned out gets no alerts any more, and the others go on getting theirs', async () => {
  const lost = await phone('lost', 1);
  await phone('kept', 2);
  await phone('by a script', 3, TOKEN_ITSELF);
  expect(await called()).toEqual(['lost', 'kept', 'by a script']);
  expect((await post(revoke, { id: lost }, TOKEN_ITSELF)).status).toBe(200);
  expect(await called()).toEqual(['kept', 'by a script']);
});

test('another token, which turns out all, ends the alerts of all that it turned out', async () => {
  const db = lifeline.services.devices;
  await openPairing({ db, token: 'another-secret-of-some-length', now: Date.now });
  expect(await called()).toEqual(['by a script']);
});
