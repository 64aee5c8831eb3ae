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
  const draft = new Draft();
  for (const ms of latencies) draft.addMicros(microsOf(ms));
  return draft.toSketch();
}

export const addLatency = (sketch: LatencySketch, ms: DurationMs): LatencySketch =>
  mergeSketches([sketch, sketchOf([ms])]);

/** The sketch of everything the given ones have seen: exactly the one that all their values together would make. */
export function mergeSketches(sketches: Iterable<LatencySketch>): LatencySketch {
  const draft = new Draft();
  for (const sketch of sketches) draft.addSketch(sketch);
  return draft.toSketch();
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

/** Counts in a dense array while values come in, so that merging costs one addition per bin; never leaves this file. */
class Draft {
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;
  readonly #dense: number[] = [];

  addMicros(micros: number): void {
    this.#add(binOf(micros), 1);
    this.#note(1, micros, { min: micros, max: micros });
  }

  addSketch({ count, sumMicros, minMicros, maxMicros, bins, counts }: LatencySketch): void {
    if (count === 0) return;
    for (let k = 0; k < bins.length; k += 1) this.#add(bins[k] ?? 0, counts[k] ?? 0);
    this.#note(count, sumMicros, { min: minMicros, max: maxMicros });
  }

  toSketch(): LatencySketch {
    if (this.#count === 0) return EMPTY;
    const bins: number[] = [];
    const counts: number[] = [];
    for (let bin = binOf(this.#min); bin < this.#dense.length; bin += 1) {
      const inBin = this.#dense[bin] ?? 0;
      if (inBin > 0) {
        bins.push(bin);
        counts.push(inBin);
      }
    }
    return { count: this.#count, sumMicros: this.#sum, minMicros: this.#min, maxMicros: this.#max, bins, counts };
  }

  #add(bin: number, count: number): void {
    while (this.#dense.length <= bin) this.#dense.push(0);
    this.#dense[bin] = (this.#dense[bin] ?? 0) + count;
  }

  #note(count: number, sum: number, { min, max }: { min: number; max: number }): void {
    this.#count += count;
    this.#sum += sum;
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
  }
}
