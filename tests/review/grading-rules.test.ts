import { expect, test } from 'vitest';
import { deckToRefresh } from '#lib/review/grading/anki-look.ts';
import { isWithoutEffect, sentenceOf } from '#lib/review/grading/anki-words.ts';
import { GRADING_CLOCK } from '#lib/review/grading/grading-clock.ts';

test.each([
  ['at four in the morning', new Date(2026, 10, 23, 4), new Date(2026, 10, 23, 4)],
  ['a moment before, it is still yesterday', new Date(2026, 10, 23, 3, 59, 59, 999), new Date(2026, 10, 22, 4)],
  ['at night on the first of a month too', new Date(2026, 10, 1, 1), new Date(2026, 9, 31, 4)],
  ['in the evening it is today', new Date(2026, 10, 23, 23, 59), new Date(2026, 10, 23, 4)],
])("Anki's day begins %s", (_, at, began) => {
  expect(GRADING_CLOCK.dayBegan(at.getTime())).toBe(began.getTime());
});

test.each([
  [null, 'Spanish::Verbs', 'Spanish::Verbs'],
  ['Spanish', 'Spanish::Verbs', 'Spanish'],
  ['Spanish::Verbs', 'Spanish::Verbs', 'Spanish::Verbs'],
  ['Span', 'Spanish::Verbs', 'Spanish::Verbs'],
  ['French', 'Spanish::Verbs', 'Spanish::Verbs'],
])('the reviewer is refreshed on the chosen deck %s only if that holds the card in %s', (chosen, ofCard, expected) => {
  expect(deckToRefresh(chosen, ofCard)).toBe(expected);
});

test('only a call that nobody read is sure to be without effect, and every silence has its sentence', () => {
  const faults = [
    { outcome: 'refused' },
    { outcome: 'unsent', code: 'EMFILE' },
    { outcome: 'timed-out', effect: 'none' },
    { outcome: 'timed-out', effect: 'unknown' },
    { outcome: 'reset', effect: 'unknown' },
    { outcome: 'too-large', effect: 'unknown' },
    { outcome: 'foreign' },
    { outcome: 'forbidden' },
  ] as const;
  expect(faults.map(isWithoutEffect)).toEqual([true, true, true, false, false, false, false, false]);
  for (const fault of faults) expect(sentenceOf(fault)).toMatch(/Anki.*\.$/);
});
