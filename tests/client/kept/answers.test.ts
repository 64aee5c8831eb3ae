import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { answerShelf } from '#lib/client/kept/answer-shelf.ts';
import { KEPT_PREFIX, type Kept, keptAtOnce, readKept } from '#lib/client/kept/answers.ts';
import type { Database } from '#lib/client/kept/database.ts';

const schema = z.object({ level: z.enum(['ready', 'down']), note: z.optional(z.string()) });
type Told = z.infer<typeof schema>;

const kept = (url: string, receivedAt: number, note = ''): Kept<Told> => ({
  url,
  measuredAt: receivedAt - 20,
  servedAt: receivedAt - 10,
  receivedAt,
  data: { level: 'ready', note },
});

/** What a browser's `localStorage` is, as the code uses it. */
class Texts {
  readonly texts = new Map<string, string>();
  refuses = false;
  get length() {
    return this.texts.size;
  }
  key = (at: number) => [...this.texts.keys()][at] ?? null;
  getItem = (key: string) => {
    if (this.refuses) throw new DOMException('The operation is insecure.', 'SecurityError');
    return this.texts.get(key) ?? null;
  };
  setItem = (key: string, text: string) => {
    if (this.refuses) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    this.texts.set(key, text);
  };
  removeItem = (key: string) => {
    this.texts.delete(key);
  };
}

/** A database that is silent: what IndexedDB is on a phone whose storage process has died. */
const silence: Database = { run: async () => null, rest: () => undefined };

let texts: Texts;
beforeEach(() => {
  texts = new Texts();
  vi.stubGlobal('localStorage', texts);
});
afterEach(() => vi.unstubAllGlobals());

test('an answer is read again with its three times', async () => {
  await answerShelf(silence).keep(kept('/api/status', 1_000));
  expect(keptAtOnce('/api/status', schema)).toEqual(kept('/api/status', 1_000));
});

test.each([
  ['is no JSON', '{'],
  ['is of an older version', JSON.stringify({ ...kept('/api/status', 1), data: { level: 'green' } })],
  ['lacks a time', JSON.stringify({ ...kept('/api/status', 1), measuredAt: undefined })],
  ['was asked elsewhere', JSON.stringify(kept('/api/other', 1))],
])('what %s is not shown, and dropped', (_fact, text) => {
  texts.setItem(`${KEPT_PREFIX}/api/status`, text);
  expect(keptAtOnce('/api/status', schema)).toBeNull();
  expect(texts.length).toBe(0);
});

test('what the database gives is read the same way', () => {
  expect(readKept('/a', kept('/a', 7), schema)).toEqual(kept('/a', 7));
  for (const other of [undefined, null, 7, { data: 1 }, kept('/b', 7)])
    expect(readKept('/a', other, schema)).toBeNull();
});

test('what can be read at once stays within 200,000 characters: the longest unrenewed gives way', async () => {
  const shelf = answerShelf(silence);
  const long = 'x'.repeat(45_000);
  for (const [url, at] of [
    ['/1', 10],
    ['/2', 20],
    ['/3', 30],
    ['/4', 40],
  ] as const)
    await shelf.keep(kept(url, at, long));
  await shelf.keep(kept('/1', 50, long));
  await shelf.keep(kept('/5', 60, long));
  expect([...texts.texts.keys()].toSorted()).toEqual(['/1', '/3', '/4', '/5'].map((url) => KEPT_PREFIX + url));
  const total = [...texts.texts.values()].reduce((sum, text) => sum + text.length, 0);
  expect(total).toBeLessThanOrEqual(200_000);
});

test('one that is too long alone takes nothing from the others, and leaves no older one of itself', async () => {
  const shelf = answerShelf(silence);
  await shelf.keep(kept('/small', 10));
  await shelf.keep(kept('/large', 20));
  await shelf.keep(kept('/large', 30, 'x'.repeat(200_000)));
  expect(keptAtOnce('/small', schema)).not.toBeNull();
  expect(keptAtOnce('/large', schema)).toBeNull();
});

test('a phone that refuses storage keeps nothing, and nothing breaks', async () => {
  texts.refuses = true;
  await answerShelf(silence).keep(kept('/api/status', 1));
  expect(keptAtOnce('/api/status', schema)).toBeNull();
});

test('the database is written to at most every 30 s for each address', async () => {
  let times = 0;
  const run = async () => {
    times += 1;
    return null;
  };
  const shelf = answerShelf({ run, rest: () => undefined });
  for (const at of [1_000, 6_000, 30_999, 31_000, 36_000]) await shelf.keep(kept('/a', at));
  await shelf.keep(kept('/b', 36_000));
  expect(times).toBe(3);
});
