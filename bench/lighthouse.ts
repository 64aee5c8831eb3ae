import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { SECOND } from '#lib/domain/time.ts';
import { ensureBuilt } from '#scripts/build.mjs';
import { ensureChromium } from '#scripts/chromium.mjs';
import { withTools } from '#scripts/run.mjs';
import { CHROMIUM_FLAGS } from '#tests/support/chromium-flags.ts';
import { startApp } from '#tests/support/running-app.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';
import { type Figure, median, printFigures } from './figures.ts';

/** Fetched when it is asked for, so that nobody installs it who only wants the app. */
const LIGHTHOUSE = 'lighthouse@13.5.0';
const RUNS = 5;
const RUN_LIMIT_MS = 180 * SECOND;

const category = z.object({
  score: z.nullable(z.number()),
  auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
});
const audit = z.object({ score: z.nullable(z.number()), numericValue: z.optional(z.number()) });
const report = z.object({ categories: z.record(z.string(), category), audits: z.record(z.string(), audit) });
type Report = z.infer<typeof report>;

const CATEGORIES = { performance: 95, accessibility: 100, 'best-practices': 100 } as const;
type Category = keyof typeof CATEGORIES;

/** What Lighthouse says of the screens with its mobile profile: its score of `/`, and of the others what has no clock in it. */
export async function run(): Promise<void> {
  await ensureBuilt();
  const chromium = await ensureChromium();
  const anki = await scriptedAnkiConnect();
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  const app = await startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 5 * SECOND });
  try {
    const first: Report[] = [];
    for (let nth = 0; nth < RUNS; nth += 1) first.push(await lighthouse(`${app.url}/`, chromium));
    const figures = [...categoriesOf('/', first), ...timesOf(first)];
    const complaints = complaintsOf('/', first);
    for (const path of ['/history', '/review', '/setup']) {
      const reports = [await lighthouse(app.url + path, chromium)];
      figures.push(...categoriesOf(path, reports).filter(({ what }) => !what.endsWith('performance')));
      complaints.push(...complaintsOf(path, reports));
    }
    printFigures(figures);
    for (const line of complaints) console.log(line);
    console.log(`\n${LIGHTHOUSE}, mobile profile; \`/\`: medians of ${RUNS}.`);
  } finally {
    await app.stop();
    await Promise.all([server.stop(), anki.stop()]);
  }
}

/** One visit of Lighthouse's own browser, with nothing kept from an earlier one; another where Lighthouse asks for it. Rejects when it fails. */
async function lighthouse(url: string, chromium: string): Promise<Report> {
  for (let left = 2; ; left -= 1) {
    try {
      return await visit(url, chromium);
    } catch (failure) {
      if (left === 0 || !String(failure).includes('Please run Lighthouse again')) throw failure;
      console.log(`${url}: Lighthouse could not record it, and asks for another run.`);
    }
  }
}

async function visit(url: string, chromium: string): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'lighthouse-'));
  const file = join(folder, 'report.json');
  const flags = ['--headless=new', ...CHROMIUM_FLAGS].join(' ');
  const args = ['--quiet', '--output=json', `--output-path=${file}`, `--chrome-flags=${flags}`];
  const only = `--only-categories=${Object.keys(CATEGORIES).join(',')}`;
  try {
    await promisify(execFile)(
      'npm',
      ['exec', '--yes', `--package=${LIGHTHOUSE}`, 'lighthouse', '--', url, ...args, only],
      {
        env: { ...withTools(process.env), CHROME_PATH: chromium },
        timeout: RUN_LIMIT_MS,
      },
    );
    return report.parse(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function categoriesOf(path: string, reports: readonly Report[]): Figure[] {
  return (Object.keys(CATEGORIES) as Category[]).map((category) => ({
    what: `${path} ${category.replace('-', ' ')}`,
    ours: String(Math.round(median(reports.map((one) => 100 * (one.categories[category]?.score ?? Number.NaN))))),
    target: CATEGORIES[category] === 100 ? '100' : `≥ ${CATEGORIES[category]}`,
  }));
}

/** The moments from which the performance is computed; without targets of their own. */
function timesOf(reports: readonly Report[]): Figure[] {
  const middle = (id: string) => median(reports.map(({ audits }) => audits[id]?.numericValue ?? Number.NaN));
  const milliseconds = (what: string, id: string) => ({ what, ours: `${Math.round(middle(id))} ms` });
  return [
    milliseconds('first contentful paint', 'first-contentful-paint'),
    milliseconds('largest contentful paint', 'largest-contentful-paint'),
    milliseconds('speed index', 'speed-index'),
    milliseconds('total blocking time', 'total-blocking-time'),
    { what: 'cumulative layout shift', ours: middle('cumulative-layout-shift').toFixed(3) },
  ];
}

/** What costs any of them points for accessibility or best practices, by Lighthouse's names. */
function complaintsOf(path: string, reports: readonly Report[]): string[] {
  const wrong = reports.flatMap(({ categories, audits }) =>
    [categories['accessibility'], categories['best-practices']]
      .flatMap((one) => one?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1),
  );
  return [...new Set(wrong.map(({ id }) => `${path}: ${id}`))];
}
