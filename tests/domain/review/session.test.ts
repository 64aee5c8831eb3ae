import { expect, test } from 'vitest';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import type { Answered } from '#lib/domain/review/grading.ts';
import { entryIn, entryOf, isOnItsWay, type OutboxEntry } from '#lib/domain/review/outbox.ts';
import { advance, phaseOf, undoableIn } from '#lib/domain/review/session.ts';
import { type SessionEvent, type SessionState, startSession } from '#lib/domain/review/session-state.ts';
import { fc } from '#tests/support/fast-check.ts';
import { cardOf, gradeIdOf, gradeOf } from '#tests/support/made-grades.ts';
import { handView } from '#tests/support/scripted-phone.ts';

const { array, assert, boolean, constantFrom, nat, property, record, uniqueArray } = fc;

const CARDS = 6;
const cards = uniqueArray(nat(CARDS - 1), { maxLength: CARDS }).map((ids) => ids.map((id) => cardOf(id)));
const what = constantFrom(
  ...(['hand', 'late hand', 'no gateway', 'silent', 'reveal', 'wake up', 'press', 'press unheld', 'next'] as const),
  ...(['release', 'applied', 'conflict', 'pending', 'answer with next', 'take back', 'undo', 'deck', 'see'] as const),
);
type Step = {
  readonly what: string;
  readonly cards: readonly ReviewCard[];
  readonly which: number;
  readonly isSame: boolean;
};
const steps = array(record({ what, cards, which: nat(40), isSame: boolean() }), { maxLength: 80 });

const answered = (which: number, told: Answered, next: ReviewCard | null = null): SessionEvent => ({
  type: 'answered',
  answers: [{ gradeId: gradeIdOf(which), answer: told }],
  next,
  counts: null,
  at: 9,
});

function pressed(state: SessionState, isHeld: boolean): SessionEvent | null {
  if (state.shown === null) return null;
  const { cardId } = state.shown.card;
  const seq = state.outbox.length;
  return { type: 'pressed', entry: entryOf(gradeOf(seq, { cardId }), { label: `card ${cardId}`, isHeld }) };
}

const EVENTS: Readonly<Record<string, (state: SessionState, step: Step) => SessionEvent | null>> = {
  hand: (state, step) => ({ type: 'hand', news: handView(step.cards), kept: [], stamp: state.stamp, at: 1 }),
  'late hand': (state, step) => ({
    type: 'hand',
    news: handView(step.cards),
    kept: [],
    stamp: Math.max(0, state.stamp - step.which),
    at: 1,
  }),
  'no gateway': (state, step) => ({
    type: 'hand',
    news: handView([], { gateway: null }),
    kept: step.cards,
    stamp: state.stamp,
    at: 1,
  }),
  silent: (_state, step) => ({ type: 'silent', why: 'No answer.', kept: step.cards, at: 1 }),
  reveal: () => ({ type: 'revealed' }),
  'wake up': () => ({ type: 'woke' }),
  press: (state) => pressed(state, true),
  'press unheld': (state) => pressed(state, false),
  next: (state) => ({ type: 'next', gradeId: state.presses.at(-1)?.gradeId ?? '', at: 2 }),
  release: () => ({ type: 'released', gradeId: null }),
  applied: (_state, { which }) => answered(which, { status: 'applied', revlogId: which }),
  conflict: (_state, { which }) => answered(which, { status: 'conflict', why: 'reviewed' }),
  pending: (_state, { which }) => answered(which, { status: 'pending', detail: 'Soon.' }),
  'answer with next': (_state, step) =>
    answered(step.which, { status: 'applied', revlogId: step.which }, step.cards[0] ?? null),
  'take back': () => ({ type: 'taken-back', at: 3 }),
  undo: (state, step) => {
    const gradeId = state.presses.at(-1)?.gradeId ?? '';
    if (entryIn(state.outbox, gradeId)?.answer?.status !== 'applied') return null;
    return { type: 'undone', gradeId, answer: { status: 'undone' }, card: step.cards[0] ?? null, at: 4 };
  },
  deck: (_state, { isSame }) => ({ type: 'deck', deck: isSame ? null : 'Spanish' }),
  see: (_state, { which }) => ({ type: 'seen', gradeId: gradeIdOf(which) }),
};

const isTakenBack = ({ stage, answer }: OutboxEntry) => stage === 'settled' && answer === null;

/** The only events that may take a card off the screen. */
const MOVES = ['next', 'taken-back', 'undone', 'deck'];

