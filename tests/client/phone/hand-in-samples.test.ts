import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { guarded } from '#lib/client/kept/guarded.ts';
import { handInSamples } from '#lib/client/phone/hand-in-samples.ts';
import { measureWay } from '#lib/client/phone/measure-way.ts';
import { openSampleShelf } from '#lib/client/phone/sample-shelf.ts';
import { RequestFailure } from '#lib/client/request.ts';
import { MOST_SAMPLES, phoneSamplesRequestSchema } from '#lib/contract/phone.ts';
import type { PhoneSample } from '#lib/domain/phone-sample.ts';

/** A place for texts, as a browser has one. */
function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}
beforeEach(() => vi.stubGlobal('localStorage', storage()));
afterEach(() => vi.unstubAllGlobals());

/** A shelf whose database refuses, as in a private window. */
const shelfWithoutDatabase = () =>
  openSampleShelf(
    guarded(async () => {
      throw new Error('refused');
    }),
  );
const sample = (at: number, outcome: PhoneSample['outcome'] = 'answered'): PhoneSample => ({ at, outcome, ms: 40 });
const refusal = (status: number, code: string) => ({
  status,
  body: JSON.stringify({ error: { code, message: 'No.' } }),
  receivedAt: 0,
});

/** A Mac that answers so, and notes what it was sent. */
function mac(answer: (moments: number[]) => { status: number; body: string; receivedAt: number }) {
  const sent: number[][] = [];
  const ask = async (_url: string, _ms: number, init?: RequestInit) => {
    const { samples } = phoneSamplesRequestSchema.parse(JSON.parse(String(init?.body)));
    sent.push(samples.map(({ at }) => at));
    return answer(samples.map(({ at }) => at));
  };
  return { ask, sent };
}
const accepting = (accepted: number[], isWanted = true) => ({
  status: 200,
  body: JSON.stringify({ accepted, isWanted, servedAt: 1 }),
  receivedAt: 0,
});

test('forgets only what the Mac says that it keeps', async () => {
  const shelf = shelfWithoutDatabase();
  for (const at of [1, 2, 3]) await shelf.add(sample(at));
  const { ask, sent } = mac((moments) => accepting(moments.filter((at) => at !== 2)));
  expect(await handInSamples({ ask, shelf, wall: () => 9 })).toBe(true);
  expect(shelf.oldest(9).map(({ at }) => at)).toEqual([2]);
  expect(sent).toEqual([[1, 2, 3], [2]]);
});

test('sends the oldest first, no more at once than are taken', async () => {
  const shelf = shelfWithoutDatabase();
  for (let at = MOST_SAMPLES + 20; at > 0; at -= 1) await shelf.add(sample(at));
  const { ask, sent } = mac((moments) => accepting(moments));
  await handInSamples({ ask, shelf, wall: () => 9 });
  expect(sent.map((moments) => [moments[0], moments.length])).toEqual([
    [1, MOST_SAMPLES],
    [MOST_SAMPLES + 1, 20],
  ]);
});

test.each([
  ['Lifeline fails', refusal(500, 'internal')],
  ['it cannot keep them', refusal(503, 'storage')],
  ['something else stands in its place', { status: 502, body: 'Bad Gateway', receivedAt: 0 }],
  ['something else forbids it', { status: 403, body: 'Forbidden', receivedAt: 0 }],
  ['the phone is not let in yet', refusal(401, 'token')],
  ['Lifeline does not know its own name yet', refusal(403, 'host')],
  ['Tailscale does not say yet whose phone it is', accepting([])],
])('keeps all where %s', async (_, answer) => {
  const shelf = shelfWithoutDatabase();
  await shelf.add(sample(1));
  expect(await handInSamples({ ...mac(() => answer), shelf, wall: () => 9 })).toBe(true);
  expect(shelf.oldest(9)).toHaveLength(1);
});

test('forgets all and says so where the Mac takes nothing from this phone', async () => {
  const shelf = shelfWithoutDatabase();
  await shelf.add(sample(1));
  expect(await handInSamples({ ...mac(() => refusal(403, 'not-owner')), shelf, wall: () => 9 })).toBe(false);
  expect(shelf.oldest(9)).toEqual([]);
});

test('forgets all and says so where it is the Mac itself that asks', async () => {
  const shelf = shelfWithoutDatabase();
  await shelf.add(sample(1));
  const itself = mac((moments) => accepting(moments, false));
  expect(await handInSamples({ ...itself, shelf, wall: () => 9 })).toBe(false);
  expect(shelf.oldest(9)).toEqual([]);
});

test('what the Mac can never take does not stop the rest', async () => {
  const shelf = shelfWithoutDatabase();
  await shelf.add(sample(1));
  const { ask, sent } = mac(() => refusal(400, 'bad-body'));
  expect(await handInSamples({ ask, shelf, wall: () => 9 })).toBe(true);
  expect([sent.length, shelf.oldest(9)]).toEqual([1, []]);
});

test('without a database the failures of an earlier visit are there all the same', async () => {
  const before = shelfWithoutDatabase();
  await before.add(sample(1));
  await before.add(sample(2, 'unreachable'));
  const after = shelfWithoutDatabase();
  await after.load();
  expect(after.oldest(9)).toEqual([sample(2, 'unreachable')]);
  await after.remove([2]);
  const last = shelfWithoutDatabase();
  await last.load();
  expect(last.oldest(9)).toEqual([]);
});

test('of more than five thousand the newest stay', { timeout: 30_000 }, async () => {
  const shelf = shelfWithoutDatabase();
  for (let at = 1; at <= 5_003; at += 1) await shelf.add(sample(at));
  expect([shelf.oldest(9_999).length, shelf.oldest(1)[0]?.at]).toEqual([5_000, 4]);
});

test.each([
  ['that it is well', { status: 200, body: '{"status":"ok","version":"0.1.0"}', receivedAt: 0 }, 'answered'],
  ['that it has stalled', { status: 503, body: '{"status":"stalled","version":"0.1.0"}', receivedAt: 0 }, 'answered'],
  ['no', refusal(401, 'token'), 'answered'],
  ['what tailscale says in its place', { status: 502, body: '', receivedAt: 0 }, 'not-running'],
  ['what another server says', { status: 200, body: '<h1>It works!</h1>', receivedAt: 0 }, 'not-running'],
] as const)('Lifeline’s word counts as an answer, and no other: %s', async (_, reply, outcome) => {
  expect(
    await measureWay(
      async () => reply,
      () => 0,
    ),
  ).toEqual({ outcome, ms: 0 });
});

test('without an answer it is unreachable, for as long as was waited', async () => {
  const times = [0, 4_000];
  const silent = () => Promise.reject(new RequestFailure('unreachable', 'No answer came from the Mac.'));
  expect(await measureWay(silent, () => times.shift() ?? 0)).toEqual({ outcome: 'unreachable', ms: 4_000 });
});
