import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchLoop } from '#lib/probe/loop-watch.ts';

/** Takes up the event loop, as a long computation would. */
function block(durationMs: number): void {
  const until = performance.now() + durationMs;
  while (performance.now() < until);
}

test('a stretch in which our own loop was blocked counts, soon or late in the watch', async () => {
  for (const beforeMs of [5, 120]) {
    const watch = watchLoop();
    await sleep(beforeMs);
    block(200);
    await sleep(5);
    expect(watch.heldUpMs()).toBeGreaterThanOrEqual(145); // all of it but what is left until the next look
    watch.stop();
  }
});

test('many short stretches do not add up to a long one', async () => {
  const start = performance.now();
  const watch = watchLoop();
  for (let turn = 0; turn < 60; turn += 1) {
    block(5);
    await sleep(1);
  }
  expect(watch.heldUpMs()).toBeLessThan((performance.now() - start) / 2);
  watch.stop();
});

test('waiting is not being held up', async () => {
  const start = performance.now();
  const watch = watchLoop();
  await sleep(300);
  expect(watch.heldUpMs()).toBeLessThan((performance.now() - start) / 2);
  watch.stop();
});
