/** Writes whole numbers, seven bits a byte, least first (LEB128): small numbers, which most are, take one byte. */
export class VarintWriter {
  readonly #bytes: number[] = [];

  /** A whole number from 0 to 2^53 − 1. */
  write(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#bytes.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
  }

  toBytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads them back. Throws a RangeError on bytes that no writer wrote. */
export class VarintReader {
  readonly #bytes: Uint8Array;
  #place = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#place >= this.#bytes.length;
  }

  read(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.#place];
      if (byte === undefined || scale > 2 ** 49) throw new RangeError('The bytes are no list of numbers.');
      this.#place += 1;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }
}
