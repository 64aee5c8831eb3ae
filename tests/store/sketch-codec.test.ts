import { expect, test } from 'vitest';
import { emptySketch, type LatencySketch, sketchOf } from '#lib/domain/latency-sketch.ts';
import { readSketch, writeSketch } from '#lib/store/sketch-codec.ts';
import { VarintReader, VarintWriter } from '#lib/store/varint.ts';
import { fc } from '#tests/support/fast-check.ts';

function encodeSketch(sketch: LatencySketch): Uint8Array {
  const writer = new VarintWriter();
  writeSketch(writer, sketch);
  return writer.toBytes();
}

const decodeSketch = (bytes: Uint8Array): LatencySketch => readSketch(new VarintReader(bytes));

const latency = fc.double({ min: -4, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);

test('a sketch read back is the sketch that was kept', () => {
  fc.assert(
    fc.property(fc.array(latency, { maxLength: 400 }), (latencies) => {
      const sketch = sketchOf(latencies);
      expect(decodeSketch(encodeSketch(sketch))).toEqual(sketch);
    }),
  );
});

test('a minute of twelve probes takes at most 45 bytes, however far apart they are', () => {
  const scattered = fc.array(fc.double({ min: 0.2, max: 5_000, noNaN: true }), { minLength: 12, maxLength: 12 });
  fc.assert(fc.property(scattered, (latencies) => encodeSketch(sketchOf(latencies)).length <= 45));
});

test('nothing measured takes no bytes', () => {
  expect(encodeSketch(emptySketch())).toHaveLength(0);
  expect(decodeSketch(new Uint8Array())).toBe(emptySketch());
});

test('bytes that are no sketch are refused, not believed', () => {
  const bytes = encodeSketch(sketchOf([1, 20, 300]));
  expect(() => decodeSketch(bytes.slice(0, -1))).toThrow(RangeError);
  expect(() => decodeSketch(new Uint8Array([255, 255]))).toThrow(RangeError);
  expect(() => decodeSketch(new Uint8Array(12).fill(255))).toThrow(RangeError);
});
