import { DAY, type EpochMs, HOUR } from '#lib/domain/time.ts';
import { dayNumber } from './anki-day.ts';
import {
  type Card,
  type Clock,
  type Deck,
  type Note,
  type NoteType,
  QUEUE,
  type ReviewRow,
  type Standing,
  TYPE,
} from './anki-model.ts';

/** The cards of one deck tree in the order in which Anki hands them out; built on demand, dropped by most changes. */
export type StudyQueue = { readonly deckId: number; readonly day: number; main: number[]; learning: number[] };

/** `day`: it cannot be taken back on another. */
export type UndoStep = { readonly name: string; readonly day: number; readonly undo: () => void };

/** How many cards a deck has taken from its limits on a day. */
export type Tally = { day: number; new: number; review: number };

/** One profile's collection. What changes it is in the files that know the rules; tests may read everything. */
export type Collection = {
  readonly now: Clock;
  readonly madeAt: EpochMs;
  readonly decks: Map<number, Deck>;
  readonly noteTypes: Map<string, NoteType>;
  readonly notes: Map<number, Note>;
  readonly cards: Map<number, Card>;
  readonly revlog: RevLog;
  readonly media: Map<string, Buffer>;
  /** Where the media are as files; null until they are asked for. */
  mediaDir: string | null;
  currentDeckId: number;
  readonly tallies: Map<number, Tally>;
  queue: StudyQueue | null;
  undoSteps: UndoStep[];
  takeId(): number;
};

export const DEFAULT_DECK_ID = 1;
const FIRST_ID = 1_498_938_915_662;
const LIMITS = { newPerDay: 20, reviewsPerDay: 200, filtered: null };

export function createCollection(now: Clock = Date.now): Collection {
  let lastId = FIRST_ID - 1;
  return {
    now,
    madeAt: now(),
    decks: new Map([[DEFAULT_DECK_ID, { id: DEFAULT_DECK_ID, name: 'Default', ...LIMITS }]]),
    noteTypes: new Map(),
    notes: new Map(),
    cards: new Map(),
    revlog: createRevLog(),
    media: new Map(),
    mediaDir: null,
    currentDeckId: DEFAULT_DECK_ID,
    tallies: new Map(),
    queue: null,
    undoSteps: [],
    takeId: () => ++lastId,
  };
}

/** Rows in the order of their ids. */
export type RevLog = {
  readonly rows: ReviewRow[];
  readonly of: (cardId: number) => readonly ReviewRow[];
  readonly add: (row: ReviewRow) => void;
  readonly remove: (id: number) => void;
  /** The first id from this one on that no row has. */
  readonly freeFrom: (id: number) => number;
  /** How many have at least this id. */
  readonly countFrom: (id: number) => number;
};

function createRevLog(): RevLog {
  const rows: ReviewRow[] = [];
  const byCard = new Map<number, ReviewRow[]>();
  return {
    rows,
    of: (cardId) => byCard.get(cardId) ?? [],
    add: (row) => {
      rows.splice(placeOf(rows, row.id), 0, row);
      const own = byCard.get(row.cardId) ?? [];
      own.splice(placeOf(own, row.id), 0, row);
      byCard.set(row.cardId, own);
    },
    remove: (id) => {
      const [row] = rows.splice(placeOf(rows, id), 1);
      const own = row && byCard.get(row.cardId);
      own?.splice(placeOf(own, id), 1);
    },
    freeFrom: (id) => {
      let free = id;
      for (let place = placeOf(rows, id); rows[place]?.id === free; place += 1) free += 1;
      return free;
    },
    countFrom: (id) => rows.length - placeOf(rows, id),
  };
}

/** Where the first row with at least this id is, or would be. */
function placeOf(rows: readonly ReviewRow[], id: number): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle]?.id ?? 0) < id) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The days on which cards in review are due are counted as this is. */
export const today = ({ now }: Collection): number => dayNumber(now());

/** The deck of this name, made with its parents where it is missing. */
export function addDeck(collection: Collection, name: string, settings: Partial<Omit<Deck, 'id' | 'name'>> = {}): Deck {
  const known = deckNamed(collection, name);
  if (known !== null) return known;
  const parent = name.split('::').slice(0, -1).join('::');
  if (parent !== '') addDeck(collection, parent);
  const deck = { id: collection.takeId(), name, ...LIMITS, ...settings };
  collection.decks.set(deck.id, deck);
  return deck;
}

