import { expect, test } from 'vitest';
import { answered } from '#tests/support/facts.ts';
import { ready, refusing, shown, World, watching } from '#tests/support/world.ts';

const HOUR = 3_600_000;

test('asks for the generation again after sleep', async () => {
  const world = new World();
  world.generation = 'bridge';
  world.server = { afterMs: 4, result: answered({ ankiAddon: 'error: refused' }) };
  world.monitor.start();
  await world.pass(8_000);
  world.skip({ wall: HOUR, mono: 100, uptime: HOUR });
  await world.pass(15_000);
  expect(shown(world)).toEqual(['degraded', 'bridge-missing']);
});

test('writes a night’s sleep down as a gap, and is neither up nor down in it', async () => {
  const world = await watching();
  const asleepFrom = world.wall;
  world.skip({ wall: 8 * 3_600_000, mono: 300, uptime: 8 * 3_600_000 });
  world.server = refusing;
  await world.pass(3_000);
  expect(world.monitor.snapshot().level).toBe('no-data');
  const gap = world.spans.at(-1);
  expect(gap).toMatchObject({ level: 'no-data', gap: 'asleep' });
  expect(gap?.at).toBeLessThanOrEqual(asleepFrom);

  world.server = ready;
  await world.pass(3_000);
  expect(shown(world)).toEqual(['ready', 'healthy']);
});

test('drops what was in flight across a gap', async () => {
  const world = await watching();
  world.server = { afterMs: 800, result: answered({}, { totalMs: 800 }) };
  await world.pass(5_000);
  const before = world.kept.flatMap(({ measurements }) => measurements).length;
  world.skip({ wall: 60_000, mono: 60_000, uptime: 60_000 });
  world.server = 'silent';
  await world.pass(100);
  expect(world.kept.flatMap(({ measurements }) => measurements)).toHaveLength(before);
  expect(world.spans.at(-1)).toMatchObject({ gap: 'frozen' });
});

test('tells no moment twice when the clock is set back', async () => {
  const world = await watching();
  const told = world.wall;
  world.skip({ wall: -60_000, mono: 0, uptime: 0 });
  world.server = refusing;
  await world.pass(20_000);
  expect(world.monitor.snapshot()).toMatchObject({ level: 'down' });
  expect(world.monitor.snapshot().historyResumesAt).not.toBeNull();
  await world.pass(60_000);
  expect(world.monitor.snapshot().historyResumesAt).toBeNull();
  const starts = world.kept.flatMap(({ measurements }) => measurements).map(({ result }) => result.startedAt);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(world.spans.at(-1)?.at).toBeLessThanOrEqual(told);
});

test('believes no probe during which its own loop was late, and says so when that lasts', async () => {
  const world = await watching();
  world.late = true;
  world.server = refusing;
  await world.pass(30_000);
  expect(world.monitor.snapshot()).toMatchObject({ level: 'no-data', stalled: true, diagnosis: { cause: 'no-data' } });
  world.late = false;
  await world.pass(10_000);
  expect(world.spans.map((span) => span.level)).toEqual(['ready', 'no-data', 'down']);
});

test('does not blame a server for silence that was its own loop’s', async () => {
  const world = await watching();
  world.late = true;
  world.server = { afterMs: 1_500, result: answered({}, { totalMs: 1_500 }) };
  await world.pass(20_000);
  expect(world.spans.map((span) => span.level)).toEqual(['ready']);
});

test('tells nobody of before a sleep as if it were now', async () => {
  const world = await watching();
  const asleepFrom = world.wall;
  world.skip({ wall: 8 * HOUR, mono: 100, uptime: 8 * HOUR });
  const { level, since } = world.monitor.snapshot();
  expect([level, since]).toEqual(['no-data', null]);
  expect(world.spans.at(-1)?.at).toBeLessThanOrEqual(asleepFrom);
});

test('does not lose an incident that was just confirmed when Lifeline ends', async () => {
  const world = await watching();
  world.server = 'silent';
  while (world.monitor.snapshot().level !== 'down') await world.pass(50);
  await world.monitor.stop();
  expect(world.spans.map((span) => span.level)).toEqual(['ready', 'down', 'no-data']);
});

test('forgets nothing for a clock that has just jumped ahead', async () => {
  const world = await watching();
  world.skip({ wall: 40 * 24 * HOUR, mono: 100, uptime: 100 });
  await world.pass(5 * 60_000);
  expect(world.forgot).toEqual([]);
  await world.pass(24 * HOUR);
  expect(world.forgot.length).toBeGreaterThan(0);
});

test('begins with the gap since the last process, and ends with one', async () => {
  const beginning = {
    span: { at: 1_000, level: 'ready', cause: 'healthy', confirmedAt: 1_000 },
    measuredUntil: 9_000,
  } as const;
  const world = new World(beginning);
  world.monitor.start();
  await world.pass(6_000);
  await world.monitor.stop();
  expect(world.spans).toMatchObject([{ at: 9_000, gap: 'stopped' }, { level: 'ready' }, { gap: 'stopped' }]);
  const started = world.started.length;
  await world.pass(20_000);
  expect(world.started).toHaveLength(started);
});
