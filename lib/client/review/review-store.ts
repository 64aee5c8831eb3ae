import type { Grade } from '#lib/domain/review/grading.ts';
import { entryIn, type Outbox } from '#lib/domain/review/outbox.ts';
import { phaseOf } from '#lib/domain/review/session.ts';
import type { SessionState } from '#lib/domain/review/session-state.ts';
import { SECOND } from '#lib/domain/time.ts';
import { createActions } from './actions.ts';
import { readDeck } from './chosen-deck.ts';
import { Flusher } from './flush.ts';
import { HandFeed } from './hand-feed.ts';
import type { Phone } from './phone.ts';
import { type Sent, sendGrades } from './send-grades.ts';
import type { ReviewSession } from './session.ts';
import { SessionCore } from './session-core.ts';
import { sessionOf } from './session-view.ts';
import { isAway, takeIn } from './take-in.ts';

/** iOS lets the first request after a resume fail; the second one, this much later, gets through. */
const RESUME_MS = 1.5 * SECOND;

/** The review session of this page, without any screen. */
export type ReviewStore = {
  /** The same object until something changes. */
  readonly read: () => ReviewSession;
  readonly listen: (listener: () => void) => () => void;
  /** Takes up what the phone kept, and asks the Mac. Goes on until it is stopped. */
  readonly start: () => void;
  /** Lets go what is held, and asks for no more cards; grades that wait are still sent. */
  readonly stop: () => void;
  /** The page is seen again, or the network is back. */
  readonly wake: () => void;
  /** The page is hidden, and may never come back. */
  readonly sleep: () => void;
  readonly hear: (entries: Outbox) => void;
  /** Sends what waits from another time, without starting a session. */
  readonly sendWaiting: () => Promise<void>;
};

export function createReviewStore(phone: Phone): ReviewStore {
  let mediaBase: string | null = null;
  const core = new SessionCore(phone, readDeck(), () => void flusher.flush());
  const send = async (grades: readonly Grade[], keepalive: boolean): Promise<Sent> => {
    const { deck } = core.state;
    const sent = await sendGrades(phone.ask, { deck, grades, sentAt: phone.wall(), keepalive });
    if (sent.kind === 'answered') mediaBase = sent.reply.mediaBase ?? mediaBase;
    const isStuck = isNewlyPending(core.state.outbox, sent);
    await takeIn(sent, { core, phone, isSameDeck: core.state.deck === deck, grades });
    // What was graded last may come again soon; where a grade is stuck there may be another way to Anki by now.
    if (sent.kind === 'answered' && (isStuck || phaseOf(core.state) === 'finished')) void feed.ask();
    // Whether the Mac still gives cards is worth knowing now.
    if (sent.kind === 'failed' && isAway(sent.failure) && core.state.source !== 'offline') void feed.doubt();
    return sent;
  };
  const flusher = new Flusher({ ...phone, send, outbox: () => core.state.outbox });
  const feed = new HandFeed(core, phone, (view, { isBack }) => {
    mediaBase = view.mediaBase;
    // What waits need not wait for its turn.
    if (isBack && view.mayGrade.allowed) void flusher.flushAnew();
    else if (view.mayGrade.allowed) flusher.allow();
  });
  const actions = createActions({ core, phone, flusher, feed, mediaBase: () => mediaBase });
  let shown: { readonly state: SessionState; readonly session: ReviewSession } | null = null;
  return {
    read: () => {
      if (shown?.state !== core.state) shown = { state: core.state, session: sessionOf(core.state, actions) };
      return shown.session;
    },
    listen: (listener) => core.listen(listener),
    hear: (entries) => core.hear(entries),
    ...runningOf({ core, phone, flusher, feed }),
  };
}

/** Whether Lifeline says for the first time of a grade that it cannot tell yet. */
const isNewlyPending = (outbox: Outbox, sent: Sent): boolean =>
  sent.kind === 'answered' &&
  sent.reply.answers.some(
    ({ gradeId, answer }) => answer.status === 'pending' && entryIn(outbox, gradeId)?.stage === 'waiting',
  );

type Parts = {
  readonly core: SessionCore;
  readonly phone: Phone;
  readonly flusher: Flusher;
  readonly feed: HandFeed;
};

function runningOf({ core, phone, flusher, feed }: Parts): Omit<ReviewStore, 'read' | 'listen' | 'hear'> {
  let isStarted = false;
  let forgetTick = () => {};
  const tick = () => {
    if (phone.isVisible()) feed.tick();
    forgetTick = phone.later(SECOND, tick);
  };
  const sleep = () => {
    void core.dispatch({ type: 'released', gradeId: null });
    flusher.leave();
    phone.grades.rest();
    phone.kept.rest();
  };
  const sendWaiting = async () => {
    await recall(core, phone);
    await flusher.flushAnew();
  };
  const wake = async () => {
    void core.dispatch({ type: 'forgot', at: phone.wall() });
    void flusher.flushAnew();
    await feed.ask();
    if (core.state.source === 'offline') phone.later(RESUME_MS, () => void feed.ask());
  };
  return {
    start: () => {
      if (isStarted) return;
      isStarted = true;
      void sendWaiting();
      tick();
    },
    stop: () => {
      isStarted = false;
      forgetTick();
      sleep();
    },
    wake: () => {
      if (isStarted) void wake();
    },
    sleep,
    sendWaiting,
  };
}

/** Makes one list of the two that the phone kept; either alone is enough. */
async function recall(core: SessionCore, phone: Phone): Promise<void> {
  void core.dispatch({ type: 'recalled', entries: phone.grades.journal(), at: phone.wall() });
  const entries = await phone.grades.database();
  void core.dispatch({ type: 'recalled', entries, at: phone.wall() });
  void core.dispatch({ type: 'forgot', at: phone.wall() });
}
