import { setImmediate as yieldToLoop } from 'node:timers/promises';
import { DAY, type EpochMs, HOUR } from '#lib/domain/time.ts';
import { notesBegin } from './notes.ts';
import { idFrom } from './probe-row.ts';
import { floorTo, rolledUntil } from './roll-up.ts';
import type { Db, Tables } from './schema.ts';
import { TIERS, type TierName } from './tiers.ts';

/** How long probes, states and notes are kept; buckets say it themselves. */
const KEPT_MS = { probe: 30 * DAY, span: 730 * DAY, note: 730 * DAY } as const;

const BATCH_ROWS = 1_000;
const MOST_BATCHES = 60;

/**
 * Forgets what is past its retention and already rolled up: at most 60,000 rows a call, 1,000 a transaction. Horizons move
 * an hour at a time, so that whole pages come free at once and most calls find nothing to do.
 */
export async function forget(db: Db, now: EpochMs): Promise<void> {
  const settled = await rolledUntil(db);
  if (settled === null) return;
  const horizon = (keptMs: number) => Math.min(floorTo(now - keptMs, HOUR), settled);
  const batches = { left: MOST_BATCHES };
  await forgetRows(db, { table: 'probe', key: 'id', before: idFrom(horizon(KEPT_MS.probe)) }, batches);
  for (const { table, keptMs } of TIERS) {
    if (Number.isFinite(keptMs))
      await forgetRows(db, { table, key: 'at', before: bucketHorizon(horizon(keptMs)) }, batches);
  }
  const spans = await spanAt(db, horizon(KEPT_MS.span));
  await forgetRows(db, { table: 'span', key: 'at', before: spans }, batches);
  const notes = Math.max(horizon(KEPT_MS.note), (await notesBegin(db)) ?? 0);
  await forgetRows(db, { table: 'note', key: 'at', before: notes }, batches);
  // Words note their use once a day, so the youngest probe of an entry may be a day younger than its note.
  await db
    .deleteFrom('words')
    .where('used_at', '<', horizon(KEPT_MS.probe) - 2 * DAY)
    .execute();
}

/** Whole days only: the finer buckets of a day that is not over are still needed to make the coarser ones. */
const bucketHorizon = (horizon: EpochMs): EpochMs => floorTo(horizon, DAY);

/** Where the state that lasts at the horizon began: that span is still needed. */
async function spanAt(db: Db, horizon: EpochMs): Promise<EpochMs> {
  const row = await db
    .selectFrom('span')
    .select('at')
    .where('at', '<=', horizon)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? horizon;
}

type Doomed =
  | { readonly table: 'probe'; readonly key: 'id'; readonly before: number }
  | { readonly table: TierName | 'span' | 'note'; readonly key: 'at'; readonly before: EpochMs };

async function forgetRows(db: Db, { table, key, before }: Doomed, batches: { left: number }): Promise<void> {
  const { ref } = db.dynamic;
  while (batches.left > 0) {
    batches.left -= 1;
    const doomed = db
      .selectFrom(table as keyof Tables)
      .select(ref<'id'>(key))
      .where(ref(key), '<', before)
      .orderBy(ref(key))
      .limit(BATCH_ROWS);
    const { numDeletedRows } = await db
      .deleteFrom(table as keyof Tables)
      .where(ref(key), 'in', doomed)
      .executeTakeFirstOrThrow();
    if (Number(numDeletedRows) < BATCH_ROWS) return;
    await yieldToLoop();
  }
}
