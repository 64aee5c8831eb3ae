import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSaver } from '#lib/client/alerts/saver.ts';

/** A value here and one on the other side, which takes a while and refuses what it is told to. */
function twoSides(refuses: (value: string) => boolean = () => false) {
  const sides = { here: 'old', there: 'old', told: [] as string[] };
  const save = createSaver<string>({
    read: () => sides.here,
    write: (value) => {
      sides.here = value;
    },
    tell: async (value) => {
      sides.told.push(value);
      await pause(5);
      if (refuses(value)) throw new Error(`no ${value}`);
      sides.there = value;
    },
  });
  return { sides, save };
}

test('a change holds here at once, and there when it was told', async () => {
  const { sides, save } = twoSides();
  const saved = save('new');
  expect(sides).toMatchObject({ here: 'new', there: 'old' });
  await saved;
  expect(sides.there).toBe('new');
});

test('what changes while one is told is told in one, the newest last', async () => {
  const { sides, save } = twoSides();
  await Promise.all([save('a'), save('b'), save('c')]);
  expect(sides).toEqual({ here: 'c', there: 'c', told: ['a', 'c'] });
  await save('d');
  expect(sides).toMatchObject({ here: 'd', there: 'd' });
});

test('what is not taken goes back to what was taken last, and is told to be so', async () => {
  const { sides, save } = twoSides((value) => value === 'b');
  const [first, second] = [save('a'), save('b')];
  await expect(first).rejects.toThrow('no b');
  await expect(second).rejects.toThrow('no b');
  expect(sides).toMatchObject({ here: 'a', there: 'a' });
  await save('c');
  expect(sides).toMatchObject({ here: 'c', there: 'c' });
});

test('what changes nothing is not told, and the next change is', async () => {
  const { sides, save } = twoSides();
  await save('old');
  expect(sides.told).toEqual([]);
  await save('new');
  expect(sides.told).toEqual(['new']);
});
