import { stretchesOf } from '#lib/domain/spans.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Span, Stretch } from '#lib/domain/timeline.ts';
import type { Interval } from './history-store.ts';
import type { OnCorruptRow } from './parse-row.ts';
import { IDS_PER_MS, momentOf, NAME } from './probe-row.ts';
import type { Db } from './schema.ts';
import { READY, spanOfRow } from './span-row.ts';

/** What every reading needs. */
export type Reader = { readonly db: Db; readonly onCorruptRow: OnCorruptRow };

type Begun = {
  /** From the newest span at or before `from`, or from the newest ready one there. */
  readonly since: 'any' | 'ready';
  /** None where it is negative, as SQLite has it. */
  readonly limit: number;
};

/** The spans that begin before the interval ends, back to the one it says, newest first. */
async function spansOf(
  { db, onCorruptRow }: Reader,
  { from, to }: Interval,
  { since, limit }: Begun,
): Promise<readonly Span[]> {
  const beginning = db
    .selectFrom('span')
    .select(({ fn }) => fn.max('at').as('at'))
    .where('at', '<=', from)
    .$if(since === 'ready', (spans) => spans.where('level', '=', READY));
  const rows = await db
    .selectFrom('span')
    .selectAll()
    .where('at', '<', to)
    .where('at', '>=', ({ fn, val }) => fn.coalesce(beginning, val(0)))
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => spanOfRow(row, onCorruptRow));
}

/** The states of an interval without holes, as `stretchesOf` tells them. */
export const readStretches = async (
  reader: Reader,
  interval: Interval,
  measuredUntil: EpochMs,
): Promise<readonly Stretch[]> =>
  stretchesOf(await spansOf(reader, interval, { since: 'any', limit: -1 }), interval, Math.floor(measuredUntil));

/** The spans of an interval, and before it back to where it was last ready, newest first. */
export const readSpansFor = (reader: Reader, interval: Interval, limit: number): Promise<readonly Span[]> =>
  spansOf(reader, interval, { since: 'ready', limit });

/** The newest span, and the last moment a believed probe at the name spoke for. */
export async function readNewest(
  reader: Reader,
): Promise<{ readonly span: Span | null; readonly measuredUntil: EpochMs | null }> {
  const [span] = await readSpansFor(reader, { from: 0, to: Number.MAX_SAFE_INTEGER }, 1);
  const probe = await reader.db
    .selectFrom('probe')
    .select(['id', 'total_us'])
    .where(({ eb, val }) => eb(eb('id', '%', val(IDS_PER_MS)), '=', NAME))
    .where('late', '=', 0)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const measuredUntil = probe === undefined ? null : momentOf(probe.id) + Math.floor(probe.total_us / 1_000);
  return { span: span ?? null, measuredUntil };
}
