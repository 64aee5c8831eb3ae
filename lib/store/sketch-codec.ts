import { binOf, emptySketch, type LatencySketch } from '#lib/domain/latency-sketch.ts';
import type { VarintReader, VarintWriter } from './varint.ts';

/**
 * Writes a sketch to the end of the bytes: least, range and what the sum exceeds count × least by, then per bin the step from
 * the bin before (the first is known from the least value), doubled, plus one when a count other than 1 follows. An empty one
 * is no bytes at all.
 */
export function writeSketch(writer: VarintWriter, sketch: LatencySketch): void {
  const { count, sumMicros, minMicros, maxMicros, bins, counts } = sketch;
  if (count === 0) return;
  writer.write(minMicros);
  writer.write(maxMicros - minMicros);
  writer.write(sumMicros - count * minMicros);
  let before = binOf(minMicros);
  for (const [place, bin] of bins.entries()) {
    const inBin = counts[place] ?? 0;
    writer.write((bin - before) * 2 + (inBin === 1 ? 0 : 1));
    if (inBin !== 1) writer.write(inBin);
    before = bin;
  }
}

/** Reads a sketch that goes to the end of the bytes. Throws a RangeError on others. */
export function readSketch(reader: VarintReader): LatencySketch {
  if (reader.atEnd) return emptySketch();
  const minMicros = reader.read();
  const maxMicros = minMicros + reader.read();
  const aboveMin = reader.read();
  const bins: number[] = [];
  const counts: number[] = [];
  let bin = binOf(minMicros);
  let count = 0;
  while (!reader.atEnd) {
    const step = reader.read();
    const inBin = step % 2 === 0 ? 1 : reader.read();
    bin += Math.floor(step / 2);
    bins.push(bin);
    counts.push(inBin);
    count += inBin;
  }
  if (bin !== binOf(maxMicros)) throw new RangeError('The bins do not end at the greatest value.');
  return { count, sumMicros: aboveMin + count * minMicros, minMicros, maxMicros, bins, counts };
}
