import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchLoop } from '#lib/probe/loop-watch.ts';

/** Takes up the event loop, as a long computation would. */
function block(durationMs: number): void {
  const until = performance.now() + durationMs;
  while (performance.now() < until);
}

test('a stretch in which our own loop was blocked counts, in full', async () => {
  const busyMs = watchLoop();
  await sleep(5);
  block(60);
  await sleep(5);
  expect(busyMs()).toBeGreaterThanOrEqual(60);
});

test('waiting is not being busy', async () => {
  const start = performance.now();
  const busyMs = watchLoop();
  await once(AbortSignal.timeout(100), 'abort');
  expect(busyMs()).toBeLessThan((performance.now() - start) / 2);
});
