import { stripVTControlCharacters } from 'node:util';

/**
 * What a step of the tests found. A step that is no suite passes or fails as one; `failures` names what failed, one line each.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Result
 */

/** @type {Result} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] };

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
  return { passed: numPassedTests, failed: failures.length, skipped: numPendingTests + numTodoTests, failures };
}

/** @typedef {{ title: string, ok: boolean, tests: readonly { projectName: string, results: readonly { error?: { message?: string } }[] }[] }} Spec */
/** @typedef {{ title: string, file: string, specs: readonly Spec[], suites?: readonly Suite[] }} Suite */

/**
 * @param {{
 *   stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   suites: readonly Suite[], errors: readonly { message?: string }[],
 * }} report Playwright's
 * @returns {Result}
 */
export function readPlaywright({ stats: { expected, unexpected, flaky, skipped }, suites, errors }) {
  const failures = [
    ...errors.map(({ message }) => firstLine(message)),
    ...suites.flatMap((suite) => failuresOf(suite, [suite.file])),
  ];
  return { passed: expected + flaky, failed: unexpected, skipped, failures };
}

/** @param {Suite} suite @param {readonly string[]} path what it is called so far @returns {readonly string[]} */
function failuresOf({ specs, suites = [] }, path) {
  return [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ title, tests }) => {
        const message = tests.flatMap(({ results }) => results).find(({ error }) => error !== undefined)
          ?.error?.message;
        const projects = tests.map(({ projectName }) => `[${projectName}]`).join(' ');
        return `${projects} ${[...path, title].join(' › ')}: ${firstLine(message)}`;
      }),
    ...suites.flatMap((suite) => failuresOf(suite, [...path, suite.title])),
  ];
}

/** @param {readonly Result[]} results @returns {Result} */
export function sum(results) {
  const add = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((all, one) => all + one[key], 0);
  const failures = results.flatMap((one) => one.failures);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped'), failures };
}

/** @param {Result} result @returns {string} what failed, and as the last line the count of tests */
export function told({ passed, failed, skipped, failures }) {
  const count = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return [...failures.map((failure) => `✗ ${failure}`), count].join('\n');
}

/** @param {string} file @returns {string} as it is called in the project */
const here = (file) => file.replace(`${process.cwd()}/`, '');

/** @param {string | undefined} text may be coloured @returns {string} */
const firstLine = (text) => (stripVTControlCharacters(text ?? '').split('\n')[0] ?? '').slice(0, 200);
