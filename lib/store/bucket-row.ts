import type { Bucket, PhaseSums } from '#lib/domain/bucket.ts';
import { CAUSES } from '#lib/domain/cause.ts';
import { emptySketch } from '#lib/domain/latency-sketch.ts';
import { PHASES } from '#lib/domain/probe.ts';
import { atPlace, type OnCorruptRow, orReport } from './parse-row.ts';
import type { BucketTable } from './schema.ts';
import { readSketch, writeSketch } from './sketch-codec.ts';
import { VarintReader, VarintWriter } from './varint.ts';

export function rowOfBucket(bucket: Bucket): BucketTable {
  return {
    at: bucket.at,
    ready_ms: bucket.readyMs,
    degraded_ms: bucket.degradedMs,
    down_ms: bucket.downMs,
    gap_ms: bucket.gapMs,
    count: bucket.count,
    tally: bucket.count === 0 ? null : encodeTally(bucket),
  };
}

/**
 * Null for an unreadable row, which is reported. Checked by hand: the tables are STRICT, so the types are SQLite's promise, and
 * a chart reads thousands of rows, on each of which zod would spend as long as all the rest.
 */
export const bucketOfRow = (row: BucketTable, onCorruptRow: OnCorruptRow): Bucket | null =>
  orReport('bucket', onCorruptRow, () => bucketOfColumns(row));

function bucketOfColumns({ at, ready_ms, degraded_ms, down_ms, gap_ms, count, tally }: BucketTable): Bucket {
  if (Math.min(ready_ms, degraded_ms, down_ms, gap_ms, count) < 0) throw new RangeError('Less than nothing was kept.');
  const { phases, causes, latency } = tally === null ? EMPTY : decodeTally(tally);
  if (latency.count > count) throw new RangeError('More probes were answered than there were.');
  return {
    at,
    readyMs: ready_ms,
    degradedMs: degraded_ms,
    downMs: down_ms,
    gapMs: gap_ms,
    count,
    latency,
    phases,
    causes,
  };
}

type Tally = Pick<Bucket, 'phases' | 'causes' | 'latency'>;

/** How many phases, and of each its place, how many entered it, and their sum in µs; the same of causes; then the sketch. */
function encodeTally({ phases, causes, latency }: Tally): Uint8Array {
  const writer = new VarintWriter();
  const entered = PHASES.filter((phase) => phases[phase] !== undefined);
  writer.write(entered.length);
  for (const phase of entered) {
    writer.write(PHASES.indexOf(phase));
    writer.write(phases[phase]?.count ?? 0);
    writer.write(Math.round((phases[phase]?.sumMs ?? 0) * 1_000));
  }
  const ended = CAUSES.filter((cause) => causes[cause] !== undefined);
  writer.write(ended.length);
  for (const cause of ended) {
    writer.write(CAUSES.indexOf(cause));
    writer.write(causes[cause] ?? 0);
  }
  writeSketch(writer, latency);
  return writer.toBytes();
}

const EMPTY: Tally = { phases: {}, causes: {}, latency: emptySketch() };

function decodeTally(tally: Uint8Array): Tally {
  const reader = new VarintReader(tally);
  const phases: { -readonly [P in keyof PhaseSums]: PhaseSums[P] } = {};
  for (let left = reader.read(); left > 0; left -= 1) {
    const phase = atPlace(PHASES, reader.read());
    const count = reader.read();
    phases[phase] = { sumMs: reader.read() / 1_000, count };
  }
  const causes: { -readonly [C in keyof Bucket['causes']]: Bucket['causes'][C] } = {};
  for (let left = reader.read(); left > 0; left -= 1) {
    const cause = atPlace(CAUSES, reader.read());
    causes[cause] = reader.read();
  }
  return { phases, causes, latency: readSketch(reader) };
}
