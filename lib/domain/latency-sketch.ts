import type { DurationMs } from './time.ts';

/**
 * A DDSketch (Masson, Rim and Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees",
 * VLDB 2019) of latencies in whole microseconds: bin i counts the values in (GAMMA^(i-1), GAMMA^i] µs. Sparse and plain data:
 * `bins` rises strictly, `counts[k]` belongs to `bins[k]`. Count, sum, least and greatest are exact; all zero when empty.
 */
export type LatencySketch = {
  readonly count: number;
  readonly sumMicros: number;
  readonly minMicros: number;
  readonly maxMicros: number;
  readonly bins: readonly number[];
  readonly counts: readonly number[];
};

/** How far a quantile may be from the exact one of the same rank, as a share of it. */
export const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LN_GAMMA = Math.log(GAMMA);

const EMPTY: LatencySketch = { count: 0, sumMicros: 0, minMicros: 0, maxMicros: 0, bins: [], counts: [] };

export const emptySketch = (): LatencySketch => EMPTY;

/** The bin of a whole number of microseconds. Zero shares the lowest bin with 1 µs. */
export const binOf = (micros: number): number => (micros <= 1 ? 0 : Math.ceil(Math.log(micros) / LN_GAMMA));

/** The value of a bin that is at most 1 % from every value in it, in microseconds. */
const middleOf = (bin: number): number => (2 * GAMMA ** bin) / (GAMMA + 1);

/** A sketch of these latencies, each rounded to the microsecond. Throws a RangeError on a negative or endless one. */
export function sketchOf(latencies: Iterable<DurationMs>): LatencySketch {
  const sorted = Array.from(latencies, microsOf).sort((a, b) => a - b);
  const [minMicros, maxMicros] = [sorted[0], sorted.at(-1)];
  if (minMicros === undefined || maxMicros === undefined) return EMPTY;
  const bins: number[] = [];
  const counts: number[] = [];
  let sumMicros = 0;
  for (const micros of sorted) {
    const bin = binOf(micros);
    if (bins.at(-1) !== bin) {
      bins.push(bin);
      counts.push(0);
    }
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    sumMicros += micros;
  }
  return { count: sorted.length, sumMicros, minMicros, maxMicros, bins, counts };
}

export const addLatency = (sketch: LatencySketch, ms: DurationMs): LatencySketch =>
  mergeSketches([sketch, sketchOf([ms])]);

/** The sketch of everything the given ones have seen: exactly the one that all their values together would make. */
export function mergeSketches(sketches: Iterable<LatencySketch>): LatencySketch {
  const filled = [...sketches].filter(({ count }) => count > 0);
  const [first, ...others] = filled;
  if (first === undefined) return EMPTY;
  if (others.length === 0) return first;
  let { count, sumMicros, minMicros, maxMicros } = first;
  for (const other of others) {
    count += other.count;
    sumMicros += other.sumMicros;
    minMicros = Math.min(minMicros, other.minMicros);
    maxMicros = Math.max(maxMicros, other.maxMicros);
  }
  return { count, sumMicros, minMicros, maxMicros, ...mergedBins(filled, binOf(minMicros), binOf(maxMicros)) };
}

/** One count per bin that a whole number of microseconds can fall into. All zero between two merges. */
const scratch = new Float64Array(binOf(Number.MAX_SAFE_INTEGER) + 1);

function mergedBins(
  sketches: readonly LatencySketch[],
  lowest: number,
  highest: number,
): Pick<LatencySketch, 'bins' | 'counts'> {
  for (const { bins, counts } of sketches) {
    for (let k = 0; k < bins.length; k += 1) {
      const bin = bins[k] ?? 0;
      scratch[bin] = (scratch[bin] ?? 0) + (counts[k] ?? 0);
    }
  }
  const bins: number[] = [];
  const counts: number[] = [];
  for (let bin = lowest; bin <= highest; bin += 1) {
    const count = scratch[bin] ?? 0;
    if (count === 0) continue;
    bins.push(bin);
    counts.push(count);
    scratch[bin] = 0;
  }
  return { bins, counts };
}

/** The latency below which the share `q` (0 to 1) of all lies, within 1 % (or 1 µs) of the exact one of rank ⌊q·(count−1)⌋. Null when empty. */
export function quantile(sketch: LatencySketch, q: number): DurationMs | null {
  const { count, bins, counts, minMicros, maxMicros } = sketch;
  if (count === 0) return null;
  const rank = Math.floor(q * (count - 1));
  let seen = 0;
  for (const [k, bin] of bins.entries()) {
    seen += counts[k] ?? 0;
    if (seen > rank) return Math.min(maxMicros, Math.max(minMicros, middleOf(bin))) / 1_000;
  }
  return maxMicros / 1_000;
}

/** The least latency, exact to the microsecond; null when empty. */
export const minOf = ({ count, minMicros }: LatencySketch): DurationMs | null =>
  count === 0 ? null : minMicros / 1_000;

/** The greatest latency, exact to the microsecond; null when empty. */
export const maxOf = ({ count, maxMicros }: LatencySketch): DurationMs | null =>
  count === 0 ? null : maxMicros / 1_000;

function microsOf(ms: DurationMs): number {
  if (!(ms >= 0 && ms < Number.MAX_SAFE_INTEGER / 1_000)) throw new RangeError(`A latency cannot be ${ms} ms.`);
  return Math.round(ms * 1_000);
}
