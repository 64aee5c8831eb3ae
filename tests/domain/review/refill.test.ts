import { expect, test } from 'vitest';
import { wantsHand } from '#lib/domain/review/refill.ts';
import { type SessionState, startSession } from '#lib/domain/review/session-state.ts';
import { cardOf } from '#tests/support/made-grades.ts';

const hand = (count: number, dueAt: number | null = null): SessionState['hand'] =>
  Array.from({ length: count }, (_, nth) => ({ card: cardOf(nth, { dueAt }), source: 'anki-connect' }));
const shown = { card: cardOf(99), side: 'question', shownAt: 0, turn: 1, source: 'anki-connect' } as const;
const state = (change: Partial<SessionState>): SessionState => ({
  ...startSession(null),
  source: 'anki-connect',
  isExpecting: false,
  shown,
  hand: hand(20),
  counts: { new: 0, learning: 0, review: 21 },
  ...change,
});

test.each([
  ['enough in hand', {}, 30_000, false],
  ['a minute has passed', {}, 60_000, true],
  ['few in hand, and more to come', { hand: hand(7) }, 5_000, true],
  ['few in hand, but asked a moment ago', { hand: hand(7) }, 4_000, false],
  ['few in hand, and these are all', { hand: hand(7), counts: { new: 0, learning: 0, review: 8 } }, 30_000, false],
  ['few in hand, and nobody knows whether there are more', { hand: hand(7), counts: null }, 30_000, false],
  ['nothing on the screen', { hand: [], shown: null, isExpecting: true }, 1_500, true],
  ['finished, though Anki counts one more', { hand: [], shown: null }, 14_000, false],
  ['finished for a while, though Anki counts one more', { hand: [], shown: null }, 15_000, true],
  ['the Mac does not answer', { source: 'offline' }, 9_000, false],
  ['the Mac has not answered for a while', { source: 'offline' }, 10_000, true],
  ['a card in learning has become due since', { hand: hand(20, 999_000) }, 5_000, true],
  ['a card in learning becomes due later', { hand: hand(20, 1_001_000) }, 30_000, false],
  ['a card in learning was due before', { hand: hand(20, 900_000) }, 30_000, false],
] as const)('%s', (_fact, change, sinceMs, wants) => {
  expect(wantsHand(state(change), { sinceMs, now: 1_000_000 })).toBe(wants);
});
