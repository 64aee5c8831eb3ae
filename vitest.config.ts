import { defineConfig } from 'vitest/config';

const ROWS = 'tests/rows/rows.test.ts';
const WEBKIT = 'tests/webkit/**';

export default defineConfig({
  test: {
    setupFiles: ['tests/support/strict-console.ts'],
    env: { LOG_LEVEL: 'silent' },
    // Far beyond what any of them takes, so that a busy machine fails none; what hangs still ends.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        // Most of these wait for something real to happen, so more run at a time than there are processors.
        test: {
          name: 'tests',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', WEBKIT, ROWS],
          maxWorkers: 4,
        },
      },
      {
        extends: true,
        // Alone, because the review servers of its machines are seen by whoever looks at the processes of this one.
        test: { name: 'rows', include: [ROWS], maxWorkers: 1, maxConcurrency: 10, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        // In a real WebKit, with the built app; by `npm test` after the other browser tests. Two phones at a time, for two processors.
        test: {
          name: 'webkit',
          include: ['tests/webkit/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
