import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { APPLE_ICON, GROUNDS, ICONS, STARTUP_IMAGES, type StartupImage } from '#lib/client/home-screen.ts';
import { CHROMIUM_FLAGS } from '#tests/support/chromium-flags.ts';
import { ensureChromium } from './chromium.mjs';
import { indexedPng } from './indexed-png.ts';
import { ROOT, runMain } from './project.mjs';

const LOGO = readFileSync(join(ROOT, 'assets/logo.svg'), 'utf8');
/** As iOS rounds an icon's corners, of its width. */
const ROUNDING = 0.2237;
/** The share of a splash image's width that the icon takes. */
const SPLASH_ICON = 0.26;
const FAVICON_PIXELS = [16, 32, 48] as const;

/** The logo, this wide and high. */
type Drawing = {
  readonly pixels: number;
  readonly isRounded: boolean;
  /** Null: transparent. */
  readonly ground: string | null;
};

const icon = (pixels: number, isRounded: boolean): Drawing => ({ pixels, isRounded, ground: null });

async function draw(browser: Browser, { pixels, isRounded, ground }: Drawing): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
  const radius = isRounded ? pixels * ROUNDING : 0;
  const body = `margin:0;background:${ground ?? 'transparent'}`;
  const image = `data:image/svg+xml;base64,${Buffer.from(LOGO).toString('base64')}`;
  await page.setContent(
    `<body style="${body}"><img src="${image}" style="display:block;width:${pixels}px;height:${pixels}px;border-radius:${radius}px">`,
  );
  await page.locator('img').evaluate((shown: HTMLImageElement) => shown.decode());
  const drawn = await page.screenshot({ omitBackground: ground === null });
  await page.close();
  return drawn;
}

/** The colours of a drawing without transparency, row by row, as `0xrrggbb`. */
async function coloursOf(browser: Browser, drawing: Drawing): Promise<readonly number[]> {
  const png = await draw(browser, drawing);
  const page = await browser.newPage();
  const colours = await page.evaluate(
    async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data = [] } = context?.getImageData(0, 0, image.width, image.height) ?? {};
      return Array.from({ length: data.length / 4 }, (_, at) => {
        const [red = 0, green = 0, blue = 0] = data.slice(4 * at, 4 * at + 3);
        return red * 65_536 + green * 256 + blue;
      });
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  await page.close();
  return colours;
}

/** The logo in the middle of a flat ground. */
async function splash(browser: Browser, { width, height, scheme }: StartupImage): Promise<Buffer> {
  const ground = GROUNDS[scheme];
  const logo = Math.round(width * SPLASH_ICON);
  const colours = await coloursOf(browser, { ...icon(logo, true), ground });
  const pixels = new Uint32Array(width * height).fill(Number.parseInt(ground.slice(1), 16));
  const [left, top] = [Math.round((width - logo) / 2), Math.round((height - logo) / 2)];
  for (let row = 0; row < logo; row += 1)
    pixels.set(colours.slice(row * logo, (row + 1) * logo), (top + row) * width + left);
  return indexedPng({ width, height, pixels });
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
  for (const image of STARTUP_IMAGES) write(image.url, await splash(browser, image));
  await browser.close();
});
