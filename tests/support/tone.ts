/** A tone of 440 Hz as a WAV file of 8 bits and 8 kHz. */
export function toneWav(ms: number): Buffer {
  const samples = Math.round(8 * ms);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  const wave = Array.from(
    { length: samples },
    (_, at) => 128 + Math.round(90 * Math.sin((2 * Math.PI * 440 * at) / 8_000)),
  );
  return Buffer.concat([head, Buffer.from(wave)]);
}
