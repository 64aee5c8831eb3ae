import { levelOf } from '#lib/domain/level.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import type { Note } from '#lib/domain/note.ts';
import { DAY, type DurationMs, type EpochMs, HOUR, SECOND } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import { madeNotes } from './made-notes.ts';
import { type Planned, planOf } from './made-plan.ts';
import { madeProbe } from './made-probe.ts';
import { type Random, randomOf } from './random.ts';

export type Making = {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly intervalMs: DurationMs;
  readonly seed: number;
};

/**
 * Fills an empty store with a made life, by the store's own `record`, `rollUp` and `forget`, an hour of probes to a record.
 * The same arguments make the same history. It ends ready, with a probe less than an interval before `to`.
 */
export async function makeHistory(store: HistoryStore, { from, to, intervalMs, seed }: Making): Promise<void> {
  const random = randomOf(seed);
  const plan = planOf(from, to, random);
  const begun = { plan, intervalMs, random };
  let position: Position = { place: 0, until: from, lasting: null };
  for (let hour = Math.floor(from / HOUR) * HOUR; hour < to; hour += HOUR) {
    const made = makeHour(begun, position, { from: Math.max(hour, from), to: Math.min(hour + HOUR, to) });
    await store.record(made.round);
    position = made.position;
    if ((hour + HOUR) % DAY === 0) await settle(store, position.until, hour + HOUR);
  }
  await settle(store, position.until, to);
}

async function settle(store: HistoryStore, measuredUntil: EpochMs, now: EpochMs): Promise<void> {
  await store.rollUp(measuredUntil);
  await store.forget(now);
}

type Begun = { readonly plan: readonly Planned[]; readonly intervalMs: DurationMs; readonly random: Random };
/** Which of the plan lasts, until when the last probe spoke, and which of the plan has its span already. */
type Position = { readonly place: number; readonly until: EpochMs; readonly lasting: Planned | null };

function makeHour({ plan, intervalMs, random }: Begun, start: Position, hour: { from: EpochMs; to: EpochMs }) {
  const measurements: Measurement[] = [];
  const spans: Span[] = [];
  const notes: Note[] = [];
  let { place, until, lasting } = start;
  for (let tick = Math.ceil(hour.from / intervalMs) * intervalMs; tick < hour.to; tick += intervalMs) {
    place = placeAt(plan, place, tick);
    const now = plan[place];
    if (now === undefined) continue;
    const measurement = 'cause' in now ? madeProbe(tick + Math.floor(random.between(0, 9)), now.cause, random) : null;
    if (now !== lasting) {
      const at = measurement?.result.startedAt ?? until;
      spans.push(spanOf(now, at));
      notes.push(...madeNotes(at, now, lasting));
    }
    lasting = now;
    if (measurement === null) continue;
    measurements.push(measurement);
    until = measurement.result.startedAt + Math.floor(measurement.result.totalMs);
  }
  return { round: { measurements, spans, notes }, position: { place, until, lasting } };
}

/** Which of the plan lasts at this moment, looking on from where it was. */
function placeAt(plan: readonly Planned[], start: number, at: EpochMs): number {
  let place = start;
  while ((plan[place + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) place += 1;
  return place;
}

function spanOf(planned: Planned, at: EpochMs): Span {
  if ('gap' in planned) return { at, level: 'no-data', gap: planned.gap };
  const level = levelOf(planned.cause);
  if (level === 'no-data') return { at, level, gap: 'stopped' };
  return { at, level, cause: planned.cause, confirmedAt: at + 2 * SECOND };
}
