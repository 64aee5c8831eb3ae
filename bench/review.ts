import { type Browser, chromium, type Page } from '@playwright/test';
import type { DurationMs } from '#lib/domain/time.ts';
import { ensureBuilt } from '#scripts/build.mjs';
import { ensureChromium } from '#scripts/chromium.mjs';
import { plainCollection } from '#tests/support/anki-samples.ts';
import { CHROMIUM_FLAGS } from '#tests/support/chromium-flags.ts';
import { freePort, startApp } from '#tests/support/running-app.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { printFigures } from './figures.ts';
import { watchReview } from './review-times.ts';

const PRESSES = 110;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** A look at the card, and its answer with the log before and after it. */
const CALLS_PER_GRADE = 2;
const SAMPLED_CALLS = 40;

/** What a review costs the person: from a press to the next card, from a reveal to the answer, and a grade on the server. */
export async function run(): Promise<void> {
  await ensureBuilt();
  const executablePath = await ensureChromium();
  const anki = await scriptedAnkiConnect({
    collection: plainCollection({ cards: PRESSES + 40 }),
    state: 'no-reviewer',
  });
  const reviewServerUrl = `http://127.0.0.1:${await freePort()}`;
  const app = await startApp({ reviewServerUrl, ankiConnectUrl: anki.url, intervalMs: 60_000 });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    await printReview(browser, app.url, anki.url);
  } finally {
    await browser.close();
    await app.stop();
    await anki.stop();
  }
}

async function printReview(browser: Browser, url: string, ankiUrl: string): Promise<void> {
  const page = await browser.newPage(PHONE);
  await page.addInitScript(watchReview);
  const grades = gradesOf(page);
  await page.goto(`${url}/review`);
  for (let nth = 0; nth < PRESSES; nth += 1) await answerOne(page, nth % 2 === 1);
  const { press, reveal, revealFrames } = await page.evaluate(() => window.reviewTimes);
  const ownMs = await callMs(ankiUrl);
  const [median, slow] = [quantile(grades, 0.5), quantile(grades, 0.95)];
  printFigures([
    { what: `press to next card painted, p50 of ${press.length}`, ours: ms(quantile(press, 0.5)) },
    { what: 'the same, p95', ours: ms(quantile(press, 0.95)), target: '≤ 150 ms' },
    { what: `reveal to answer painted, p50 of ${reveal.length}`, ours: ms(quantile(reveal, 0.5)) },
    { what: 'the same, p95', ours: ms(quantile(reveal, 0.95)) },
    {
      what: 'frames until it says so, two after it turned, p50',
      ours: String(quantile(revealFrames, 0.5)),
      target: '≤ 2',
    },
    { what: `a grade on the server, p50 (p95) of ${grades.length}`, ours: `${ms(median)} (${ms(slow)})` },
    { what: 'of which AnkiConnect itself', ours: `${CALLS_PER_GRADE} calls × ${ms(ownMs)}` },
    {
      what: 'beyond AnkiConnect’s own time, p50',
      ours: ms(Math.max(0, median - CALLS_PER_GRADE * ownMs)),
      target: '≤ 150 ms',
    },
  ]);
}

const ms = (value: DurationMs): string => `${value.toFixed(0)} ms`;

/** The nearest-rank quantile; NaN of nothing. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** How long each request with one grade took, as they come in. */
function gradesOf(page: Page): DurationMs[] {
  const took: DurationMs[] = [];
  page.on('requestfinished', (request) => {
    if (!request.url().endsWith('/api/review/grades')) return;
    const { requestStart, responseEnd } = request.timing();
    took.push(responseEnd - requestStart);
  });
  return took;
}

/** Answers the card on the screen, with its answer shown or not, and waits until the next one is painted. */
async function answerOne(page: Page, isRevealed: boolean): Promise<void> {
  const awake = page.locator('[data-ease="3"][aria-disabled="false"]');
  const noted = (kind: 'press' | 'reveal') => page.evaluate((key) => window.reviewTimes[key].length, kind);
  const clickAndWait = async (selector: string, kind: 'press' | 'reveal') => {
    const before = await noted(kind);
    await awake.waitFor();
    await page.locator(selector).click();
    await page.waitForFunction(([key, count]) => window.reviewTimes[key].length > count, [kind, before] as const);
  };
  if (isRevealed) await clickAndWait('[data-show]', 'reveal');
  await clickAndWait('[data-ease="3"]', 'press');
}

/** What one call of AnkiConnect takes, p50: it looks for work every 25 ms. */
async function callMs(url: string): Promise<DurationMs> {
  const took: DurationMs[] = [];
  for (let nth = 0; nth < SAMPLED_CALLS; nth += 1) {
    const startedAt = performance.now();
    const body = JSON.stringify({ action: 'version', version: 6 });
    await (await fetch(url, { method: 'POST', headers: { connection: 'close' }, body })).text();
    took.push(performance.now() - startedAt);
  }
  return quantile(took, 0.5);
}
