import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureNetworkTools } from './network-tools.mjs';
import { SetupError } from './project.mjs';
import { failedAs, NOTHING, readPlaywright, readVitest, sum } from './reports.mjs';
import { run, withTools } from './run.mjs';

/** @typedef {import('./reports.mjs').Result} Result */

/** @type {readonly (readonly [title: string, command: string, args: readonly string[]])[]} */
const STATIC_CHECKS = [
  ['Format and lint', 'biome', ['ci', '--error-on-warnings', '--colors=off', '.']],
  ['Types', 'tsc', ['--noEmit']],
  ['Dead code', 'knip', []],
];

/** Format, lint, types, dead code, unit and integration tests. Goes on after a failure, so one run tells all. */
export async function check() {
  const results = [await staticChecks()];
  await ensureNetworkTools();
  await findBrowser();
  results.push(await unitTests('tests', 'rows'));
  return sum(results);
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

/** Format, lint, types and dead code. @returns {Promise<Result>} */
export async function staticChecks() {
  const results = [];
  for (const [title, command, args] of STATIC_CHECKS) results.push(await step(title, command, args));
  return sum(results);
}

/** @param {string} title @param {string} command @param {readonly string[]} args @returns {Promise<Result>} counts nothing when it passes */
async function step(title, command, args) {
  const startedAt = performance.now();
  const { code, output } = await run(command, args, { env: withTools(process.env), quiet: true });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
  if (code !== 0) console.log(output);
  return code === 0 ? NOTHING : failedAs(title);
}

/** @param {readonly string[]} projects of vitest.config.ts @returns {Promise<Result>} */
export function unitTests(...projects) {
  const named = projects.map((project) => `--project=${project}`);
  return resultOf('Vitest', readVitest, (report) =>
    run('vitest', ['run', ...named, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
      env: withTools(process.env),
    }),
  );
}

/** @returns {Promise<Result>} */
export function browserTests() {
  return resultOf('Playwright', readPlaywright, (report) =>
    run('playwright', ['test', '--reporter=list,json'], {
      env: withTools({ ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    }),
  );
}

/**
 * Runs a suite and reads its report. One that failed without a failed test (it did not load, it did not start) counts as
 * one failure.
 *
 * @template Report
 * @param {string} title
 * @param {(report: Report) => Result} read
 * @param {(file: string) => Promise<{ code: number }>} suite writes its JSON report into the file
 * @returns {Promise<Result>}
 */
async function resultOf(title, read, suite) {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-report-'));
  const file = join(folder, 'report.json');
  try {
    const { code } = await suite(file);
    const result = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : NOTHING;
    return code === 0 || result.failed > 0 ? result : sum([result, failedAs(`${title} ended with ${code}`)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
