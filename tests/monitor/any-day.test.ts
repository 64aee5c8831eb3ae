import { expect, test } from 'vitest';
import { fc } from '#tests/support/fast-check.ts';
import { type Behaviour, ready, refusing, slow, World } from '#tests/support/world.ts';

const HOUR = 3_600_000;

/** Something that happens to the world, or that time passes. */
const event = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 100, max: 90_000 }).map((ms) => async (world: World) => world.pass(ms)) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Behaviour>(ready, refusing, slow, 'silent').map((server) => async (world: World) => {
      world.server = server;
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 9 * HOUR })
      .map((ms) => async (world: World) => world.skip({ wall: ms, mono: 0, uptime: ms })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 20_000 })
      .map((ms) => async (world: World) => world.skip({ wall: ms, mono: ms, uptime: ms })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: -HOUR, max: HOUR })
      .map((ms) => async (world: World) => world.skip({ wall: ms, mono: 0, uptime: 0 })),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((late) => async (world: World) => {
      world.late = late;
    }),
  },
);
const day = fc.array(event, { minLength: 1, maxLength: 25 });

async function live(events: readonly ((world: World) => Promise<void>)[]): Promise<World> {
  const world = new World();
  world.monitor.start();
  for (const happen of events) await happen(world);
  world.late = false;
  await world.pass(70_000);
  await world.monitor.stop();
  return world;
}

test('whatever happens, states are told in order of time and none twice in a row', async () => {
  await fc.assert(
    fc.asyncProperty(day, async (events) => {
      const { spans } = await live(events);
      const starts = spans.map(({ at }) => at);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      const states = spans.map((span) => (span.level === 'no-data' ? 'no-data' : span.cause));
      for (const [place, state] of states.entries()) expect(state).not.toBe(states[place - 1]);
    }),
    { numRuns: 200 },
  );
});

test('whatever happens, nothing that is rolled up is told otherwise afterwards', async () => {
  await fc.assert(
    fc.asyncProperty(day, async (events) => {
      const { spans, rolledUp } = await live(events);
      for (const { settledUntil, spans: known } of rolledUp) {
        for (const { at } of spans.slice(known)) expect(at).toBeGreaterThanOrEqual(settledUntil);
      }
    }),
    { numRuns: 200 },
  );
});

test('whatever happens, a server that is left alone is shown as it is in the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      day,
      fc.constantFrom<[Behaviour, string]>(
        [ready, 'healthy'],
        [refusing, 'not-running'],
        [slow, 'slower-than-app'],
        ['silent', 'hung'],
      ),
      async (events, [server, cause]) => {
        const world = new World();
        world.monitor.start();
        for (const happen of events) await happen(world);
        world.late = false;
        world.server = server;
        await world.pass(60_000);
        expect(world.monitor.snapshot().diagnosis.cause).toBe(cause);
        expect(world.monitor.snapshot().stalled).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
});
