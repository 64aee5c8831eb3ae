import { expect, test } from 'vitest';
import { StorageError } from '#lib/store/storage-error.ts';
import { answered } from '#tests/support/facts.ts';
import { ready, refusing, shown, slow, World, watching } from '#tests/support/world.ts';

const CONFIRMED_MS = 2_100;

test('shows ready after the first answer', async () => {
  const world = new World();
  world.monitor.start();
  await world.pass(10);
  expect(shown(world)).toEqual(['ready', 'healthy']);
});

test('finds a stopped server within the interval and two seconds, and back, dated from the first probe', async () => {
  const world = await watching();
  const stoppedAt = world.wall;
  world.server = refusing;
  await world.pass(5_000 + CONFIRMED_MS);
  expect(shown(world)).toEqual(['down', 'not-running']);
  const began = world.monitor.snapshot().since ?? 0;
  expect(began).toBeGreaterThanOrEqual(stoppedAt);
  expect(began).toBeLessThanOrEqual(stoppedAt + 5_000);

  world.server = ready;
  await world.pass(5_000 + CONFIRMED_MS);
  expect(shown(world)).toEqual(['ready', 'healthy']);
  expect(world.spans.map((span) => span.level)).toEqual(['ready', 'down', 'ready']);
});

test('finds a hung server in the same time, though no probe of it has ended', async () => {
  const world = await watching();
  world.server = 'silent';
  await world.pass(5_000 + CONFIRMED_MS);
  expect(shown(world)).toEqual(['down', 'hung']);
  expect(world.monitor.snapshot().diagnosis.appShows?.code).toBe(-1001);
  expect(world.wall - (world.monitor.snapshot().checkedAt ?? 0)).toBeLessThanOrEqual(1_000);
});

test('finds a server that answers after 1.3 s in the same time', async () => {
  const world = await watching();
  world.server = slow;
  await world.pass(5_000 + CONFIRMED_MS);
  expect(shown(world)).toEqual(['degraded', 'slower-than-app']);
});

test('calls a server that answers after 1.3 s degraded, never down on the way', async () => {
  const world = await watching();
  world.server = slow;
  await world.pass(30_000);
  expect(shown(world)).toEqual(['degraded', 'slower-than-app']);
  expect(world.spans.map((span) => span.level)).toEqual(['ready', 'degraded']);
});

test('does not hurry a server that is known to be slow', async () => {
  const world = await watching();
  world.server = slow;
  await world.pass(15_000);
  const before = world.started.length;
  await world.pass(20_000);
  expect(world.started.length - before).toBe(4);
});

test('makes no incident of one failure, and says meanwhile what is pending', async () => {
  const world = await watching();
  world.server = refusing;
  await world.pass(5_000);
  world.server = ready;
  expect(world.monitor.snapshot().pending?.level).toBe('down');
  await world.pass(20_000);
  expect(shown(world)).toEqual(['ready', 'healthy']);
  expect(world.spans.map((span) => span.level)).toEqual(['ready']);
});

test('tells loopback-only from not running by the side it probes meanwhile', async () => {
  const world = await watching();
  world.server = refusing;
  world.loopback = { afterMs: 3, result: answered({}, { kind: 'loopback' }) };
  await world.pass(5_000 + CONFIRMED_MS);
  expect(shown(world)).toEqual(['down', 'loopback-only']);
  expect(world.monitor.snapshot().diagnosis.confidence).toBe('high');
});

test('never explains a refusal by what loopback said before it', async () => {
  const world = new World();
  world.loopback = ready;
  world.monitor.start();
  await world.pass(35_100);
  world.server = refusing;
  world.loopback = refusing;
  await world.pass(5_000 + CONFIRMED_MS);
  expect(shown(world)).toEqual(['down', 'not-running']);
  expect(world.kept.flatMap(({ measurements }) => measurements).map(({ cause }) => cause)).not.toContain(
    'loopback-only',
  );
});

test('asks for the generation when only the bridge is missing', async () => {
  const world = new World();
  world.generation = 'bridge';
  world.server = { afterMs: 4, result: answered({ ankiAddon: 'error: refused' }) };
  world.monitor.start();
  await world.pass(3_000);
  expect(shown(world)).toEqual(['degraded', 'bridge-missing']);
});

test('keeps slow probes, which end after later quick ones', async () => {
  const world = await watching();
  const late = { afterMs: 1_500, result: answered({}, { totalMs: 1_500 }) };
  for (let turn = 0; turn < 40; turn += 1) {
    world.server = turn % 3 === 0 ? late : ready;
    await world.pass(5_000);
  }
  await world.pass(5_000);
  const kept = world.kept
    .flatMap(({ measurements }) => measurements)
    .filter(({ result }) => result.target.kind === 'name');
  expect(kept.length).toBeGreaterThanOrEqual(world.started.length - 1);
  expect(world.faults).toEqual([]);
});

test('probes the sides now and then while all is well, and in every round while it is not', async () => {
  const world = new World();
  world.loopback = ready;
  world.monitor.start();
  await world.pass(61_000);
  const sides = () =>
    world.kept.flatMap(({ measurements }) => measurements).filter(({ result }) => result.target.kind === 'loopback')
      .length;
  expect(sides()).toBe(3);
  world.server = refusing;
  await world.pass(20_000);
  expect(sides()).toBeGreaterThanOrEqual(6);
});

test('goes on when the disk refuses, says so, and keeps what waited once it gives way', async () => {
  const world = await watching();
  const before = world.kept.length;
  world.diskProblem = new StorageError('full', 'history.db', null);
  world.server = refusing;
  await world.pass(20_000);
  expect(world.monitor.snapshot()).toMatchObject({
    level: 'down',
    storageProblem: expect.stringContaining('history.db is full'),
  });
  expect(world.kept).toHaveLength(before);
  world.diskProblem = null;
  await world.pass(6_000);
  expect(world.monitor.snapshot().storageProblem).toBeNull();
  expect(world.spans.map((span) => span.level)).toEqual(['ready', 'down']);
});

test('is not held up for ever by a round that can never be kept', async () => {
  const world = await watching();
  world.diskProblem = new Error('a bug of ours');
  await world.pass(5_000);
  world.diskProblem = null;
  const before = world.kept.length;
  await world.pass(10_000);
  expect(world.kept.length - before).toBe(2);
});

test('keeps the first probe of a process out of the latencies', async () => {
  const world = await watching();
  const [first, second] = world.kept.flatMap(({ measurements }) => measurements);
  expect([first?.late, second?.late]).toEqual([true, false]);
});

test('shares a probe made on demand, and starts at most one a second', async () => {
  const world = await watching();
  await world.pass(1_500);
  const before = world.started.length;
  const answers = Promise.all([world.monitor.probeNow(), world.monitor.probeNow()]);
  await world.pass(500);
  const [one, other] = await answers;
  expect(one).toBe(other);
  await world.monitor.probeNow();
  expect(world.started.length - before).toBe(1);
});
