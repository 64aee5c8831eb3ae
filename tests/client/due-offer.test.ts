import { describe, expect, test } from 'vitest';
import { countsText, isAnkiLikely, keptText, type Offer, offerOf, totalDue } from '#lib/client/review/due-offer.ts';
import type { DueView } from '#lib/contract/review.ts';
import { RUNGS } from '#lib/domain/ladder.ts';

const COUNTS = { new: 3, learning: 2, review: 7 };
const NONE = { new: 0, learning: 0, review: 0 };
const due = (change: Partial<DueView> = {}): DueView => ({
  gateway: 'anki-connect',
  counts: COUNTS,
  mayGrade: true,
  servedAt: 0,
  ...change,
});
const unasked = { due: undefined, isSilent: false, kept: 0, isLikely: true };

describe('what Status offers of the review', () => {
  test.each<[when: string, known: Partial<Parameters<typeof offerOf>[0]>, offer: Offer]>([
    ['cards are due', { due: due() }, { kind: 'here', counts: COUNTS }],
    ['a gateway cannot count', { due: due({ counts: null }) }, { kind: 'here', counts: null }],
    ['nothing is due', { due: due({ counts: NONE }) }, { kind: 'done' }],
    ['nothing is due, whatever is kept', { due: due({ counts: NONE }), kept: 9 }, { kind: 'done' }],
    ['no way answers', { due: due({ gateway: null, counts: null }) }, { kind: 'nothing' }],
    ['no way answers, but cards are kept', { due: due({ gateway: null }), kept: 9 }, { kind: 'offline', cards: 9 }],
    ['nobody has answered yet', {}, { kind: 'here', counts: null }],
    ['nobody has answered yet and Anki is broken', { isLikely: false }, { kind: 'nothing' }],
    ['the same with cards kept', { isLikely: false, kept: 1 }, { kind: 'offline', cards: 1 }],
    ['asking fails', { isSilent: true, kept: 9 }, { kind: 'offline', cards: 9 }],
    ['asking fails and nothing is kept', { isSilent: true }, { kind: 'nothing' }],
  ])('when %s', (_, known, offer) => expect(offerOf({ ...unasked, ...known })).toEqual(offer));
});

test('Anki is likely to answer unless it is what is broken', () => {
  const ladder = (broken: string) =>
    RUNGS.map((rung) => ({
      rung,
      state: rung === broken ? ('broken' as const) : ('ok' as const),
      detail: '',
      at: null,
    }));
  expect(RUNGS.filter((rung) => !isAnkiLikely(ladder(rung)))).toEqual(['ankiconnect', 'anki']);
});

test('what is due is told in numbers and in words', () => {
  expect(totalDue(COUNTS)).toBe(12);
  expect(countsText(COUNTS)).toBe('3 new · 2 learning · 7 to review');
  expect(countsText({ ...NONE, review: 1 })).toBe('1 to review');
  expect([keptText(1), keptText(9)]).toEqual(['1 card on this phone', '9 cards on this phone']);
});
