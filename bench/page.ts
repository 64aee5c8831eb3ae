import { get } from 'node:http';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { SECOND } from '#lib/domain/time.ts';
import { ensureBuilt } from '#scripts/build.mjs';
import { ensureChromium } from '#scripts/chromium.mjs';
import { CHROMIUM_FLAGS } from '#tests/support/chromium-flags.ts';
import { startApp } from '#tests/support/running-app.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';
import { median, printFigures } from './figures.ts';
import { type PageTimes, watchPage } from './page-times.ts';

const RUNS = 5;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
/** Lighthouse's slow 4G: added latency in ms, bytes per second. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_000 };
const CPU_SLOWDOWN = 4;
/** Long enough for the charts to have arrived. */
const SETTLED_MS = 12 * SECOND;

/** What the first screen costs a phone: bytes, and moments on a slow network with a slow processor. */
export async function run(): Promise<void> {
  await ensureBuilt();
  const executablePath = await ensureChromium();
  const anki = await scriptedAnkiConnect();
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  const app = await startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 5 * SECOND });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    await printBytes(browser, app.url);
    await printTimes(browser, app.url);
  } finally {
    await browser.close();
    await app.stop();
    await Promise.all([server.stop(), anki.stop()]);
  }
}

async function printBytes(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage(PHONE);
  const loaded = new Map<string, string>();
  page.on('response', (response) => loaded.set(response.url(), response.request().resourceType()));
  await page.goto(url, { waitUntil: 'networkidle' });
  const html = await (await fetch(url)).text();
  const inHtml = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, src = '']) => new URL(src, url).href);
  const ofType = (type: string) => [...loaded].flatMap(([address, found]) => (found === type ? [address] : []));
  const [before, after, css] = await Promise.all([inHtml, ofType('script'), ofType('stylesheet')].map(gzipBytesOf));
  await page.close();
  const kilobytes = (bytes = Number.NaN) => `${(bytes / 1e3).toFixed(1)} KB`;
  printFigures([
    { what: 'JavaScript of / before the charts, gzip', ours: kilobytes(before), target: '≤ 160 KB' },
    { what: 'JavaScript of / with the charts, gzip', ours: kilobytes(after), peer: '684 KB' },
    { what: 'CSS of /, gzip', ours: kilobytes(css), peer: '48.6 KB' },
  ]);
  console.log();
}

/** The bodies as they cross the network, without headers. */
async function gzipBytesOf(urls: readonly string[]): Promise<number> {
  const sizes = await Promise.all([...new Set(urls)].map(gzipBytes));
  return sizes.reduce((total, size) => total + size, 0);
}

function gzipBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      response.on('end', () => resolve(size));
    }).on('error', reject);
  });
}

async function printTimes(browser: Browser, url: string): Promise<void> {
  const cold: PageTimes[] = [];
  const warm: PageTimes[] = [];
  for (let nth = 0; nth < RUNS; nth += 1) {
    const context = await browser.newContext(PHONE);
    cold.push(await timesOf(context, url));
    warm.push(await timesOf(context, url));
    await context.close();
  }
  const seconds = (times: readonly PageTimes[], key: 'firstPaintMs' | 'readableMs') =>
    `${(median(times.map((one) => one[key])) / SECOND).toFixed(2)} s`;
  const shift = (times: readonly PageTimes[]) => Math.max(...times.map(({ layoutShift }) => layoutShift)).toFixed(4);
  printFigures([
    { what: 'first paint, cold', ours: seconds(cold, 'firstPaintMs'), target: '≤ 1.8 s', peer: '3.1 s' },
    { what: 'status readable, cold', ours: seconds(cold, 'readableMs'), target: '≤ 3 s', peer: '4.5 s' },
    { what: 'first paint, warm', ours: seconds(warm, 'firstPaintMs'), peer: '1.5 s' },
    { what: 'status readable, warm', ours: seconds(warm, 'readableMs'), target: '≤ 0.5 s', peer: '1.6 s' },
    { what: 'layout shift, worst of all', ours: shift([...cold, ...warm]), target: '0', peer: '0' },
  ]);
  for (const line of [...cold, ...warm].flatMap(({ moved }) => moved)) console.log(`moved at ${line}`);
  console.log(`\n390 × 844, processor ${CPU_SLOWDOWN}× slower, slow 4G; medians of ${RUNS}.`);
}

async function timesOf(context: BrowserContext, url: string): Promise<PageTimes> {
  const page: Page = await context.newPage();
  await page.addInitScript(watchPage);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.goto(url);
  await page.waitForTimeout(SETTLED_MS);
  const times = await page.evaluate(() => window.pageTimes);
  await page.close();
  return times;
}
