import { type DurationMs, type EpochMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { SessionState } from './session-state.ts';

/** With fewer cards than this in hand more are asked for. */
const FEW = 8;
/** How soon at the earliest the Mac is asked again, so that a session's end does not become a storm. */
const EXPECTING_MS = 1.5 * SECOND;
const SOON_MS = 5 * SECOND;
const SILENT_MS = 10 * SECOND;
/** With nothing to show: Anki may count cards that it gives only later. */
const FINISHED_MS = 15 * SECOND;

/** Whether the Mac is to be asked for cards, `sinceMs` after it was asked last. `now`: by the phone's clock. */
export function wantsHand(state: SessionState, { sinceMs, now }: { sinceMs: DurationMs; now: EpochMs }): boolean {
  if (sinceMs >= MINUTE) return true;
  if (state.source === 'offline') return sinceMs >= SILENT_MS;
  if (state.shown === null && state.isExpecting) return sinceMs >= EXPECTING_MS;
  return (
    sinceMs >= (state.shown === null ? FINISHED_MS : SOON_MS) &&
    (hasFew(state) || hasLearningDue(state, { askedAt: now - sinceMs, now }))
  );
}

/** Few cards are in hand, and there are more. */
function hasFew({ hand, shown, counts }: SessionState): boolean {
  const held = hand.length + (shown === null ? 0 : 1);
  return hand.length < FEW && counts !== null && counts.new + counts.learning + counts.review > held;
}

/** A card in learning has become due since, and comes before the others now. */
const hasLearningDue = ({ hand }: SessionState, { askedAt, now }: { askedAt: EpochMs; now: EpochMs }): boolean =>
  hand.some(({ card: { dueAt } }) => dueAt !== null && dueAt > askedAt && dueAt <= now);