function expectSound(before: SessionState, event: SessionEvent, after: SessionState): void {
  for (const { grade } of before.outbox) expect(entryIn(after.outbox, grade.gradeId)).toBeDefined();
  const isPressed = event.type === 'pressed' && !before.isBusy;
  expect(after.outbox.length - before.outbox.length).toBe(isPressed ? 1 : 0);
  // What was taken back here and sent by another window is graded after all.
  const isSent = before.outbox.some(
    (entry) => isTakenBack(entry) && entry.grade.cardId === before.shown?.card.cardId && !after.outbox.includes(entry),
  );
  // A card of the phone's own that it began with just now, and that is not due any more.
  const isOvertaken =
    event.type === 'hand' &&
    before.stamp === 0 &&
    before.shown?.source === 'offline' &&
    before.shown.side === 'question' &&
    event.news.cards.every(({ cardId }) => cardId !== before.shown?.card.cardId);
  if (before.shown !== null && !MOVES.includes(event.type) && !isSent && !isOvertaken) {
    expect(after.shown).toMatchObject({ turn: before.shown.turn, card: before.shown.card });
  }
  if (after.shown !== null && !after.isBusy) expect(isOnItsWay(after.outbox, after.shown.card.cardId)).toBe(false);
  const inHand = after.hand.map(({ card }) => card.cardId);
  expect(new Set(inHand).size).toBe(inHand.length);
  // One that was just pressed may be the next one as well.
  if (after.shown !== null && !after.isBusy) expect(inHand).not.toContain(after.shown.card.cardId);
  expect(after.done).toBeGreaterThanOrEqual(0);
  expect(phaseOf(after) === 'card').toBe(after.shown !== null);
  if (after.shown?.turn !== before.shown?.turn && after.shown !== null) expect(after.isDead).toBe(true);
}

test('whatever happens, no card is swapped under the thumb, none is shown while its grade is on its way, no press is lost', () => {
  assert(
    property(steps, (taken) => {
      let state = startSession(null);
      for (const step of taken) {
        const event = EVENTS[step.what]?.(state, step) ?? null;
        if (event === null) continue;
        const after = advance(state, event);
        expectSound(state, event, after);
        state = after;
      }
    }),
    { numRuns: 500 },
  );
}, 120_000);

const at = (...events: readonly SessionEvent[]) => events.reduce(advance, startSession(null));
const dealt: SessionEvent = { type: 'hand', news: handView([cardOf(1), cardOf(2)]), kept: [], stamp: 0, at: 1 };

test('a card is not turned over in the dead time, and is after it', () => {
  expect(at(dealt, { type: 'revealed' }).shown?.side).toBe('question');
  expect(at(dealt, { type: 'woke' }, { type: 'revealed' }).shown?.side).toBe('answer');
});

test('counts go down with a press until the Mac says how many there are', () => {
  const entry = entryOf(gradeOf(1), { label: '', isHeld: true });
  const state = at(dealt, { type: 'pressed', entry });
  expect(state.counts).toEqual({ new: 0, learning: 0, review: 1 });
});

test('a counted grade cannot be undone where the gateway cannot', () => {
  const gateway = {
    kind: 'anki-connect',
    abilities: { undo: false, decks: true, counts: true, lookahead: true },
  } as const;
  const hand = { ...dealt, news: handView([cardOf(1)], { gateway }) } as SessionEvent;
  const press: SessionEvent = { type: 'pressed', entry: entryOf(gradeOf(1), { label: '', isHeld: false }) };
  const next: SessionEvent = { type: 'next', gradeId: gradeIdOf(1), at: 2 };
  expect(undoableIn(at(hand, press, next, answered(1, { status: 'applied', revlogId: 1 })))).toBeNull();
});

const began: SessionEvent = { type: 'silent', why: 'No answer yet.', kept: [cardOf(1), cardOf(2)], at: 1_000 };
const news = (cardIds: readonly number[], at: number): SessionEvent => ({
  type: 'hand',
  news: handView(cardIds.map((cardId) => cardOf(cardId))),
  kept: [],
  stamp: 0,
  at,
});

test.each([
  ['gives way to one that is due, when the Mac says so at once', [news([7, 8], 1_900)], 7],
  ['goes, when nothing is due', [news([], 1_900)], undefined],
  ['stays where it is due, wherever that is', [news([7, 1], 1_900)], 1],
  ['stays when it has been looked at for a second', [news([7, 8], 2_000)], 1],
  ['stays when the clock was set back, so that nobody knows for how long', [news([7, 8], -60_000)], 1],
  ['stays when it is turned over', [{ type: 'woke' }, { type: 'revealed' }, news([7, 8], 1_900)], 1],
] as const)('a kept card that the phone began with %s', (_, events, cardId) => {
  expect(at(began, ...events).shown?.card.cardId).toBe(cardId);
});
