import type { DatabaseSync } from 'node:sqlite';
import type { Cause, GapReason } from '#lib/domain/cause.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import type { TargetKind } from '#lib/domain/probe.ts';
import { DAY, type DurationMs, type EpochMs, HOUR, SECOND } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import { historyOn } from '#lib/store/open-history.ts';
import { fc } from '#tests/support/fast-check.ts';
import { gap, MIDNIGHT, measured, state } from './rounds.ts';

type Round = {
  readonly happens: 'round';
  readonly afterMs: DurationMs;
  readonly cause: Cause;
  readonly totalMs: DurationMs;
  readonly late: boolean;
  readonly kinds: readonly TargetKind[];
};
type Gap = { readonly happens: 'gap'; readonly reason: GapReason; readonly lastsMs: DurationMs };
type RollUp = { readonly happens: 'rollUp'; readonly aheadMs: DurationMs };
type Event = Round | Gap | RollUp | { readonly happens: 'restart' };

const round: fc.Arbitrary<Event> = fc.record({
  happens: fc.constant('round'),
  afterMs: fc.oneof(fc.integer({ min: 5_001, max: 60_000 }), fc.integer({ min: 5_001, max: 5 * HOUR })),
  cause: fc.constantFrom('healthy', 'healthy', 'not-running', 'hung', 'anki-not-running'),
  totalMs: fc.integer({ min: 0, max: 5_000_000 }).map((micros) => micros / 1_000),
  late: fc.boolean(),
  kinds: fc.constantFrom<readonly TargetKind[]>(['name'], ['name', 'tailnet', 'loopback']),
});
const gapEvent: fc.Arbitrary<Event> = fc.record({
  happens: fc.constant('gap'),
  reason: fc.constantFrom('asleep', 'stopped', 'frozen', 'clock'),
  lastsMs: fc.integer({ min: SECOND, max: 3 * DAY }),
});
const rollUp: fc.Arbitrary<Event> = fc.record({
  happens: fc.constant('rollUp'),
  aheadMs: fc.constantFrom(0, 40 * DAY),
});

/** What a monitor may live through, in order. */
export const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: round },
    { weight: 1, arbitrary: gapEvent },
    { weight: 2, arbitrary: rollUp },
    { weight: 1, arbitrary: fc.constant<Event>({ happens: 'restart' }) },
  ),
  { maxLength: 60 },
);

/** A store, and beside it in plain lists everything that it was told and believes. */
export type Life = {
  store: HistoryStore;
  now: EpochMs;
  measuredUntil: EpochMs;
  readonly spans: Span[];
  readonly probes: Measurement[];
};

/** Lives through it with a store on this empty database. */
export async function live(sqlite: DatabaseSync, all: readonly Event[]): Promise<Life> {
  const now = MIDNIGHT + 7 * HOUR + 123;
  const life: Life = { store: await historyOn(sqlite), now, measuredUntil: MIDNIGHT, spans: [], probes: [] };
  for (const event of all) {
    if (event.happens === 'round') await liveRound(life, event);
    else if (event.happens === 'gap') await liveGap(life, event);
    else if (event.happens === 'rollUp') await settle(life, event);
    else life.store = await historyOn(sqlite);
  }
  return life;
}

async function liveRound(life: Life, { afterMs, cause, totalMs, late, kinds }: Round): Promise<void> {
  life.now += afterMs;
  const newest = life.spans.at(-1);
  const begins = !late && (newest === undefined || newest.level === 'no-data' || newest.cause !== cause);
  const spans = begins ? [state(life.now, cause)] : [];
  const measurements = kinds.map((kind) => measured(life.now, { cause, totalMs, late, kind }));
  await life.store.record({ measurements, spans });
  life.spans.push(...spans);
  if (late) return;
  life.probes.push(...measurements.slice(0, 1));
  life.measuredUntil = life.now + Math.floor(totalMs);
}

async function liveGap(life: Life, { reason, lastsMs }: Gap): Promise<void> {
  const newest = life.spans.at(-1);
  if (newest === undefined) return;
  const at = newest.level === 'no-data' ? life.now : Math.max(life.measuredUntil, newest.at + 1);
  const span = gap(at, reason);
  await life.store.record({ measurements: [], spans: [span] });
  life.spans.push(span);
  life.now = Math.max(life.now, at) + lastsMs;
}

/** A state that lasts is also asked to be rolled up further than it was measured; a gap only as far as it is known to go. */
const settle = ({ store, spans, measuredUntil, now }: Life, { aheadMs }: RollUp): Promise<void> =>
  store.rollUp(spans.at(-1)?.level === 'no-data' ? now : measuredUntil + aheadMs);
