import { expect, test } from 'vitest';
import type { Cause } from '#lib/domain/cause.ts';
import { type Change, CONFIRM_MS, observe, pendingOf, startTracking } from '#lib/domain/confirmation.ts';

type Seen = readonly [startS: number, seenS: number, cause: Cause, silent?: 'silent'];

/** Plays observations (start and end in seconds) and lists the changes with the second at which each became certain. */
function play(shown: Cause, seen: readonly Seen[], confirmMs = CONFIRM_MS) {
  let tracker = startTracking(shown);
  const changes: (Change & { readonly atS: number })[] = [];
  for (const [startS, seenS, cause, silent] of seen) {
    const observation = { at: startS * 1_000, monoAt: startS * 1_000, cause, final: silent === undefined };
    const step = observe(tracker, observation, { monoNow: seenS * 1_000, confirmMs });
    tracker = step.tracker;
    if (step.change !== null) changes.push({ ...step.change, atS: seenS });
  }
  return { changes, tracker };
}

test('believes a stopped server after two more probes, and dates it from the first', () => {
  const { changes } = play('healthy', [
    [5, 5, 'not-running'],
    [6, 6, 'not-running'],
    [7, 7, 'not-running'],
  ]);
  expect(changes).toEqual([{ cause: 'not-running', since: 5_000, atS: 7 }]);
});

test('shows what does not touch the phone after two more probes, and at the start too', () => {
  const seen: readonly Seen[] = [
    [5, 5, 'magicdns-unused'],
    [6, 6, 'magicdns-unused'],
    [7, 7, 'magicdns-unused'],
  ];
  const change = { cause: 'magicdns-unused', since: 5_000, atS: 7 };
  expect(play('healthy', seen).changes).toEqual([change]);
  expect(play('no-data', seen).changes).toEqual([change]);
});

test('makes no incident of one lost packet', () => {
  const { changes, tracker } = play('healthy', [
    [5, 6, 'unreachable', 'silent'],
    [6, 6, 'healthy'],
    [5, 10, 'unreachable'],
    [11, 11, 'healthy'],
  ]);
  expect(changes).toEqual([]);
  expect(pendingOf(tracker)).toBeNull();
});

test('believes a silent server after two seconds of silence, before any probe has ended', () => {
  const { changes } = play('healthy', [
    [5, 6, 'hung', 'silent'],
    [6, 7, 'hung', 'silent'],
  ]);
  expect(changes).toEqual([{ cause: 'hung', since: 5_000, atS: 7 }]);
});

test('calls a server slow, not hung, once one of its late answers is in', () => {
  const { changes } = play('healthy', [
    [5, 6, 'hung', 'silent'],
    [5, 6.3, 'slower-than-app'],
    [6, 7, 'hung', 'silent'],
  ]);
  expect(changes).toEqual([{ cause: 'slower-than-app', since: 5_000, atS: 7 }]);
});

test('leaves ready also when the failures differ from probe to probe', () => {
  const { changes } = play('healthy', [
    [5, 5, 'not-running'],
    [6, 6, 'server-error'],
    [7, 7, 'closed-early'],
  ]);
  expect(changes).toEqual([{ cause: 'closed-early', since: 5_000, atS: 7 }]);
});

test('does not call a server ready that fails every other time', () => {
  const { changes } = play('healthy', [
    [5, 5, 'not-running'],
    [6, 6, 'healthy'],
    [11, 11, 'not-running'],
    [12, 12, 'healthy'],
    [17, 17, 'not-running'],
  ]);
  expect(changes).toEqual([{ cause: 'not-running', since: 5_000, atS: 17 }]);
});

test('a server that comes back after hanging did hang, though it answers late what it was asked', () => {
  const { changes } = play('hung', [
    [10, 11, 'hung', 'silent'],
    [11, 12, 'hung', 'silent'],
    [10, 14, 'slower-than-app'],
    [11, 14, 'slower-than-app'],
    [14, 14, 'healthy'],
    [15, 15, 'healthy'],
    [16, 16, 'healthy'],
  ]);
  expect(changes).toEqual([{ cause: 'healthy', since: 14_000, atS: 16 }]);
});

test('comes back to ready only when ready lasts', () => {
  const { changes } = play('not-running', [
    [5, 5, 'healthy'],
    [6, 6, 'not-running'],
    [7, 7, 'healthy'],
    [8, 8, 'healthy'],
    [9, 9, 'healthy'],
  ]);
  expect(changes).toEqual([{ cause: 'healthy', since: 7_000, atS: 9 }]);
});

test('changes the cause while it stays down', () => {
  const { changes } = play('not-running', [
    [5, 5, 'wrong-program'],
    [6, 6, 'wrong-program'],
    [7, 7, 'wrong-program'],
  ]);
  expect(changes).toEqual([{ cause: 'wrong-program', since: 5_000, atS: 7 }]);
});

test('goes down from degraded also when the failures differ from probe to probe', () => {
  const { changes } = play('anki-not-running', [
    [5, 5, 'not-running'],
    [6, 6, 'server-error'],
    [7, 7, 'not-running'],
  ]);
  expect(changes).toEqual([{ cause: 'not-running', since: 5_000, atS: 7 }]);
});

test('believes the first ready after no data at once, and a failure only when it lasts', () => {
  expect(play('no-data', [[0, 0, 'healthy']]).changes).toEqual([{ cause: 'healthy', since: 0, atS: 0 }]);
  expect(play('no-data', [[0, 0, 'not-running']]).changes).toEqual([]);
});

test('waits longer after waking, until the tunnel is back', () => {
  const refusals: Seen[] = [0, 1, 2, 3, 4].map((s) => [s, s, 'unreachable']);
  expect(play('no-data', refusals, 10_000).changes).toEqual([]);
});

test('says what is pending, and since when', () => {
  const { tracker } = play('healthy', [
    [5, 5, 'not-running'],
    [6, 6, 'not-running'],
  ]);
  expect(pendingOf(tracker)).toEqual({ level: 'down', since: 5_000 });
});
