import { expect, test } from 'vitest';
import type { Listener, Service } from '#lib/domain/host-facts.ts';
import { CADENCE } from '#lib/monitor/cadence.ts';
import { answered } from '#tests/support/facts.ts';
import { ready, refusing, shown, type World, watching } from '#tests/support/world.ts';

const MINUTE = 60_000;
const CONFIRMED_MS = 2_100;

const elsewhere: Listener = { address: '127.0.0.1', family: 'ipv4', port: 5_432, pid: 7, program: 'postgres' };
const looksAt = (world: World, name: string) => world.looks.filter((look) => look.name === name);

test('in a healthy round nothing is looked at; every thirty seconds the calm facts are, and no others', async () => {
  const world = await watching();
  await world.pass(30_000);
  world.looks.length = 0;
  await world.pass(5 * MINUTE);
  const names = new Set(world.looks.map(({ name }) => name));
  const calm = Object.entries(CADENCE).filter(([, { calmMs }]) => calmMs !== null);
  expect([...names].sort()).toEqual(calm.map(([name]) => name).sort());
  for (const name of names) expect(looksAt(world, name).length).toBeLessThanOrEqual(10);
  expect(looksAt(world, 'listeners').length).toBeGreaterThanOrEqual(8);
});

test('all that explains trouble is looked at within a tenth of a second of the first failed probe', async () => {
  const world = await watching();
  world.server = refusing;
  const before = world.started.length;
  world.looks.length = 0;
  while (world.started.length === before) await world.pass(10);
  await world.pass(100);
  const troubled = Object.entries(CADENCE).filter(([, { troubledMs }]) => troubledMs !== null);
  expect(new Set(world.looks.map(({ name }) => name))).toEqual(new Set(troubled.map(([name]) => name)));
});

test('all is looked at anew when a server that goes on answering says that Anki is gone', async () => {
  const world = await watching();
  await world.pass(32_000);
  world.server = { afterMs: 4, result: answered({ ankiConnect: 'error: All connection attempts failed' }) };
  const before = world.started.length;
  world.looks.length = 0;
  while (world.started.length === before) await world.pass(10);
  await world.pass(100);
  expect(looksAt(world, 'anki')).toHaveLength(1);
  expect(looksAt(world, 'bridge')).toHaveLength(1);
});

test('what is found by another fact is looked at after it', async () => {
  const world = await watching();
  world.server = refusing;
  world.looks.length = 0;
  await world.pass(6_000);
  const at = (name: string) => looksAt(world, name)[0]?.at ?? expect.unreachable();
  expect(at('processes')).toBeGreaterThan(at('service'));
  expect(at('log')).toBeGreaterThan(at('service'));
});

test('a fact of before the trouble does not explain it, one of during it does', async () => {
  const world = await watching();
  world.seen = { listeners: [elsewhere] };
  await world.pass(MINUTE);
  expect(world.monitor.snapshot().facts?.listeners).toBeDefined();
  world.seen = {};
  world.server = refusing;
  await world.pass(5_000 + CONFIRMED_MS);
  expect(shown(world)[0]).toBe('down');
  expect(world.monitor.snapshot().facts?.listeners).toBeUndefined();
  world.seen = { listeners: [elsewhere] };
  await world.pass(6_000);
  expect(world.monitor.snapshot().facts?.listeners?.value).toEqual([elsewhere]);
});

test('this machine is not asked about a server that lives on another', async () => {
  const world = await watching();
  world.here = false;
  await world.pass(5_000);
  world.looks.length = 0;
  world.server = refusing;
  await world.pass(MINUTE);
  expect(looksAt(world, 'listeners')).toEqual([]);
  expect(looksAt(world, 'anki')).toEqual([]);
  expect(looksAt(world, 'tailscale')).not.toEqual([]);
});

test('a tool that is not installed is looked for again after five minutes only', async () => {
  const world = await watching();
  world.blindBecause = 'not-installed';
  world.server = refusing;
  await world.pass(10_000);
  world.looks.length = 0;
  await world.pass(4 * MINUTE);
  expect(looksAt(world, 'service').length).toBeLessThanOrEqual(1);
  expect(world.monitor.snapshot().diagnosis.cause).toBe('not-running');
  await world.pass(2 * MINUTE);
  expect(looksAt(world, 'service').length).toBeGreaterThanOrEqual(1);
});

test('what was seen before a sleep is forgotten', async () => {
  const world = await watching();
  world.seen = { listeners: [elsewhere] };
  await world.pass(MINUTE);
  world.skip({ wall: 8 * 60 * MINUTE, mono: 0, uptime: 8 * 60 * MINUTE });
  world.seen = {};
  await world.pass(1_500);
  expect(world.monitor.snapshot().facts?.listeners).toBeUndefined();
});

