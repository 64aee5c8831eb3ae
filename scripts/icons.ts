import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { APPLE_ICON, GROUNDS, ICONS, STARTUP_IMAGES } from '#lib/client/home-screen.ts';
import { CHROMIUM_FLAGS } from '#tests/support/chromium-flags.ts';
import { ensureChromium } from './chromium.mjs';
import { ROOT, runMain } from './project.mjs';

const LOGO = readFileSync(join(ROOT, 'assets/logo.svg'), 'utf8');
/** As iOS rounds an icon's corners, of its width. */
const ROUNDING = 0.2237;
/** The share of a splash image's width that the icon takes. */
const SPLASH_ICON = 0.26;
const FAVICON_PIXELS = [16, 32, 48] as const;

/** What is drawn: the logo this wide in the middle of a ground this large. */
type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly logo: number;
  readonly isRounded: boolean;
  /** Null: transparent. */
  readonly ground: string | null;
};

const icon = (pixels: number, isRounded: boolean): Drawing => ({
  width: pixels,
  height: pixels,
  logo: pixels,
  isRounded,
  ground: null,
});

async function draw(browser: Browser, { width, height, logo, isRounded, ground }: Drawing): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width, height } });
  const radius = isRounded ? logo * ROUNDING : 0;
  const body = `margin:0;height:100vh;display:grid;place-items:center;background:${ground ?? 'transparent'}`;
  const image = `data:image/svg+xml;base64,${Buffer.from(LOGO).toString('base64')}`;
  await page.setContent(
    `<body style="${body}"><img src="${image}" style="width:${logo}px;height:${logo}px;border-radius:${radius}px">`,
  );
  await page.locator('img').evaluate((shown: HTMLImageElement) => shown.decode());
  const drawn = await page.screenshot({ omitBackground: ground === null });
  await page.close();
  return drawn;
}

/** An ICO file of PNG images, as Windows Vista and every browser since read it. Source: the ICONDIR of MS-ICO. */
function icoOf(images: readonly { readonly pixels: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [index, { pixels, png }] of images.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(pixels, at);
    head.writeUInt8(pixels, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

function write(url: string, bytes: Buffer | string): void {
  const path = join(ROOT, 'public', url);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** For browsers that take a drawing: the logo with round corners. */
const roundedLogo = (): string =>
  LOGO.replace('height="512" fill=', `height="512" rx="${Math.round(512 * ROUNDING)}" fill=`);

await runMain(async () => {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: [...CHROMIUM_FLAGS] });
  write('/icon.svg', roundedLogo());
  for (const { src, pixels, purpose } of ICONS) write(src, await draw(browser, icon(pixels, purpose === 'any')));
  write(APPLE_ICON.src, await draw(browser, { ...icon(APPLE_ICON.pixels, false), ground: GROUNDS.dark }));
  const favicons = FAVICON_PIXELS.map(async (pixels) => ({ pixels, png: await draw(browser, icon(pixels, true)) }));
  write('/favicon.ico', icoOf(await Promise.all(favicons)));
  for (const { url, width, height, scheme } of STARTUP_IMAGES) {
    const logo = Math.round(width * SPLASH_ICON);
    write(url, await draw(browser, { width, height, logo, isRounded: true, ground: GROUNDS[scheme] }));
  }
  await browser.close();
});
