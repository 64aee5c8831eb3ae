import { type Selectable, sql } from 'kysely';
import { stretchesOf } from '#lib/domain/spans.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Span, Stretch } from '#lib/domain/timeline.ts';
import type { Interval } from './history-store.ts';
import type { OnCorruptRow } from './parse-row.ts';
import { IDS_PER_MS, momentOf, NAME } from './probe-row.ts';
import type { Db, SpanTable } from './schema.ts';
import { READY, spanOfRow } from './span-row.ts';

/** What every reading needs. */
export type Reader = { readonly db: Db; readonly onCorruptRow: OnCorruptRow };

/** The spans that touch the interval, oldest first. */
async function spansOf({ db, onCorruptRow }: Reader, { from, to }: Interval): Promise<readonly Span[]> {
  const rows = await db
    .selectFrom('span')
    .selectAll()
    .where('at', '<', to)
    .where('at', '>=', ({ selectFrom, fn }) =>
      fn.coalesce(
        selectFrom('span')
          .select(({ fn: inner }) => inner.max('at').as('at'))
          .where('at', '<=', from),
        sql<number>`${from}`,
      ),
    )
    .orderBy('at')
    .execute();
  return rows.map((row: Selectable<SpanTable>) => spanOfRow(row, onCorruptRow));
}

/** The states of an interval without holes, as `stretchesOf` tells them. */
export const readStretches = async (
  reader: Reader,
  interval: Interval,
  measuredUntil: EpochMs,
): Promise<readonly Stretch[]> => stretchesOf(await spansOf(reader, interval), interval, Math.floor(measuredUntil));

/** The spans of an interval, and before it back to where it was last ready, newest first. */
export async function readSpansFor(
  { db, onCorruptRow }: Reader,
  { from, to }: Interval,
  limit: number,
): Promise<readonly Span[]> {
  const rows = await db
    .selectFrom('span')
    .selectAll()
    .where('at', '<', to)
    .where('at', '>=', ({ selectFrom, fn }) =>
      fn.coalesce(
        selectFrom('span')
          .select(({ fn: inner }) => inner.max('at').as('at'))
          .where('at', '<=', from)
          .where('level', '=', READY),
        sql<number>`0`,
      ),
    )
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => spanOfRow(row, onCorruptRow));
}

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