/** As Anki compares names: without regard to case. */
export function deckNamed(collection: Collection, name: string): Deck | null {
  const wanted = name.toLowerCase();
  return [...collection.decks.values()].find((deck) => deck.name.toLowerCase() === wanted) ?? null;
}

/** A deck and all below it. */
export function deckTree({ decks }: Collection, root: Deck): readonly Deck[] {
  return [...decks.values()].filter(({ name }) => name === root.name || name.startsWith(`${root.name}::`));
}

export type NewNote = {
  readonly deck: string;
  readonly noteType: NoteType;
  readonly fields: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  /** Of all its cards; new unless told. */
  readonly standing?: Standing;
};

/** Adds a note with one card for each template, or for each of its clozes. */
export function addNote(collection: Collection, given: NewNote): readonly Card[] {
  const { noteType, tags = [], standing = { as: 'new' } } = given;
  const fields = Object.fromEntries(noteType.fields.map((name) => [name, given.fields[name] ?? '']));
  const note: Note = { id: collection.takeId(), noteType, fields, tags: [...tags] };
  collection.noteTypes.set(noteType.name, noteType);
  collection.notes.set(note.id, note);
  const deckId = addDeck(collection, given.deck).id;
  return ordinalsOf(note).map((ordinal) => {
    const card = { ...BLANK, id: collection.takeId(), noteId: note.id, ordinal, deckId };
    collection.cards.set(card.id, card);
    stand(collection, card, standing);
    return card;
  });
}

const BLANK = {
  homeDeckId: 0,
  homeDue: 0,
  type: TYPE.new,
  queue: QUEUE.new,
  due: 0,
  interval: 0,
  factor: 0,
  reps: 0,
  lapses: 0,
  left: 0,
  mod: 0,
  flags: 0,
};

function ordinalsOf({ noteType, fields }: Note): readonly number[] {
  if (!noteType.isCloze) return noteType.templates.map((_, ordinal) => ordinal);
  const numbers = [
    ...Object.values(fields)
      .join(' ')
      .matchAll(/\{\{c(\d+)::/g),
  ].map(([, number]) => Number(number) - 1);
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** Lends a card to a filtered deck. */
export function lend(card: Card, deck: Deck): void {
  Object.assign(card, { homeDeckId: card.deckId, homeDue: card.due, deckId: deck.id });
}

/** Puts a card where it stands after as many reviews as that takes, which are in the log. */
function stand(collection: Collection, card: Card, standing: Standing): void {
  const nowMs = collection.now();
  card.mod = Math.floor((nowMs - HOUR) / 1_000);
  const remember = (review: Pick<ReviewRow, 'ease' | 'ivl' | 'lastIvl' | 'factor'>, agoMs: number) => {
    const id = collection.madeAt - agoMs - (card.id % 1_000_000);
    collection.revlog.add({ id, cardId: card.id, usn: 0, time: 4_000, type: TYPE.new, ...review });
  };
  switch (standing.as) {
    case 'new':
      Object.assign(card, { type: TYPE.new, queue: QUEUE.new, due: collection.cards.size });
      return;
    case 'learning': {
      const due = Math.floor((nowMs + standing.dueInMs) / 1_000);
      const { left = 1 } = standing;
      Object.assign(card, { type: TYPE.learning, queue: QUEUE.learning, due, left, reps: 1 });
      remember({ ease: left > 1 ? 1 : 3, ivl: left > 1 ? -60 : -600, lastIvl: -60, factor: 0 }, HOUR);
      return;
    }
    case 'review': {
      const { intervalDays: interval, overdueDays = 0 } = standing;
      const due = today(collection) - overdueDays;
      Object.assign(card, { type: TYPE.review, queue: QUEUE.review, due, interval, factor: 2_500, reps: 1 });
      remember({ ease: 3, ivl: interval, lastIvl: -600, factor: 2_500 }, (interval + overdueDays) * DAY);
    }
  }
}
