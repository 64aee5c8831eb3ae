import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import manifest from '#app/manifest.ts';
import { APPLE_ICON, GROUNDS, ICONS, STARTUP_IMAGES } from '#lib/client/home-screen.ts';
import { SHELLS } from '#lib/client/worker-rules.ts';

type Png = {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** The top left pixel, `#rrggbb` or `#rrggbbaa`. Whatever a PNG's filters, it stands there as it is. */
  readonly corner: string;
};

const SIGNATURE = '89504e470d0a1a0a';
const RGB = 2;
const INDEXED = 3;
const RGBA = 6;
const BYTES = { [RGB]: 3, [INDEXED]: 1, [RGBA]: 4 };

function readPng(url: string): Png {
  const bytes = readFileSync(join('public', url));
  expect(bytes.toString('hex', 0, 8)).toBe(SIGNATURE);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), body]));
  }
  const colours = bytes.readUInt8(25) as keyof typeof BYTES;
  const [, ...first] = inflateSync(chunks.get('IDAT') ?? '').subarray(0, 1 + BYTES[colours]);
  const [index = 0] = first;
  const corner = colours === INDEXED ? chunks.get('PLTE')?.subarray(3 * index, 3 * index + 3) : Buffer.from(first);
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    hasAlpha: colours === RGBA || chunks.has('tRNS'),
    corner: `#${corner?.toString('hex')}`,
  };
}

const square = (pixels: number) => ({ width: pixels, height: pixels });

test.each(ICONS)('$src is of its size, with round corners unless a system cuts them', ({ src, pixels, purpose }) => {
  const icon = readPng(src);
  expect(icon).toMatchObject(square(pixels));
  if (purpose === 'any') expect(icon.corner).toBe('#00000000');
  else expect(icon.hasAlpha).toBe(false);
});

test('the icon for iOS is opaque, and fills its square', () => {
  const icon = readPng(APPLE_ICON.src);
  expect(icon).toMatchObject({ ...square(180), hasAlpha: false });
  expect(icon.corner).not.toBe(GROUNDS.dark);
});

test('there is a start image of exactly the screen for every phone, by day and by night, on the ground of the app', () => {
  for (const { url, width, height, scheme } of STARTUP_IMAGES)
    expect({ url, ...readPng(url) }).toEqual({ url, width, height, hasAlpha: false, corner: GROUNDS[scheme] });
  expect(new Set(STARTUP_IMAGES.map(({ media }) => media)).size).toBe(22);
  expect(readdirSync('public/splash').toSorted()).toEqual(
    STARTUP_IMAGES.map(({ url }) => url.replace('/splash/', '')).toSorted(),
  );
});

test('a start image is picked by the size in CSS pixels', () => {
  const [iPhone16] = STARTUP_IMAGES.filter(({ url }) => url === '/splash/1179x2556-dark.png');
  expect(iPhone16?.media).toBe(
    '(device-width: 393px) and (device-height: 852px) and (-webkit-device-pixel-ratio: 3) and (orientation: portrait) and (prefers-color-scheme: dark)',
  );
});

test('the grounds are those of the first frame', () => {
  const css = readFileSync('app/globals.css', 'utf8');
  const [light, dark] = [...css.matchAll(/--bg: (#\w+);/g)].map(([, colour = '']) => colour);
  expect([light, dark === '#000' ? '#000000' : dark]).toEqual([GROUNDS.light, GROUNDS.dark]);
});

test('every icon is drawn from the one logo', () => {
  const logo = readFileSync('assets/logo.svg', 'utf8');
  expect(readFileSync('public/icon.svg', 'utf8').replace(/ rx="\d+"/, '')).toBe(logo);
  const iconsInFile = readFileSync('public/favicon.ico').readUInt16LE(4);
  expect(iconsInFile).toBe(3);
});

test('the manifest names icons that exist, and opens pages that the phone holds', () => {
  const told = manifest();
  expect(told).toMatchObject({ id: '/', start_url: '/', scope: '/', display: 'standalone' });
  expect(told.short_name?.length).toBeLessThanOrEqual(12);
  expect(told.icons?.map(({ src, sizes }) => ({ src, sizes }))).toEqual(
    ICONS.map(({ src }) => ({ src, sizes: `${readPng(src).width}x${readPng(src).height}` })),
  );
  for (const { url } of told.shortcuts ?? []) expect(SHELLS).toContain(url);
});
