import type { EpochMs } from '#lib/domain/time.ts';
import type { Ease, ReviewCard } from './card.ts';
import { countsNow, shifted } from './counts-now.ts';
import { deal, dealIfNone, fitting, isOvertaken, isSpent, moveOn } from './deal.ts';
import { answer, entryIn, forget, isOnItsWay, merge, type Outbox, press, release, see, takeBack } from './outbox.ts';
import { rested } from './rested.ts';
import type { Dealt, SessionEvent, SessionState, Source } from './session-state.ts';

type Event<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;

/** More presses than anybody takes back. */
const REMEMBERED_PRESSES = 20;

/** The session after an event. The same object where the event changes nothing. */
export function advance(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'recalled':
      return recalled(state, event);
    case 'hand':
      return takeHand(rested(state, event.at), event);
    case 'silent':
      return fallBack({ ...rested(state, event.at), silence: event.why, troubles: [], hint: null }, event);
    case 'revealed':
      return turnOver(state);
    case 'woke':
      return state.isDead ? { ...state, isDead: false } : state;
    case 'pressed':
      return takePress(state, event);
    case 'next':
      return isLastPress(state, event.gradeId) && state.isBusy
        ? deal({ ...state, isBusy: false, shown: null }, event.at)
        : state;
    case 'released':
      return withOutbox(state, release(state.outbox, event.gradeId ?? undefined));
    case 'answered':
      return takeAnswers(state, event);
    case 'skipped':
      return skip(state, event.at);
    case 'taken-back':
      return takeLastBack(state, event.at);
    case 'undoing':
      return { ...state, isBusy: true, notice: null };
    case 'undone':
      return takeUndone(state, event);
    case 'not-undone':
      return takeRefusal(state, event);
    case 'deck':
      return otherDeck(state, event.deck);
    case 'seen':
      return withOutbox(state, see(state.outbox, event.gradeId));
    case 'insisted':
      return withOutbox(state, merge(see(state.outbox, event.gradeId), [event.entry]));
    case 'refused':
      return { ...state, mayGrade: { allowed: false, detail: event.detail } };
    case 'noticed':
      return { ...state, notice: event.notice };
    case 'forgot':
      return withOutbox(state, forget(state.outbox, event.at));
  }
}

/** What Undo would take back now. */
export function undoableIn({
  presses,
  outbox,
  gateway,
  source,
  isBusy,
}: SessionState): { ease: Ease; isHeld: boolean } | null {
  const last = presses.at(-1);
  const entry = last === undefined || isBusy ? undefined : entryIn(outbox, last.gradeId);
  if (entry === undefined) return null;
  if (entry.stage === 'held') return { ease: entry.grade.ease, isHeld: true };
  const isWithMac = entry.stage === 'pending' || entry.answer?.status === 'applied';
  const canUndo = isWithMac && source !== 'offline' && gateway?.abilities.undo === true;
  return canUndo ? { ease: entry.grade.ease, isHeld: false } : null;
}

/** `loading`: not known yet, or under way. `nothing`: nothing gives cards, and there is more to say than that all were done. */
export function phaseOf(state: SessionState): 'loading' | 'card' | 'finished' | 'nothing' {
  const { shown, isExpecting, source, done, troubles } = state;
  if (shown !== null) return 'card';
  if (isExpecting || source === null) return 'loading';
  const isFinished = source !== 'offline' || (done > 0 && troubles.length === 0);
  return isFinished ? 'finished' : 'nothing';
}

/** Whether a grade of this card can wait on the phone while the next one is shown. */
export const canHoldBack = ({ gateway }: SessionState, source: Source): boolean =>
  source === 'offline' || gateway?.abilities.lookahead === true;

const withOutbox = (state: SessionState, outbox: Outbox): SessionState =>
  outbox.length === state.outbox.length && outbox.every((entry, at) => entry === state.outbox[at])
    ? state
    : { ...state, outbox };

