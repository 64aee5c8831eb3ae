import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    setupFiles: ['tests/support/strict-console.ts'],
    env: { LOG_LEVEL: 'silent' },
    testTimeout: 20_000,
    // The rows of tests/rows wait more than they work.
    maxConcurrency: 8,
  },
});
