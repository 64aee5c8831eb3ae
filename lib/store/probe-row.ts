import * as z from 'zod/mini';
import type { Counted } from '#lib/domain/bucket.ts';
import { CAUSES } from '#lib/domain/cause.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import { PHASES, type Phase, type PhaseTimings, type ProbeResult, REASONS, TARGET_KINDS } from '#lib/domain/probe.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { atPlace } from './parse-row.ts';
import type { ProbeTable } from './schema.ts';
import { type Words, wordsSchema } from './words.ts';

/** Room for four kinds of target per millisecond. */
export const IDS_PER_MS = 4;
export const NAME = TARGET_KINDS.indexOf('name');

export const idFrom = (at: EpochMs): number => at * IDS_PER_MS;
export const momentOf = (id: number): EpochMs => Math.floor(id / IDS_PER_MS);

const COLUMN_OF = {
  dns: 'dns_us',
  tcp: 'tcp_us',
  tls: 'tls_us',
  firstByte: 'first_byte_us',
  download: 'download_us',
} as const satisfies Record<Phase, keyof ProbeTable>;

const place = z.int().check(z.nonnegative());
const micros = z.nullable(z.int().check(z.nonnegative()));
export const measurementSchema = z.object({
  id: z.int(),
  cause: place,
  late: z.int(),
  total_us: z.int().check(z.nonnegative()),
  dns_us: micros,
  tcp_us: micros,
  tls_us: micros,
  first_byte_us: micros,
  download_us: micros,
  failed_in: z.nullable(place),
  reason: z.nullable(place),
  status: z.nullable(z.int()),
  body: z.string(),
});

/** The columns that a bucket counts. */
export const COUNTED_COLUMNS = [
  'id',
  'cause',
  'total_us',
  'dns_us',
  'tcp_us',
  'tls_us',
  'first_byte_us',
  'download_us',
  'failed_in',
] as const satisfies readonly (keyof ProbeTable)[];
type CountedRow = Pick<ProbeTable, (typeof COUNTED_COLUMNS)[number]>;

/** The row of a probe whose words are kept under this id. Throws a RangeError on a moment or a timing that is no time. */
export function rowOfMeasurement({ result, cause, late }: Measurement, words: number): ProbeTable {
  if (!Number.isSafeInteger(idFrom(result.startedAt))) {
    throw new RangeError(`A probe cannot start at ${result.startedAt}.`);
  }
  const microsOf = (phase: Phase) => (result.timings[phase] === undefined ? null : toMicros(result.timings[phase]));
  const failed = result.outcome === 'failed';
  return {
    id: idFrom(result.startedAt) + TARGET_KINDS.indexOf(result.target.kind),
    cause: CAUSES.indexOf(cause),
    late: late ? 1 : 0,
    total_us: toMicros(result.totalMs),
    dns_us: microsOf('dns'),
    tcp_us: microsOf('tcp'),
    tls_us: microsOf('tls'),
    first_byte_us: microsOf('firstByte'),
    download_us: microsOf('download'),
    failed_in: failed ? PHASES.indexOf(result.failedIn) : null,
    reason: failed ? REASONS.indexOf(result.reason) : null,
    status: failed ? (result.status ?? null) : null,
    words,
  };
}

/** Checked by hand, like buckets and for the same reason. Throws a RangeError on what we cannot have written. */
export function countedOf(row: CountedRow): Counted & { readonly at: EpochMs } {
  if (row.total_us < 0) throw new RangeError('A probe took less than no time.');
  return {
    at: momentOf(row.id),
    cause: atPlace(CAUSES, row.cause),
    answered: row.failed_in === null,
    totalMs: row.total_us / 1_000,
    timings: timingsOf(row),
  };
}

/** The probe that was kept, its timings to the microsecond. Throws on what we cannot have written. */
export function measurementOf(row: z.infer<typeof measurementSchema>): Measurement {
  const words = wordsSchema.parse(JSON.parse(row.body));
  return { result: resultOf(row, words), cause: atPlace(CAUSES, row.cause), late: row.late !== 0 };
}

function resultOf(row: z.infer<typeof measurementSchema>, words: Words): ProbeResult {
  const { url, targetAddress, address, addresses, health, code, detail, local } = words;
  const kind = atPlace(TARGET_KINDS, row.id % IDS_PER_MS);
  const common = {
    target: { kind, url, ...(targetAddress === undefined ? {} : { address: targetAddress }) },
    startedAt: momentOf(row.id),
    ...(address === undefined ? {} : { address }),
    ...(addresses === undefined ? {} : { addresses }),
    timings: timingsOf(row),
    totalMs: row.total_us / 1_000,
  };
  if (health !== undefined) return { ...common, outcome: 'answered', status: 200, health };
  return {
    ...common,
    outcome: 'failed',
    failedIn: atPlace(PHASES, row.failed_in ?? -1),
    reason: atPlace(REASONS, row.reason ?? -1),
    ...(row.status === null ? {} : { status: row.status }),
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(local === undefined ? {} : { local }),
  };
}

function timingsOf(row: CountedRow): PhaseTimings {
  const timings: Partial<Record<Phase, number>> = {};
  for (const phase of PHASES) {
    const value = row[COLUMN_OF[phase]];
    if (value !== null) timings[phase] = value / 1_000;
  }
  return timings;
}

function toMicros(ms: number): number {
  if (!(ms >= 0)) throw new RangeError(`A timing cannot be ${ms} ms.`);
  return Math.round(ms * 1_000);
}
