import * as z from 'zod/mini';
import { CAUSES, GAP_REASONS } from '#lib/domain/cause.ts';
import { LEVELS } from '#lib/domain/level.ts';
import type { Span } from '#lib/domain/timeline.ts';
import { atPlace, type OnCorruptRow, orReport } from './parse-row.ts';
import type { SpanTable } from './schema.ts';

/** How a ready span's level is stored. */
export const READY = LEVELS.indexOf('ready');

const schema = z.object({
  at: z.int(),
  level: z.int(),
  cause: z.nullable(z.int()),
  confirmed_at: z.nullable(z.int()),
  gap: z.nullable(z.int()),
});

export function rowOfSpan(span: Span): SpanTable {
  const level = LEVELS.indexOf(span.level);
  if (span.level === 'no-data') {
    return { at: span.at, level, cause: null, confirmed_at: null, gap: GAP_REASONS.indexOf(span.gap) };
  }
  return { at: span.at, level, cause: CAUSES.indexOf(span.cause), confirmed_at: span.confirmedAt, gap: null };
}

/** An unreadable span is reported and becomes a gap: nothing is claimed of a time whose state is lost. */
export function spanOfRow(row: SpanTable, onCorruptRow: OnCorruptRow): Span {
  const span = orReport('span', onCorruptRow, () => spanOf(schema.parse(row)));
  return span ?? { at: row.at, level: 'no-data', gap: 'stopped' };
}

function spanOf(row: z.infer<typeof schema>): Span {
  const level = atPlace(LEVELS, row.level);
  if (level === 'no-data') return { at: row.at, level, gap: atPlace(GAP_REASONS, row.gap ?? -1) };
  if (row.confirmed_at === null) throw new RangeError('A state was never confirmed.');
  return { at: row.at, level, cause: atPlace(CAUSES, row.cause ?? -1), confirmedAt: row.confirmed_at };
}
