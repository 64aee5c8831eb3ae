import { expect, test } from 'vitest';
import { swipedEase } from '#components/review/swipe.ts';

test.each([
  ['to the right is Good', { x: 90, y: 10, at: 300 }, 3],
  ['to the left is Again', { x: -90, y: -10, at: 300 }, 1],
  ['too short is a tap', { x: 40, y: 0, at: 100 }, null],
  ['too steep is a scroll', { x: 90, y: 80, at: 300 }, null],
  ['too slow is a hesitation', { x: 200, y: 0, at: 900 }, null],
] as const)('a stroke that is %s', (_, to, ease) => {
  expect(swipedEase({ x: 0, y: 0, at: 0 }, to)).toBe(ease);
});
