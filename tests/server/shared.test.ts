import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurn } from '#lib/server/shared.ts';

/** Takes so long for each question, and keeps how many were asked at once and in all. */
function slow(ms: number) {
  const seen = { asked: [] as string[], now: 0, atOnce: 0 };
  const ask = async (question: string): Promise<number> => {
    seen.asked.push(question);
    seen.now += 1;
    seen.atOnce = Math.max(seen.atOnce, seen.now);
    await pause(ms);
    seen.now -= 1;
    if (question === 'bad') throw new Error('no answer');
    return seen.asked.length;
  };
  return { seen, ask };
}

test('one question is asked at a time, in their order, and those that wait with the same one get one answer', async () => {
  const { seen, ask } = slow(20);
  const asking = inTurn(10_000, ask);
  const answers = await Promise.all(['a', 'b', 'a', 'b', 'b', 'c'].map(asking));
  expect(seen).toMatchObject({ asked: ['a', 'b', 'c'], atOnce: 1 });
  expect(answers).toEqual([1, 2, 1, 2, 2, 3]);
});

test('a question is asked anew where the same one is already being asked: what it asks may have changed since', async () => {
  const { seen, ask } = slow(20);
  const asking = inTurn(10_000, ask);
  const first = asking('a');
  await pause(5);
  expect(await Promise.all([first, asking('a'), asking('a')])).toEqual([1, 2, 2]);
  expect(seen.asked).toEqual(['a', 'a']);
});

test('what waited too long is not asked any more, and one that fails holds up nobody', async () => {
  const { seen, ask } = slow(60);
  const asking = inTurn(30, ask);
  const bad = asking('bad').catch(String);
  expect(await asking('late')).toBeNull();
  expect(await bad).toBe('Error: no answer');
  expect(await asking('later')).toBe(2);
  expect(seen.asked).toEqual(['bad', 'later']);
});
