import { crc32, deflateSync } from 'node:zlib';

/** Opaque pixels, row by row, each `0xrrggbb`. */
export type Raster = { readonly width: number; readonly height: number; readonly pixels: Uint32Array };

const PALETTE = 256;

/** A PNG with a palette: a third of the bytes of one with full colours. Beyond 256 colours the rarest become their nearest. */
export function indexedPng({ width, height, pixels }: Raster): Buffer {
  const palette = paletteOf(pixels);
  const indexOf = new Map(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  for (const [at, colour] of pixels.entries()) {
    const index = indexOf.get(colour) ?? nearest(palette, colour);
    indexOf.set(colour, index);
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap(channels));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  const chunks = { IHDR: header, PLTE: colours, IDAT: data, IEND: Buffer.alloc(0) };
  return Buffer.concat([signature, ...Object.entries(chunks).map(([type, body]) => chunkOf(type, body))]);
}

/** Source: the PNG specification, §5.3. */
function chunkOf(type: string, body: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(body, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}

function paletteOf(pixels: Uint32Array): readonly number[] {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
  return byCount.slice(0, PALETTE).map(([colour]) => colour);
}

const channels = (colour: number): readonly [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map((other) =>
    Math.hypot(...channels(other).map((value, index) => value - (channels(colour)[index] ?? 0))),
  );
  return distances.indexOf(Math.min(...distances));
}
