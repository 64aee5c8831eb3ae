import { deviceId, uuidV7 } from '#lib/client/device.ts';
import type { FrameMedia } from '#lib/contract/card-frame.ts';
import type { Ease, ReviewCard } from '#lib/domain/review/card.ts';
import { labelOf } from '#lib/domain/review/card-label.ts';
import type { Grade } from '#lib/domain/review/grading.ts';
import { entryIn, entryOf } from '#lib/domain/review/outbox.ts';
import { canHoldBack } from '#lib/domain/review/session.ts';
import type { SessionState } from '#lib/domain/review/session-state.ts';
import { writeDeck } from './chosen-deck.ts';
import type { Flusher } from './flush.ts';
import type { HandFeed } from './hand-feed.ts';
import type { Phone } from './phone.ts';
import { nextSeq } from './seq.ts';
import type { ReviewSession } from './session.ts';
import type { SessionCore } from './session-core.ts';
import { undo } from './undo.ts';

export type Actions = Pick<
  ReviewSession,
  'reveal' | 'grade' | 'skip' | 'undo' | 'chooseDeck' | 'refresh' | 'dismiss' | 'insist' | 'media'
>;

const UNKEPT = 'This phone refuses to keep grades: leave this page open until they are sent.';
export type ActionNeeds = {
  readonly core: SessionCore;
  readonly phone: Phone;
  readonly flusher: Flusher;
  readonly feed: HandFeed;
  /** Where the cards' files are on the Mac; null where they cannot be had. */
  readonly mediaBase: () => string | null;
};

/** What a person can do on the review screen. None of it rejects. */
export function createActions(needs: ActionNeeds): Actions {
  const { core, phone, flusher, feed } = needs;
  return {
    reveal: () => void core.dispatch({ type: 'revealed' }),
    grade: (ease) => void giveGrade(needs, ease),
    undo: () => void undo(needs),
    chooseDeck: (deck) => {
      writeDeck(deck);
      void core.dispatch({ type: 'deck', deck });
      void feed.ask();
    },
    refresh: () => {
      void flusher.flushAnew();
      return feed.ask();
    },
    skip: () => void core.dispatch({ type: 'skipped', at: phone.wall() }),
    dismiss: (gradeId) => void core.dispatch({ type: 'seen', gradeId }),
    insist: (gradeId) => {
      const stale = entryIn(core.state.outbox, gradeId);
      if (stale?.answer?.status !== 'stale') return;
      const grade = { ...stale.grade, ...newPress(core.state, phone), insist: true };
      void core.dispatch({ type: 'insisted', gradeId, entry: entryOf(grade, { label: stale.label, isHeld: false }) });
    },
    media: (card) => mediaOf(needs, card),
  };
}

const newPress = ({ outbox }: SessionState, { wall }: Phone): Pick<Grade, 'gradeId' | 'deviceId' | 'seq'> => ({
  gradeId: uuidV7(wall()),
  deviceId: deviceId(),
  seq: nextSeq(Math.max(-1, ...outbox.map(({ grade }) => grade.seq))),
});

/** One press: written down before the next card comes, and sent where that comes with the answer. */
async function giveGrade({ core, phone, flusher, feed }: ActionNeeds, ease: Ease): Promise<void> {
  const grade = gradeNow(core, phone, ease);
  const source = core.state.shown?.source;
  if (grade === null || source === undefined) return;
  const isHeld = canHoldBack(core.state, source);
  const label = labelOf(core.state.shown?.card.question ?? '');
  const isKept = await core.dispatch({ type: 'pressed', entry: entryOf(grade, { label, isHeld }) });
  if (!isKept) {
    void core.dispatch({ type: 'noticed', notice: UNKEPT });
    void core.dispatch({ type: 'released', gradeId: grade.gradeId });
  }
  // It goes out as soon as it is written down.
  if (!isHeld) await flusher.idle();
  await core.dispatch({ type: 'next', gradeId: grade.gradeId, at: phone.wall() });
  feed.tick();
  phone.persist();
  await phone.kept.drop(grade.cardId);
}

/** The press as it is now; null where a press does nothing. */
function gradeNow(core: SessionCore, phone: Phone, ease: Ease): Grade | null {
  const { shown, isDead, isBusy, mayGrade } = core.state;
  if (shown === null || isDead || isBusy || !mayGrade.allowed) return null;
  const { card, shownAt, source } = shown;
  if (!card.buttons.some((button) => button.ease === ease)) return null;
  return {
    ...newPress(core.state, phone),
    cardId: card.cardId,
    ease,
    shownAt,
    // The clock may have been set back since.
    answeredAt: Math.max(phone.wall(), shownAt),
    msTaken: core.shownForMs,
    guard: card.guard,
    deck: card.deck,
    wasLearning: card.queue === 'learning',
    source,
    insist: false,
  };
}

/** From the Mac while it answers; else the bytes that the phone keeps. */
async function mediaOf(
  { core, phone, mediaBase }: ActionNeeds,
  { media }: ReviewCard,
): Promise<Readonly<Record<string, FrameMedia>>> {
  const base = mediaBase();
  const isNear = base !== null && core.state.source !== 'offline';
  const kept = isNear || media.length === 0 ? {} : await phone.kept.files(media);
  if (base === null) return kept;
  const fromMac = media.map((name) => [name, { url: base + encodeURIComponent(name) }] as const);
  return { ...Object.fromEntries(fromMac), ...kept };
}
