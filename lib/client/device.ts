import type { EpochMs } from '#lib/domain/time.ts';
import { readText, writeText } from './kept/kept-text.ts';

const DEVICE_KEY = 'lifeline.device';

/**
 * A UUIDv7 (RFC 9562 §5.7): the moment in its first 48 bits, the rest random. Own code, because `crypto.randomUUID` makes
 * version 4, and is missing without HTTPS.
 */
export function uuidV7(at: EpochMs): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(at / 2 ** 16));
  view.setUint16(4, at % 2 ** 16);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

let unkeptDevice: string | null = null;

/** The name of this phone, made once; where storage is refused, of this page. */
export function deviceId(): string {
  const known = readText(DEVICE_KEY) ?? unkeptDevice;
  if (known !== null && /^[0-9a-f-]{36}$/.test(known)) return known;
  unkeptDevice = uuidV7(Date.now());
  writeText(DEVICE_KEY, unkeptDevice);
  return unkeptDevice;
}
