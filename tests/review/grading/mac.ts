import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { type AnkiInProcess, ankiInProcess, type VirtualClock } from '#tests/support/anki-in-process.ts';
import type { ReviewRow } from '#tests/support/anki-model.ts';
import { addPlainNotes, plainCollection } from '#tests/support/anki-samples.ts';
import type { AnkiState } from '#tests/support/ankiconnect-answers.ts';
import type { DesktopAct } from './steps.ts';

export type Tally = Record<string, number>;

export const countIn = (tally: Tally, what: string, more = 1): void => {
  tally[what] = (tally[what] ?? 0) + more;
};

type Hand = 'server' | 'desktop';
/** A row of Anki's log, by whom it was written, and by whom it was taken back. */
export type WrittenRow = { readonly row: ReviewRow; readonly by: Hand; removedBy: Hand | null };

/** What happened to a card that a grade can meet, in the order it happened. `unlog`: a row was taken back. */
export type CardEvent = {
  readonly cardId: number;
  readonly by: Hand;
  readonly what: 'log' | 'unlog' | 'suspend' | 'bury' | 'remove';
  /** Of the log only. */
  readonly row: ReviewRow | null;
};

export type Mac = {
  readonly anki: AnkiInProcess;
  readonly events: readonly CardEvent[];
  /** All rows that were ever written, by their ids. */
  readonly rows: ReadonlyMap<number, WrittenRow>;
  /** Anki goes on in another state. */
  readonly be: (state: AnkiState) => void;
  /** Done before it returns; a window that hangs takes nothing. */
  readonly desktopDoes: (act: DesktopAct) => void;
  /** A review of this very card that was given elsewhere comes in. */
  readonly rivalReviews: (cardId: number, ease: number) => void;
};

const REVIEWS = 24;
const IN_LEARNING = 6;
/** Below that the person at the Mac deletes no more. */
const FEWEST_CARDS = 8;

/** Anki with somebody at the Mac; who wrote which row is noted. */
export function createMac(clock: VirtualClock, tally: Tally): Mac {
  const collection = plainCollection({ cards: REVIEWS, now: clock.now });
  addPlainNotes(collection, { cards: IN_LEARNING, deck: 'Plain', standing: { as: 'learning', dueInMs: 0, left: 2 } });
  const anki = ankiInProcess({ clock, collection, state: 'no-reviewer' });
  const rows = new Map<number, WrittenRow>();
  const events: CardEvent[] = [];
  let hand: Hand = 'server';
  const { add, remove } = collection.revlog;
  Object.assign(collection.revlog, {
    add: (row: ReviewRow) => {
      rows.set(row.id, { row, by: hand, removedBy: null });
      events.push({ cardId: row.cardId, by: hand, what: 'log', row });
      add(row);
    },
    remove: (id: number) => {
      const known = rows.get(id);
      if (known !== undefined) {
        known.removedBy = hand;
        events.push({ cardId: known.row.cardId, by: hand, what: 'unlog', row: known.row });
      }
      remove(id);
    },
  });

  let isHung = false;
  const { desktop } = anki;
  const actOf = ({ does, ease, pick }: DesktopAct, cardId: number): Promise<unknown> => {
    switch (does) {
      case 'grade':
        return desktop.grade(ease);
      case 'open':
        return desktop.openDeck('Plain');
      case 'close':
        return desktop.closeReviewer();
      case 'undo':
        return desktop.undo();
      case 'suspend':
        return desktop.suspend(cardId);
      case 'bury':
        return desktop.bury(cardId);
      case 'remove':
        return collection.cards.size > FEWEST_CARDS ? desktop.remove(cardId) : Promise.resolve();
      case 'sync':
        return desktop.sync([{ cardId, ease, at: clock.now() - (pick % 3) * MINUTE }]);
    }
  };
  const byDesktop = (act: () => Promise<unknown>) => {
    clock.advance(SECOND); // nobody undoes and answers in one and the same millisecond, which would be the same row
    hand = 'desktop';
    void act();
    hand = 'server';
  };
  return {
    anki,
    rows,
    events,
    be(state) {
      isHung = state === 'hung';
      anki.be(state);
    },
    desktopDoes(act) {
      if (isHung) return;
      anki.catchUp(); // what is still under way is the server's
      const cardId = [...collection.cards.keys()][act.pick % collection.cards.size];
      if (cardId === undefined) return;
      countIn(tally, `desktop: ${act.does}`);
      const { does } = act;
      if (does === 'suspend' || does === 'bury' || does === 'remove')
        events.push({ cardId, by: 'desktop', what: does, row: null });
      byDesktop(() => actOf(act, cardId));
    },
    rivalReviews(cardId, ease) {
      if (isHung || !collection.cards.has(cardId)) return;
      anki.catchUp();
      countIn(tally, 'desktop: a review of the very card');
      byDesktop(() => desktop.sync([{ cardId, ease, at: clock.now() }]));
    },
  };
}
