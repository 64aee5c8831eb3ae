import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RequestFailure } from '#lib/client/request.ts';
import { Flusher } from '#lib/client/review/flush.ts';
import type { Answered, Grade } from '#lib/domain/review/grading.ts';
import { answer, entryOf, type Outbox, toSend } from '#lib/domain/review/outbox.ts';
import { createLimits, type Limits } from '#lib/server/limits.ts';
import { gradeOf } from '#tests/support/made-grades.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const from = (address: string) => new Headers({ 'x-forwarded-for': address });
const PHONE = '100.64.0.9';
const read = { method: 'GET', path: '/api/status' };
const change = { method: 'POST', path: '/api/review/grades' };

/** How many of so many requests in a row are answered. */
async function answered(limits: Limits, times: number, ask: { method: string; path: string; headers: Headers }) {
  let count = 0;
  for (let done = 0; done < times; done += 1) if ((await limits.take(ask)) === null) count += 1;
  return count;
}

test('ten windows that poll and the media of ten hands at once are all answered', async () => {
  const limits = createLimits();
  const polls = 10 * 12 * 5;
  const media = 10 * 30 * 10;
  expect(await answered(limits, polls + media, { ...read, headers: from(PHONE) })).toBe(polls + media);
});

/** Has the phone's own sender hand in 500 grades; `unfit` cannot be taken. Tells how many requests that took, and what is left. */
async function flush500(limits: Limits, unfit: Grade | null) {
  let outbox: Outbox = Array.from({ length: 500 }, (_, nth) => entryOf(gradeOf(nth), { label: '', isHeld: false }));
  let requests = 0;
  const flusher = new Flusher({
    outbox: () => outbox,
    alone: (work) => work(),
    later: () => () => undefined,
    isVisible: () => true,
    send: async (grades) => {
      requests += 1;
      if ((await limits.take({ ...change, headers: from(PHONE) })) !== null) {
        return { kind: 'failed', failure: new RequestFailure('refused', 'too many') };
      }
      if (grades.length > 1 && grades.some(({ gradeId }) => gradeId === unfit?.gradeId))
        return { kind: 'unfit', detail: '' };
      const told: Answered = { status: 'gone' };
      for (const { gradeId } of grades) outbox = answer(outbox, gradeId, { told, at: 0 });
      return { kind: 'answered', reply: { answers: [], next: null, counts: null, mediaBase: '' } };
    },
  });
  await flusher.flush();
  return { requests, left: toSend(outbox).length };
}

test('a phone hands in 500 grades with 25 requests', async () => {
  expect(await flush500(createLimits(), null)).toEqual({ requests: 25, left: 0 });
});

test('also one by one, because one of them cannot be taken, it is not kept waiting, nor are its screens', async () => {
  const limits = createLimits();
  const { requests, left } = await flush500(limits, gradeOf(0));
  expect(left).toBe(0);
  expect(requests).toBeGreaterThan(500);
  expect(await limits.take({ ...read, headers: from(PHONE) })).toBeNull();
});

test.each<[string, { method: string; path: string }, number]>([
  ['reads', read, 6_000],
  ['media', { method: 'HEAD', path: '/api/review/media/token/cat.png' }, 6_000],
  ['deep looks', { method: 'GET', path: '/api/diagnosis' }, 120],
  ['changes', change, 1_200],
  ['requests of other methods', { method: 'BREW', path: '/' }, 1_200],
  ['test alerts', { method: 'POST', path: '/api/alerts/test' }, 6],
])('of %s a sender has a minute’s worth, and is told when there are more', async (_, ask, most) => {
  const limits = createLimits();
  const asked = { ...ask, headers: from(PHONE) };
  expect(await answered(limits, most + 5, asked)).toBe(most);
  vi.advanceTimersByTime(20_000);
  expect(await limits.take(asked)).toBe(40_000);
  expect(await limits.take({ ...ask, headers: from('100.64.0.10') })).toBeNull();
  vi.advanceTimersByTime(40_000);
  expect(await limits.take(asked)).toBeNull();
});

test('whoever makes up addresses is counted as one beyond the first thousand, and keeps nobody out who was here', async () => {
  const limits = createLimits();
  const madeUp = (nth: number) => from(`203.0.${nth >> 8}.${nth & 255}`);
  expect(await limits.take({ ...change, headers: from(PHONE) })).toBeNull();
  let count = 0;
  for (let nth = 0; nth < 20_000; nth += 1)
    if ((await limits.take({ ...change, headers: madeUp(nth) })) === null) count += 1;
  expect(count).toBe(999 + 1_200);
  expect(vi.getTimerCount()).toBeLessThanOrEqual(1_001);
  expect(await limits.take({ ...change, headers: from(PHONE) })).toBeNull();
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
  expect(await limits.take({ ...change, headers: madeUp(30_000) })).toBeNull();
});

const guessing = async (limits: Limits, headers: Headers, isRight = false) => {
  const found = await limits.guess(headers, isRight);
  return typeof found === 'string' ? found : 'wait';
};

test('of a thousand guesses at once ten are told that they are wrong, and none that it is right', async () => {
  const limits = createLimits();
  const found = await Promise.all(Array.from({ length: 1_000 }, (_, nth) => guessing(limits, from(PHONE), nth > 10)));
  expect(found.filter((told) => told === 'wrong')).toHaveLength(10);
  expect(found).not.toContain('right');
  vi.advanceTimersByTime(15 * 60_000);
  expect(await guessing(limits, from(PHONE), true)).toBe('right');
});

test('whoever holds the token may give it as often as they like, also at once', async () => {
  const limits = createLimits();
  const found = await Promise.all(Array.from({ length: 500 }, () => guessing(limits, from(PHONE), true)));
  expect(new Set(found)).toEqual(new Set(['right']));
  expect(await guessing(limits, from(PHONE))).toBe('wrong');
});

test('of guesses from many addresses a hundred an hour are looked at', async () => {
  const limits = createLimits();
  let wrong = 0;
  for (let nth = 0; nth < 300; nth += 1)
    if ((await guessing(limits, from(`192.168.1.${nth % 250}`))) === 'wrong') wrong += 1;
  expect(wrong).toBe(100);
  expect(await limits.guess(from('192.168.2.1'), true)).toEqual({ waitMs: 3_600_000 });
  vi.advanceTimersByTime(3_600_000);
  expect(await guessing(limits, from('192.168.2.1'), true)).toBe('right');
});

test('guesses of others keep nobody out who gave the right token before, and their own still do', async () => {
  const limits = createLimits();
  expect(await guessing(limits, from(PHONE), true)).toBe('right');
  for (let nth = 0; nth < 300; nth += 1) await guessing(limits, from(`192.168.1.${nth % 250}`));
  expect(await guessing(limits, from('192.168.2.1'), true)).toBe('wait');
  expect(await guessing(limits, from(PHONE), true)).toBe('right');
  for (let nth = 0; nth < 10; nth += 1) await guessing(limits, from(PHONE));
  expect(await guessing(limits, from(PHONE), true)).toBe('wait');
});

test('of those who gave the right token the hundred that gave it last are remembered', async () => {
  const limits = createLimits();
  for (let nth = 0; nth <= 100; nth += 1) await guessing(limits, from(`192.168.3.${nth}`), true);
  for (let nth = 0; nth < 300; nth += 1) await guessing(limits, from(`192.168.1.${nth % 250}`));
  expect(await guessing(limits, from('192.168.3.0'), true)).toBe('wait');
  expect(await guessing(limits, from('192.168.3.1'), true)).toBe('right');
});
