import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failedAs, NOTHING, readPlaywright, readVitest, sum, told } from '#scripts/reports.mjs';

const UNIT = {
  numPassedTests: 90,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    {
      name: join(process.cwd(), 'tests/a.test.ts'),
      status: 'failed',
      message: '',
      assertionResults: [
        { fullName: 'adds', status: 'passed', failureMessages: [] },
        {
          fullName: 'sums up',
          status: 'failed',
          failureMessages: ['Error: \u001B[31mexpected 1\u001B[39m\n  at a.ts:3'],
        },
      ],
    },
    { name: join(process.cwd(), 'tests/b.test.ts'), status: 'failed', message: 'no such file', assertionResults: [] },
  ],
};

const passing = { title: 'opens', tests: [{ projectName: 'phone', status: 'expected', results: [{}] }] };
const BROWSER = {
  stats: { expected: 10, unexpected: 1, flaky: 1, skipped: 3 },
  errors: [],
  suites: [
    {
      title: 'a.spec.ts',
      file: 'a.spec.ts',
      specs: [passing],
      suites: [
        {
          title: 'status',
          file: 'a.spec.ts',
          specs: [
            {
              title: 'is seen',
              tests: [
                {
                  projectName: 'phone',
                  status: 'unexpected',
                  results: [{ error: { message: 'Error: not visible\n\nLocator' } }],
                },
              ],
            },
            {
              title: 'is heard',
              tests: [
                { projectName: 'desktop', status: 'flaky', results: [{ error: { message: 'Error: late' } }, {}] },
              ],
            },
          ],
        },
      ],
    },
  ],
};

test('the last lines name what failed, in which suite whatever, and sum the tests of all', () => {
  expect(told(sum([readVitest(UNIT), readPlaywright(BROWSER), failedAs('Types')])).split('\n')).toEqual([
    '~ the second time: [desktop] a.spec.ts › status › is heard: Error: late',
    '✗ tests/a.test.ts › sums up: Error: expected 1',
    '✗ tests/b.test.ts: no such file',
    '✗ [phone] a.spec.ts › status › is seen: Error: not visible',
    '✗ Types',
    '101 passed, 4 failed, 6 skipped',
  ]);
});

test('where nothing failed there is the count alone', () => {
  expect(told({ ...NOTHING, passed: 4 })).toBe('4 passed, 0 failed');
});

test('a browser that did not start is named', () => {
  const none = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, suites: [] };
  expect(readPlaywright({ ...none, errors: [{ message: 'no such browser\nat x' }] }).failures).toEqual([
    'no such browser',
  ]);
});
