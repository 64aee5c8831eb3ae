import { expect, test } from 'vitest';
import { countPlaywright, countVitest, sum, told } from '#scripts/checks.mjs';

test('the last line of the tests sums both suites and leaves nothing out', () => {
  const unit = countVitest({ numPassedTests: 90, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
  const browser = countPlaywright({ stats: { expected: 10, unexpected: 2, flaky: 1, skipped: 3 } });
  expect(told(sum([unit, browser]))).toBe('101 passed, 3 failed, 6 skipped');
  expect(told({ passed: 4, failed: 0, skipped: 0 })).toBe('4 passed, 0 failed');
});
