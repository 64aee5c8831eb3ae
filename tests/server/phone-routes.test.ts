import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GET as history } from '#app/api/phone/history/route.ts';
import { POST as samples } from '#app/api/phone/samples/route.ts';
import { errorSchema } from '#lib/contract/error.ts';
import { MOST_SAMPLES, type PhoneHistory, phoneHistorySchema, phoneSamplesAnswerSchema } from '#lib/contract/phone.ts';
import type { PhoneSample } from '#lib/domain/phone-sample.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { CALLERS, type ReviewServices, reviewServices } from '#tests/support/review-services.ts';

const DEVICE = '019ae0d0-0000-7000-8000-000000000001';

let app: ReviewServices | null = null;
const running = (): ReviewServices => app ?? expect.unreachable();
beforeAll(async () => {
  app = await reviewServices();
});
afterAll(() => app?.stop());
beforeEach(async () => {
  const { devices } = running().services;
  for (const table of ['sample', 'phone', 'phone_bucket'] as const) await devices.deleteFrom(table).execute();
});

const answered = (at: number, ms = 40): PhoneSample => ({ at, outcome: 'answered', ms });
const lost = (at: number): PhoneSample => ({ at, outcome: 'unreachable', ms: 4_000 });

type Sent = { readonly from?: keyof typeof CALLERS; readonly sentAt?: number; readonly deviceId?: string };

/** Hands in as the owner's phone, unless told. */
function handIn(
  made: unknown,
  { from = 'owner', sentAt = Date.now(), deviceId = DEVICE }: Sent = {},
): Promise<Response> {
  const body = typeof made === 'string' ? made : JSON.stringify({ deviceId, sentAt, samples: made });
  return samples(
    new Request('http://127.0.0.1:3000/api/phone/samples', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...CALLERS[from] },
      body,
    }),
  );
}
const told = async (window = '24h'): Promise<PhoneHistory> => {
  const answer = await history(new Request(`http://127.0.0.1:3000/api/phone/history?window=${window}`));
  return phoneHistorySchema.parse(await answer.json());
};
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...errorSchema.parse(await answer.json()).error,
});
const counted = ({ buckets }: PhoneHistory) => buckets.reduce((sum, { answered: ok, failed }) => sum + ok + failed, 0);

describe('what a phone hands in', () => {
  test('is accepted each time and kept once', async () => {
    const now = Date.now();
    const made = [answered(now - 30_000), answered(now - 15_000, 60)];
    for (const _ of ['first', 'again']) {
      const answer = phoneSamplesAnswerSchema.parse(await (await handIn(made)).json());
      expect(answer).toMatchObject({ accepted: made.map(({ at }) => at), isWanted: true });
    }
    for (const window of ['1h', '24h', '1y']) expect([window, counted(await told(window))]).toEqual([window, 2]);
    const { latency } = await told();
    expect(latency.p95Ms).toBeCloseTo(40, 0);
  });

  test('by a clock that is wrong is put right by when it was sent', async () => {
    const wrong = Date.now() - 3 * DAY;
    await handIn([answered(wrong - MINUTE)], { sentAt: wrong });
    const [sample] = await running().services.devices.selectFrom('sample').selectAll().execute();
    expect(sample?.id).toBe(wrong - MINUTE);
    expect(Math.abs((sample?.at ?? 0) - (Date.now() - MINUTE))).toBeLessThan(2 * SECOND);
  });

  test('from before the phone’s clock was set back is of no known time: it may be forgotten, and makes no outage of now', async () => {
    const later = Date.now() + HOUR;
    const answer = await (await handIn([lost(later), lost(later + 9_000), answered(Date.now() - SECOND)])).json();
    expect(phoneSamplesAnswerSchema.parse(answer).accepted).toHaveLength(3);
    expect([counted(await told()), (await told()).outages]).toEqual([1, []]);
  });

  test.each([
    ['nothing', []],
    ['too many', Array.from({ length: MOST_SAMPLES + 1 }, (_, nth) => answered(nth))],
    ['an outcome of nobody', [{ at: 1, outcome: 'fine', ms: 2 }]],
    ['time that runs backwards', [{ at: 1, outcome: 'answered', ms: -1 }]],
    ['an hour of waiting', [{ at: 1, outcome: 'unreachable', ms: HOUR }]],
    ['no JSON', 'samples'],
  ])('is refused with what is expected when it is %s', async (_, made) => {
    expect(await errorOf(await handIn(made))).toMatchObject({ status: 400, code: 'bad-body' });
    expect(counted(await told())).toBe(0);
  });

  test('is refused when it is too long to be read, and from a device without a name', async () => {
    expect(await errorOf(await handIn(`"${'x'.repeat(70_000)}"`))).toMatchObject({ status: 413, code: 'too-large' });
    expect(await errorOf(await handIn([answered(1)], { deviceId: 'iphone' }))).toMatchObject({ status: 400 });
  });

  test.each([
    ['stranger', 'not-owner', /^Only grant@example\.com may hand in measurements/],
    ['impostor', 'not-owner', /^Only grant@example\.com may hand in measurements/],
    ['unknown', 'not-owner', /^Only grant@example\.com may hand in measurements/],
  ] as const)('is not taken from %s, who reads why', async (from, code, message) => {
    const refused = await errorOf(await handIn([answered(Date.now())], { from }));
    expect(refused).toMatchObject({ status: 403, code });
    expect(refused.message).toMatch(message);
    expect(counted(await told())).toBe(0);
  });
});

test('while Tailscale does not say whose phone it is, nothing is kept and the phone may forget nothing', async () => {
  const answer = phoneSamplesAnswerSchema.parse(await (await handIn([lost(1)], { from: 'untold' })).json());
  expect(answer).toMatchObject({ accepted: [], isWanted: true });
  expect(counted(await told())).toBe(0);
});

test('of the Mac itself nothing is kept, and it is told not to go on', async () => {
  const answer = phoneSamplesAnswerSchema.parse(await (await handIn([answered(1)], { from: 'local' })).json());
  expect(answer).toMatchObject({ accepted: [1], isWanted: false });
  expect(counted(await told())).toBe(0);
});

describe('the history of a phone', () => {
  test('is empty where none measured', async () => {
    expect(await told()).toMatchObject({ buckets: [], outages: [], latency: { p50Ms: null, p95Ms: null } });
  });

  test('tells by its name who could not reach the Mac', async () => {
    const now = Date.now();
    const failed = Array.from({ length: 30 }, (_, nth) => lost(now - 10 * MINUTE + nth * 10 * SECOND));
    await handIn([answered(now - 11 * MINUTE), ...failed, answered(now - SECOND)]);
    const { outages } = await told('1h');
    expect(outages).toMatchObject([{ device: 'iphone', from: failed[0]?.at, to: (failed[29]?.at ?? 0) + 4_000 }]);
  });

  test('says in one bucket what failed and how long the rest took', async () => {
    const at = Math.floor(Date.now() / DAY) * DAY - DAY;
    await handIn([answered(at, 20), answered(at + 1, 40), answered(at + 2, 90), lost(at + 3)]);
    const { buckets } = await told('1y');
    expect(buckets).toMatchObject([{ at, answered: 3, failed: 1 }]);
    expect(buckets[0]?.p50Ms).toBeCloseTo(40, 0);
  });

  test('says what a window may be', async () => {
    const answer = await history(new Request('http://127.0.0.1:3000/api/phone/history?window=2h'));
    expect(await errorOf(answer)).toMatchObject({ status: 400, code: 'bad-parameter' });
  });
});
