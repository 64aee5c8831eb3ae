import { stripVTControlCharacters } from 'node:util';

/**
 * What a step of the tests found. A step that is no suite passes or fails as one. `failures` names what failed, `doubts` what
 * passed only the second time, one line each.
 *
 * @typedef {{
 *   passed: number, failed: number, skipped: number, failures: readonly string[], doubts: readonly string[],
 * }} Result
 */

/** @type {Result} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [], doubts: [] };

/** @param {string} title @returns {Result} of something that is no suite, or did not get as far as its tests */
export const failedAs = (title) => ({ ...NOTHING, failed: 1, failures: [title] });

/** @typedef {{ fullName: string, status: string, failureMessages: readonly string[] | null }} VitestTest */
/** @typedef {{ name: string, status: string, message: string, assertionResults: readonly VitestTest[] }} VitestFile */

/**
 * @param {{
 *   numPassedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: readonly VitestFile[],
 * }} report Vitest's
 * @returns {Result}
 */
export function readVitest({ numPassedTests, numPendingTests, numTodoTests, testResults }) {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${here(name)}: ${firstLine(message)}`];
    return failed.map((one) => `${here(name)} › ${one.fullName}: ${firstLine(one.failureMessages?.[0])}`);
  });
  // A file that did not load has no failed test, and counts as one.
  return {
    ...NOTHING,
    passed: numPassedTests,
    failed: failures.length,
    skipped: numPendingTests + numTodoTests,
    failures,
  };
}

/** @typedef {{ projectName: string, status: string, results: readonly { error?: { message?: string } }[] }} Run */
/** @typedef {{ title: string, tests: readonly Run[] }} Spec */
/** @typedef {{ title: string, file: string, specs: readonly Spec[], suites?: readonly Suite[] }} Suite */

/**
 * @param {{
 *   stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   suites: readonly Suite[], errors: readonly { message?: string }[],
 * }} report Playwright's
 * @returns {Result}
 */
export function readPlaywright({ stats: { expected, unexpected, flaky, skipped }, suites, errors }) {
  const named = (/** @type {string} */ status) => suites.flatMap((suite) => runsOf(suite, status, [suite.file]));
  const failures = [...errors.map(({ message }) => firstLine(message)), ...named('unexpected')];
  return { passed: expected + flaky, failed: unexpected, skipped, failures, doubts: named('flaky') };
}

/** @param {Suite} suite @param {string} status @param {readonly string[]} path what it is called so far @returns {readonly string[]} */
function runsOf({ specs, suites = [] }, status, path) {
  const runs = specs.flatMap(({ title, tests }) => tests.map((run) => ({ title, run })));
  return [
    ...runs
      .filter(({ run }) => run.status === status)
      .map(({ title, run: { projectName, results } }) => {
        const message = results.find(({ error }) => error !== undefined)?.error?.message;
        return `[${projectName}] ${[...path, title].join(' › ')}: ${firstLine(message)}`;
      }),
    ...suites.flatMap((suite) => runsOf(suite, status, [...path, suite.title])),
  ];
}

/** @param {readonly Result[]} results @returns {Result} */
export function sum(results) {
  const add = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((all, one) => all + one[key], 0);
  const failures = results.flatMap((one) => one.failures);
  const doubts = results.flatMap((one) => one.doubts);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped'), failures, doubts };
}

/** @param {Result} result @returns {string} what was in doubt, what failed, and as the last line the count of tests */
export function told({ passed, failed, skipped, failures, doubts }) {
  const count = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  const second = doubts.map((doubt) => `~ the second time: ${doubt}`);
  return [...second, ...failures.map((failure) => `✗ ${failure}`), count].join('\n');
}

/** @param {string} file @returns {string} as it is called in the project */
const here = (file) => file.replace(`${process.cwd()}/`, '');

/** @param {string | undefined} text may be coloured @returns {string} */
const firstLine = (text) => (stripVTControlCharacters(text ?? '').split('\n')[0] ?? '').slice(0, 200);