function touch(state: SessionState, cardIds: readonly number[]): SessionState {
  const stamp = state.stamp + 1;
  const touched = new Map([...state.touched, ...cardIds.map((cardId) => [cardId, stamp] as const)]);
  return { ...state, stamp, touched };
}

function recalled(state: SessionState, { entries, at }: Event<'recalled'>): SessionState {
  const outbox = merge(state.outbox, entries);
  if (outbox === state.outbox) return state;
  const cardIds = entries.map(({ grade }) => grade.cardId);
  return moveOn(state, touch({ ...state, outbox }, cardIds), at);
}

function takeHand(state: SessionState, { news, kept, stamp, at }: Event<'hand'>): SessionState {
  const { gateway, troubles, hint, mayGrade } = news;
  const told = { ...state, gateway, troubles, hint, mayGrade, counts: countsNow(state, news.counts), silence: null };
  if (gateway === null) return fallBack(told, { kept, at });
  const hand = news.cards
    .filter(({ cardId }) => (state.touched.get(cardId) ?? 0) <= stamp)
    .map((card): Dealt => ({ card, source: gateway.kind }));
  const isOutdated = hand.length < news.cards.length;
  // Where one card comes at a time, the next one comes with the answer.
  const isUnderWay = !gateway.abilities.lookahead && hand.some(({ card }) => isOnItsWay(state.outbox, card.cardId));
  const isExpecting = isOutdated || isUnderWay;
  const begun = isOvertaken(state, news, at) ? { ...told, shown: null } : told;
  return dealIfNone({ ...begun, source: gateway.kind, hand: fitting(begun, hand), isExpecting }, at);
}

/** Goes on with the cards in hand, and then with those that the phone keeps. */
function fallBack(state: SessionState, { kept, at }: { kept: readonly ReviewCard[]; at: EpochMs }): SessionState {
  const fresh = kept.filter((card) => !isSpent(state.outbox, card)).map((card): Dealt => ({ card, source: 'offline' }));
  const inHand = new Set(state.hand.map(({ card }) => card.cardId));
  const hand = [...state.hand, ...fresh.filter(({ card }) => !inHand.has(card.cardId))];
  return dealIfNone({ ...state, source: 'offline', hand: fitting(state, hand), isExpecting: false }, at);
}

const turnOver = (state: SessionState): SessionState =>
  state.shown === null || state.shown.side === 'answer' || state.isBusy || state.isDead
    ? state
    : { ...state, shown: { ...state.shown, side: 'answer' }, isDead: true };

/** Puts the card at the end, for those whose grades are not taken. */
function skip(state: SessionState, at: EpochMs): SessionState {
  const { shown, mayGrade, isBusy, isDead } = state;
  if (shown === null || mayGrade.allowed || isBusy || isDead) return state;
  return deal({ ...state, shown: null, hand: [...state.hand, { card: shown.card, source: shown.source }] }, at);
}

function takePress(state: SessionState, { entry }: Event<'pressed'>): SessionState {
  const { shown } = state;
  if (shown === null || shown.card.cardId !== entry.grade.cardId || state.isBusy) return state;
  const { card, source } = shown;
  const presses = [...state.presses, { gradeId: entry.grade.gradeId, dealt: { card, source } }];
  return touch(
    {
      ...state,
      outbox: press(state.outbox, entry),
      presses: presses.slice(-REMEMBERED_PRESSES),
      done: state.done + 1,
      pressedAt: entry.grade.answeredAt,
      counts: shifted(state.counts, card, -1),
      isBusy: true,
      notice: null,
    },
    [card.cardId],
  );
}

function takeAnswers(state: SessionState, { answers, next, counts, at }: Event<'answered'>): SessionState {
  const outbox = answers.reduce((box, { gradeId, answer: told }) => answer(box, gradeId, { told, at }), state.outbox);
  const known = new Set(answers.map(({ gradeId }) => gradeId));
  const cardIds = outbox.flatMap(({ grade }) => (known.has(grade.gradeId) ? [grade.cardId] : []));
  const told = touch(withoutUndone({ ...state, outbox, counts: counts ?? state.counts }), cardIds);
  const after = moveOn(state, told, at);
  return next === null ? after : dealIfNone(putFirst(after, next), at);
}

