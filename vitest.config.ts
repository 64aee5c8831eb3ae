import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The rows take longest and mostly wait, so everything else is run beside them. */
class RowsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isRows = ({ moduleId }: TestSpecification) => moduleId.endsWith('tests/rows/rows.test.ts');
    return [...sorted.filter(isRows), ...sorted.filter((file) => !isRows(file))];
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    setupFiles: ['tests/support/strict-console.ts'],
    env: { LOG_LEVEL: 'silent' },
    testTimeout: 20_000,
    // Most tests wait for something real to happen: more at a time than there are processors, and eight sections of rows.
    maxWorkers: 3,
    maxConcurrency: 8,
    sequence: { sequencer: RowsFirst },
  },
});
