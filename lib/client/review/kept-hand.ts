import { fetchMathFor } from '#lib/client/card-host/math-source.ts';
import type { Database } from '#lib/client/kept/database.ts';
import type { FrameMedia } from '#lib/contract/card-frame.ts';
import type { HandView } from '#lib/contract/review.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import { DAY, type EpochMs } from '#lib/domain/time.ts';
import type { FetchFile } from './fetch-file.ts';
import { openKeptDatabase, readFiles, readHand, writeHand } from './kept-records.ts';
import type { KeptHand } from './stored.ts';

/** Together they fit on any phone, and one does not take the place of all others. */
const ALL_BYTES = 20_000_000;
const FILE_BYTES = 3_000_000;

/** The cards that this phone holds for the time without the Mac, and their files. Nothing of it rejects; it may hold nothing. */
export type KeptHandShelf = {
  /** Those of a deck and its subdecks; null: of every deck. */
  readonly cards: (deck: string | null) => Promise<readonly ReviewCard[]>;
  /** Keeps these cards instead of those before, then fetches the files that are missing; a later call ends that. */
  readonly keep: (view: HandView, how: { readonly newCards: boolean; readonly at: EpochMs }) => Promise<void>;
  /** Forgets a card that was graded. */
  readonly drop: (cardId: number) => Promise<void>;
  /** Those of the files that are kept, by name. */
  readonly files: (names: readonly string[]) => Promise<Readonly<Record<string, FrameMedia>>>;
  readonly rest: () => void;
};

export function openKeptHand(fetchFile: FetchFile, database: Database = openKeptDatabase()): KeptHandShelf {
  let newest: HandView | null = null;
  const keepFile = async (name: string, url: string) => {
    const { files: kept } = await readHand(database);
    if (kept.some((file) => file.name === name)) return;
    const left = ALL_BYTES - kept.reduce((sum, { bytes }) => sum + bytes, 0);
    const file = await fetchFile(url, Math.min(FILE_BYTES, left));
    // Read again, because a card may have been graded meanwhile, or another hand kept.
    const hand = await readHand(database);
    if (file === null || !filesOf(hand.cards).includes(name)) return;
    const others = hand.files.filter((kept) => kept.name !== name);
    const files = [...others, { name, bytes: file.bytes.byteLength, keptAt: hand.keptAt }];
    await writeHand(database, { ...hand, files }, { name, kept: file });
  };
  return {
    cards: async (deck) => (await readHand(database)).cards.filter((card) => isIn(card, deck)),
    keep: async (view, { newCards, at }) => {
      // A gateway that shows only the card on Anki's screen has none for later.
      if (view.gateway?.abilities.lookahead !== true) return;
      newest = view;
      const cards = view.cards.filter(({ queue }) => newCards || queue !== 'new');
      const wanted = filesOf(cards);
      const files = (await readHand(database)).files.filter(isFresh(wanted, at));
      const isWritten = await writeHand(database, { cards, deck: view.deck, keptAt: at, files });
      void fetchMathFor(cards);
      if (!isWritten || view.mediaBase === null) return;
      for (const name of wanted) if (newest === view) await keepFile(name, view.mediaBase + encodeURIComponent(name));
    },
    drop: async (cardId) => {
      const hand = await readHand(database);
      const cards = hand.cards.filter((card) => card.cardId !== cardId);
      if (cards.length < hand.cards.length) await writeHand(database, { ...hand, cards });
    },
    files: (names) => readFiles(database, names),
    rest: () => database.rest(),
  };
}

/** A file of an earlier hand that is wanted again, and not so old that it may have changed on the Mac. */
const isFresh =
  (wanted: readonly string[], at: EpochMs) =>
  ({ name, keptAt }: KeptHand['files'][number]): boolean =>
    wanted.includes(name) && at - keptAt < DAY;

const filesOf = (cards: readonly ReviewCard[]): string[] => [...new Set(cards.flatMap(({ media }) => media))];

const isIn = (card: ReviewCard, deck: string | null): boolean =>
  deck === null || card.deck === deck || card.deck?.startsWith(`${deck}::`) === true;