/** Puts the card that Anki itself shows at the head of the hand, unless it is on the screen and stays there. */
function putFirst(state: SessionState, card: ReviewCard): SessionState {
  if (state.gateway === null) return state;
  const others = state.hand.filter((dealt) => dealt.card.cardId !== card.cardId);
  const isPressed = state.isBusy && state.presses.at(-1)?.dealt.card.cardId === card.cardId;
  const isShown = state.shown?.card.cardId === card.cardId && !isPressed;
  return isShown || isOnItsWay(state.outbox, card.cardId)
    ? state
    : { ...state, hand: [{ card, source: state.gateway.kind }, ...others] };
}

function takeLastBack(state: SessionState, at: EpochMs): SessionState {
  const last = state.presses.at(-1);
  if (last === undefined || state.isBusy || undoableIn(state)?.isHeld !== true) return state;
  const outbox = takeBack(state.outbox, last.gradeId, at);
  return putBack({ ...state, outbox, counts: shifted(state.counts, last.dealt.card, 1) }, last.dealt, at);
}

function takeUndone(state: SessionState, { gradeId, answer: told, card, at }: Event<'undone'>): SessionState {
  const outbox = answer(state.outbox, gradeId, { told, at });
  const cardIds = outbox.flatMap(({ grade }) => (grade.gradeId === gradeId ? [grade.cardId] : []));
  if (!isLastPress(state, gradeId)) return touch({ ...state, outbox }, cardIds);
  const after = touch({ ...state, outbox, isBusy: false }, cardIds);
  if (told.status !== 'undone') return { ...after, notice: 'It was not taken back.' };
  const source = state.gateway?.kind ?? 'offline';
  return card === null ? withoutLastPress(after) : putBack(after, { card, source }, at);
}

/** Once the last grade stays for good, so do those before it: Anki takes back its last step only. */
function takeRefusal(state: SessionState, { gradeId, why, isFinal }: Event<'not-undone'>): SessionState {
  if (!isLastPress(state, gradeId)) return { ...state, notice: why };
  const presses = isFinal
    ? state.presses.filter(({ dealt }) => isOnItsWay(state.outbox, dealt.card.cardId))
    : state.presses;
  return { ...state, presses, isBusy: false, notice: why };
}

/** Shows a card again whose grade was taken back; the one on the screen is the next. */
function putBack(state: SessionState, dealt: Dealt, at: EpochMs): SessionState {
  const { shown } = state;
  const hand = shown === null ? state.hand : [{ card: shown.card, source: shown.source }, ...state.hand];
  const others = hand.filter(({ card }) => card.cardId !== dealt.card.cardId);
  return deal({ ...withoutLastPress(state), shown: null, hand: [dealt, ...others], notice: null }, at);
}

const isLastPress = ({ presses }: SessionState, gradeId: string): boolean => presses.at(-1)?.gradeId === gradeId;

const withoutLastPress = (state: SessionState): SessionState => ({
  ...state,
  presses: state.presses.slice(0, -1),
  done: Math.max(0, state.done - 1),
});

/** Without presses of which it was found out only later that they are taken back. */
function withoutUndone(state: SessionState): SessionState {
  const presses = state.presses.filter(({ gradeId }) => entryIn(state.outbox, gradeId)?.answer?.status !== 'undone');
  const undone = state.presses.length - presses.length;
  return undone === 0
    ? state
    : { ...state, presses, done: Math.max(0, state.done - undone), notice: 'It was taken back.' };
}

const otherDeck = (state: SessionState, deck: string | null): SessionState =>
  deck === state.deck
    ? state
    : {
        ...state,
        deck,
        outbox: release(state.outbox),
        hand: [],
        shown: null,
        counts: null,
        presses: [],
        isBusy: false,
        isExpecting: true,
        notice: null,
      };
