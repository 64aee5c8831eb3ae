import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];
/** The colour of a point, both coordinates from 0 to 1. */
type Paint = (x: number, y: number) => Colour;

/** A PNG of 8-bit RGB. Source of the format: RFC 2083. */
export function png(width: number, height: number, paint: Paint): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const colours = Array.from({ length: width }, (_, x) => paint(x / width, y / height));
    return Buffer.from([0, ...colours.flat()]); // 0: the row is not filtered
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const RATE = 8_000;

/** A quarter of a second of one tone, as 16-bit mono WAV. */
export function wav(hertz: number): Buffer {
  const samples = RATE / 4;
  const data = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at += 1) {
    const fade = Math.min(1, at / 200, (samples - at) / 200);
    data.writeInt16LE(Math.round(8_000 * fade * Math.sin((2 * Math.PI * hertz * at) / RATE)), at * 2);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // PCM
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** Half a second of silence: MPEG-1 layer 3 at 128 kbit/s and 44.1 kHz, whose empty frames have 417 bytes. */
export function silentMp3(): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc4]);
  return Buffer.concat(Array.from({ length: 20 }, () => frame));
}