test('a deep look looks at everything, and whoever asks meanwhile or soon after shares it', async () => {
  const world = await watching();
  await world.pass(2_000);
  world.looks.length = 0;
  const asked = { app: null, askedFrom: '100.64.0.9' } as const;
  const looks = [world.monitor.lookDeep(asked), world.monitor.lookDeep({ ...asked, app: -1001 })];
  await world.pass(1_000);
  const [plain, complaint] = await Promise.all(looks);
  expect(new Set(world.looks.map(({ name }) => name))).toEqual(new Set(Object.keys(CADENCE)));
  expect(looksAt(world, 'firewall')).toHaveLength(1);
  expect(plain?.facts.complaint).toBeUndefined();
  expect(complaint?.facts.complaint?.value).toEqual({ code: -1001 });
  expect(plain?.blind.map(({ what }) => what)).toContain('firewall');
  const again = world.monitor.lookDeep(asked);
  await world.pass(10);
  await again;
  expect(looksAt(world, 'firewall')).toHaveLength(1);
});

test('a person’s complaint changes nothing that is shown', async () => {
  const world = await watching();
  const look = world.monitor.lookDeep({ app: -1004, askedFrom: null });
  await world.pass(10_000);
  await look;
  expect(shown(world)).toEqual(['ready', 'healthy']);
});

const service = (starts: number): Service => ({
  manager: 'launchd',
  label: 'dev.jeet.ankivoice',
  state: 'restarting',
  starts,
});

test('restarts are counted between two readings of the service', async () => {
  const world = await watching();
  world.seen = { service: service(3) };
  world.server = refusing;
  await world.pass(7_000);
  world.seen = { service: service(5) };
  await world.pass(10_000);
  expect(world.monitor.snapshot().facts?.restarts?.value.times).toBe(2);
});

test('a confirmed cause is noted once, with the facts that decided it', async () => {
  const world = await watching();
  world.server = refusing;
  await world.pass(5 * MINUTE);
  const notes = world.notes.filter(({ kind }) => kind === 'diagnosis');
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatchObject({ cause: 'not-running', evidence: expect.arrayContaining([expect.any(String)]) });
  world.server = ready;
  await world.pass(MINUTE);
  expect(world.notes).toHaveLength(1);
});

test('our own history tells when it was last up', async () => {
  const world = await watching();
  world.server = refusing;
  const until = world.wall;
  await world.pass(10_000);
  const past = world.monitor.snapshot().facts?.past?.value;
  expect(past?.lastUpAt).toBeGreaterThan(until - 5_000);
  expect(past?.lastUpAt).toBeLessThanOrEqual(until + 10);
  expect(past?.firstFailedAt).toBeGreaterThan(past?.lastUpAt ?? 0);
});

test('after a sleep, the machine’s own log tells when it was, where it keeps one', async () => {
  const world = await watching();
  const from = world.wall + 1_000;
  world.slept = { from, to: from + 3_600_000 };
  world.skip({ wall: 3_700_000, mono: 0, uptime: 3_700_000 });
  await world.pass(40_000);
  expect(world.monitor.snapshot().facts?.past?.value.lastSleep).toEqual(world.slept);
});

test('trouble that goes on unchanged is looked at more seldom, but for what costs no subprocess', async () => {
  const world = await watching();
  world.server = refusing;
  await world.pass(4 * MINUTE);
  world.looks.length = 0;
  await world.pass(5 * MINUTE);
  expect(looksAt(world, 'processes').length).toBeLessThanOrEqual(11);
  expect(looksAt(world, 'anki').length).toBeGreaterThanOrEqual(55);
});

test('what is not here now is asked for again in the next situation', async () => {
  const world = await watching();
  world.blindBecause = 'not-here';
  world.server = refusing;
  await world.pass(20_000);
  world.looks.length = 0;
  await world.pass(12_000);
  expect(looksAt(world, 'service').length).toBeGreaterThanOrEqual(2);
});

test('a run of the owner’s is followed by a new look at everything', async () => {
  const world = await watching();
  world.server = refusing;
  await world.pass(5 * MINUTE);
  world.looks.length = 0;
  const run = { command: 'uvicorn', outcome: 'exited', exitCode: 1, upAfterMs: null, output: '' } as const;
  world.monitor.note({ kind: 'remedy', at: world.wall, ...run });
  await world.pass(5_100);
  expect(looksAt(world, 'service')).toHaveLength(1);
  expect(looksAt(world, 'log')).toHaveLength(1);
});

test('a look that is under way when the situation changes does not stand in for one of now', async () => {
  const world = await watching();
  world.lookMs = 2_500;
  world.server = refusing;
  await world.pass(5_100);
  world.server = 'silent';
  world.looks.length = 0;
  await world.pass(2_200);
  expect(looksAt(world, 'listeners').length).toBeGreaterThanOrEqual(1);
});
