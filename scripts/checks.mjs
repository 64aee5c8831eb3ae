import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { SetupError } from './project.mjs';
import { run, withTools } from './run.mjs';

/** What a step found. A step that is no test suite passes or fails as one. @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** @type {readonly (readonly [title: string, command: string, args: readonly string[]])[]} */
const STATIC_CHECKS = [
  ['Format and lint', 'biome', ['ci', '--error-on-warnings', '--colors=off', '.']],
  ['Types', 'tsc', ['--noEmit']],
  ['Dead code', 'knip', []],
];

/** Format, lint, types, dead code, unit and integration tests. Goes on after a failure, so one run tells all. */
export async function check() {
  const counts = [await staticChecks()];
  await findBrowser();
  counts.push(await unitTests('tests', 'rows'));
  return sum(counts);
}

/** Some unit tests run in a real browser. Without one they fail; this says why. */
async function findBrowser() {
  try {
    await ensureChromium();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(error.message);
  }
}

/** Format, lint, types and dead code. @returns {Promise<Counts>} */
export async function staticChecks() {
  const counts = [];
  for (const [title, command, args] of STATIC_CHECKS) counts.push(await step(title, command, args));
  return sum(counts);
}

/** @param {string} title @param {string} command @param {readonly string[]} args @returns {Promise<Counts>} counts nothing when it passes */
async function step(title, command, args) {
  const startedAt = performance.now();
  const { code, output } = await run(command, args, { env: withTools(process.env), quiet: true });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
  if (code !== 0) console.log(output);
  return { ...NOTHING, failed: code === 0 ? 0 : 1 };
}

/** @param {readonly string[]} projects of vitest.config.ts @returns {Promise<Counts>} */
export function unitTests(...projects) {
  const named = projects.map((project) => `--project=${project}`);
  return counted(countVitest, (report) =>
    run('vitest', ['run', ...named, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
      env: withTools(process.env),
    }),
  );
}

/** @returns {Promise<Counts>} */
export function browserTests() {
  return counted(countPlaywright, (report) =>
    run('playwright', ['test', '--reporter=list,json'], {
      env: withTools({ ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    }),
  );
}

/**
 * Runs a suite and counts its tests. One that failed without a failed test (it did not load, it did not start) counts as
 * one failure.
 *
 * @template Report
 * @param {(report: Report) => Counts} read
 * @param {(file: string) => Promise<{ code: number }>} suite writes its JSON report into the file
 * @returns {Promise<Counts>}
 */
async function counted(read, suite) {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-report-'));
  const file = join(folder, 'report.json');
  try {
    const { code } = await suite(file);
    const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : NOTHING;
    return { ...counts, failed: code === 0 ? counts.failed : Math.max(1, counts.failed) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} report Vitest's
 * @returns {Counts}
 */
export function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report Playwright's
 * @returns {Counts}
 */
export function countPlaywright({ stats: { expected, unexpected, flaky, skipped } }) {
  return { passed: expected + flaky, failed: unexpected, skipped };
}

/** @param {readonly Counts[]} counts @returns {Counts} */
export function sum(counts) {
  const add = (/** @type {keyof Counts} */ key) => counts.reduce((total, one) => total + one[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/** @param {Counts} counts @returns {string} */
export function told({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
