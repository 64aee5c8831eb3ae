import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLimits, type Limits } from '#lib/server/limits.ts';

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

test('a phone gets 500 grades in within a minute, one by one, and sees its screens meanwhile', async () => {
  const limits = createLimits();
  expect(await answered(limits, 501, { ...change, headers: from(PHONE) })).toBe(501);
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
  const found = await limits.guess(headers, () => isRight);
  return typeof found === 'string' ? found : 'wait';
};

test('of a thousand guesses at once ten are looked at', async () => {
  const limits = createLimits();
  const look = vi.fn(() => false);
  await Promise.all(Array.from({ length: 1_000 }, () => limits.guess(from(PHONE), look)));
  expect(look).toHaveBeenCalledTimes(10);
  vi.advanceTimersByTime(15 * 60_000);
  expect(await guessing(limits, from(PHONE), true)).toBe('right');
});

test('whoever holds the token may give it as often as they like', async () => {
  const limits = createLimits();
  for (let times = 0; times < 500; times += 1) expect(await guessing(limits, from(PHONE), true)).toBe('right');
  expect(await guessing(limits, from(PHONE))).toBe('wrong');
});

test('of guesses from many addresses a hundred an hour are looked at', async () => {
  const limits = createLimits();
  let wrong = 0;
  for (let nth = 0; nth < 300; nth += 1)
    if ((await guessing(limits, from(`192.168.1.${nth % 250}`))) === 'wrong') wrong += 1;
  expect(wrong).toBe(100);
  expect(await limits.guess(from('192.168.2.1'), () => true)).toEqual({ waitMs: 3_600_000 });
  vi.advanceTimersByTime(3_600_000);
  expect(await guessing(limits, from('192.168.2.1'), true)).toBe('right');
});
