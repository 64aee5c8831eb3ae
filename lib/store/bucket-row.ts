import * as z from 'zod/mini';
import type { Bucket, PhaseSums } from '#lib/domain/bucket.ts';
import { CAUSES } from '#lib/domain/cause.ts';
import { emptySketch } from '#lib/domain/latency-sketch.ts';
import { PHASES } from '#lib/domain/probe.ts';
import { atPlace, type OnCorruptRow, readRow } from './parse-row.ts';
import type { BucketTable } from './schema.ts';
import { decodeSketch, encodeSketch } from './sketch-codec.ts';
import { VarintReader, VarintWriter } from './varint.ts';

const whole = z.int().check(z.nonnegative());
const bytes = z.nullable(z.instanceof(Uint8Array));
const schema = z.object({
  at: z.int(),
  ready_ms: whole,
  degraded_ms: whole,
  down_ms: whole,
  gap_ms: whole,
  count: whole,
  latency: bytes,
  phases: bytes,
  causes: bytes,
});
const reading = { table: 'bucket', schema, toValue: bucketOfColumns };

export function rowOfBucket({ at, count, latency, phases, causes, ...durations }: Bucket): BucketTable {
  return {
    at,
    ready_ms: durations.readyMs,
    degraded_ms: durations.degradedMs,
    down_ms: durations.downMs,
    gap_ms: durations.gapMs,
    count,
    latency: nullWhenEmpty(encodeSketch(latency)),
    phases: encodePhases(phases),
    causes: encodeCauses(causes),
  };
}

/** Null for an unreadable row, which is reported. */
export const bucketOfRow = (row: BucketTable, onCorruptRow: OnCorruptRow): Bucket | null =>
  readRow(reading, row, onCorruptRow);

function bucketOfColumns(row: z.infer<typeof schema>): Bucket {
  return {
    at: row.at,
    readyMs: row.ready_ms,
    degradedMs: row.degraded_ms,
    downMs: row.down_ms,
    gapMs: row.gap_ms,
    count: row.count,
    latency: row.latency === null ? emptySketch() : decodeSketch(row.latency),
    phases: row.phases === null ? {} : decodePhases(row.phases),
    causes: row.causes === null ? {} : decodeCauses(row.causes),
  };
}

const nullWhenEmpty = (encoded: Uint8Array): Uint8Array | null => (encoded.length === 0 ? null : encoded);

/** Per phase: its place, how many entered it, and their sum in microseconds. */
function encodePhases(phases: PhaseSums): Uint8Array | null {
  const writer = new VarintWriter();
  for (const [place, phase] of PHASES.entries()) {
    const sum = phases[phase];
    if (sum === undefined) continue;
    writer.write(place);
    writer.write(sum.count);
    writer.write(Math.round(sum.sumMs * 1_000));
  }
  return nullWhenEmpty(writer.toBytes());
}

function decodePhases(encoded: Uint8Array): PhaseSums {
  const reader = new VarintReader(encoded);
  const phases: { -readonly [P in keyof PhaseSums]: PhaseSums[P] } = {};
  while (!reader.atEnd) {
    const phase = atPlace(PHASES, reader.read());
    const count = reader.read();
    phases[phase] = { sumMs: reader.read() / 1_000, count };
  }
  return phases;
}

/** Per cause: its place and how many probes ended in it. */
function encodeCauses(causes: Bucket['causes']): Uint8Array | null {
  const writer = new VarintWriter();
  for (const [place, cause] of CAUSES.entries()) {
    const count = causes[cause];
    if (count === undefined) continue;
    writer.write(place);
    writer.write(count);
  }
  return nullWhenEmpty(writer.toBytes());
}

function decodeCauses(encoded: Uint8Array): Bucket['causes'] {
  const reader = new VarintReader(encoded);
  const causes: { -readonly [C in keyof Bucket['causes']]: Bucket['causes'][C] } = {};
  while (!reader.atEnd) {
    const cause = atPlace(CAUSES, reader.read());
    causes[cause] = reader.read();
  }
  return causes;
}
