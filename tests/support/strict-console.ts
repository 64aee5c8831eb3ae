import { afterEach, expect, vi } from 'vitest';

// A stray error on the console is a failure nobody looked at.
const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);

afterEach(() => {
  const calls = error.mock.calls.splice(0);
  expect(calls, 'console.error was called').toEqual([]);
});
