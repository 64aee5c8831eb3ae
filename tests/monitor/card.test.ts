import { expect, test } from 'vitest';
import type { Current } from '#lib/domain/anki-facts.ts';
import { shown, type World, watching } from '#tests/support/world.ts';

const SILENT: Current = { said: 'nothing', came: 'silence' };

/** A world that is asked for the card for the first time now, and says this of it. */
async function saying(current: Current): Promise<World> {
  const world = await watching();
  world.seen = { current: { said: 'card' } };
  await world.pass(28_000);
  world.seen = { current };
  world.looks.length = 0;
  while (!world.looks.some(({ name }) => name === 'current')) await world.pass(10);
  return world;
}

test('one silence of the card in between is not shown: it is asked for again at once', async () => {
  const world = await saying(SILENT);
  await world.pass(world.lookMs + 10);
  world.seen = { current: { said: 'card' } };
  for (let second = 0; second < 60; second += 1) {
    await world.pass(1_000);
    expect(shown(world)).toEqual(['ready', 'healthy']);
  }
  expect(world.notes).toEqual([]);
});

test('a card that stays silent is shown within seconds, and its return too', async () => {
  const world = await saying(SILENT);
  await world.pass(10_000);
  expect(shown(world)).toEqual(['degraded', 'no-card']);
  world.seen = { current: { said: 'card' } };
  await world.pass(10_000);
  expect(shown(world)).toEqual(['ready', 'healthy']);
});
