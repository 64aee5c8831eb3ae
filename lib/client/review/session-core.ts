import { entryIn, type Outbox, unsettled } from '#lib/domain/review/outbox.ts';
import { advance } from '#lib/domain/review/session.ts';
import { type SessionEvent, type SessionState, startSession } from '#lib/domain/review/session-state.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { Phone } from './phone.ts';
import { noteWaiting } from './waiting-count.ts';

/** How long a grade is held back on the phone, so that taking it back leaves no trace. */
const HOLD_MS = 6 * SECOND;
/** How long presses do nothing after a card or its answer appeared. */
const DEAD_MS = 200;

/**
 * The session as it is now, and what follows by itself from each event: grades are written down, held ones let go in time,
 * the dead time ends.
 */
export class SessionCore {
  readonly #phone: Phone;
  readonly #onWaiting: () => void;
  readonly #listeners = new Set<() => void>();
  #state: SessionState;
  #forgetDead = () => {};
  #turnedAt: DurationMs = 0;

  /** `onWaiting`: a grade is written down and may be sent. */
  constructor(phone: Phone, deck: string | null, onWaiting: () => void) {
    this.#phone = phone;
    this.#onWaiting = onWaiting;
    this.#state = startSession(deck);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** How long the card on the screen has been there, by a clock that does not jump. */
  get shownForMs(): DurationMs {
    return Math.round(this.#phone.mono() - this.#turnedAt);
  }

  /** Calls back after every change. Returns how not to. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes an event. Resolves when what it changed about grades is written down: false where the phone refuses that. */
  async dispatch(event: SessionEvent): Promise<boolean> {
    const before = this.#state;
    if (!this.#advance(event) || this.#state.outbox === before.outbox) return true;
    const known = new Set(before.outbox);
    const changed = this.#state.outbox.filter((entry) => !known.has(entry));
    const left = new Set(this.#state.outbox.map(({ grade }) => grade.gradeId));
    const gone = before.outbox.filter(({ grade }) => !left.has(grade.gradeId));
    if (gone.length > 0) void this.#phone.grades.remove(gone.map(({ grade }) => grade.gradeId));
    if (changed.length === 0) return true;
    this.#phone.tell(changed);
    const isKept = await this.#phone.grades.write(changed);
    if (changed.some(({ stage }) => stage === 'waiting')) this.#onWaiting();
    return isKept;
  }

  /** Takes in what another window knows of its grades, which has written it down itself. */
  hear(entries: Outbox): void {
    this.#advance({ type: 'recalled', entries, at: this.#phone.wall() });
  }

  /** False where the event changes nothing. */
  #advance(event: SessionEvent): boolean {
    const before = this.#state;
    this.#state = advance(before, event);
    if (this.#state === before) return false;
    this.#time(before, this.#state);
    if (this.#state.outbox !== before.outbox) noteWaiting(unsettled(this.#state.outbox).length);
    for (const listener of this.#listeners) listener();
    return true;
  }

  #time(before: SessionState, after: SessionState): void {
    if (after.turn !== before.turn) this.#turnedAt = this.#phone.mono();
    if (after.isDead && (!before.isDead || after.turn !== before.turn)) {
      this.#forgetDead();
      this.#forgetDead = this.#phone.later(DEAD_MS, () => void this.dispatch({ type: 'woke' }));
    }
    for (const { grade, stage } of after.outbox) {
      const isNew = stage === 'held' && entryIn(before.outbox, grade.gradeId) === undefined;
      const release = () => void this.dispatch({ type: 'released', gradeId: grade.gradeId });
      if (isNew) this.#phone.later(HOLD_MS, release);
    }
  }
}
