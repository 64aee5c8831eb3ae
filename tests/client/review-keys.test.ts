import { describe, expect, test } from 'vitest';
import { keyAction } from '#components/review/keys.ts';
import type { Shown } from '#lib/client/review/session.ts';
import type { Ease } from '#lib/domain/review/card.ts';
import { sampleCard } from '#tests/support/sample-review.ts';

const shown = (side: Shown['side'], eases: readonly Ease[] = [1, 2, 3, 4]): Shown => ({
  card: sampleCard({ buttons: eases.map((ease) => ({ ease, next: null })) }),
  side,
  shownAt: 0,
  turn: 1,
});

describe('a key', () => {
  test.each([
    [' ', 'reveal'],
    ['Enter', 'reveal'],
    ['1', 1],
    ['4', 4],
    ['u', 'undo'],
    ['U', 'undo'],
    ['r', 'replay'],
    ['5', null],
    ['0', null],
    ['a', null],
    ['Tab', null],
    ['Escape', null],
  ] as const)('%j on the question means %j', (key, action) => expect(keyAction(key, shown('question'))).toBe(action));

  test('Space and Enter answer Good once the answer is shown', () => {
    expect(keyAction(' ', shown('answer'))).toBe(3);
    expect(keyAction('Enter', shown('answer'))).toBe(3);
  });

  test('only what Anki offers can be answered', () => {
    expect(keyAction('2', shown('answer', [1, 3]))).toBeNull();
    expect(keyAction('3', shown('question', [1, 3]))).toBe(3);
    expect(keyAction(' ', shown('answer', [1, 2]))).toBe(2);
    expect(keyAction(' ', shown('answer', []))).toBeNull();
  });

  test('without a card only the last answer can be taken back', () => {
    expect(keyAction('u', null)).toBe('undo');
    for (const key of [' ', 'Enter', '1', 'r']) expect(keyAction(key, null)).toBeNull();
  });
});
