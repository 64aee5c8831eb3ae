import { MINUTE } from '#lib/domain/time.ts';
import { KEPT_PREFIX, type Kept } from './answers.ts';
import { type Database, openDatabase } from './database.ts';
import { keysFrom, readText, writeText } from './kept-text.ts';
import { parsed } from './parsed.ts';

/** What may stand in `localStorage`, in characters: it is read before the first paint, and iOS gives 2.5 million in all. */
const MOST_AT_ONCE = 200_000;
/** Answers in the database: six windows of two histories, and the incidents looked at last. */
const MOST_IN_DATABASE = 40;
/** How often the same answer is written to the database. */
const WRITE_EVERY_MS = MINUTE / 2;

const ANSWERS = 'answers';

/** Where answers are kept for the next start: the newest where they can be read at once, all of them in the database. */
export type AnswerShelf = {
  readonly keep: (kept: Kept<unknown>) => Promise<void>;
  /** From the database, as it was written; undefined where there is none or it cannot be had. */
  readonly find: (url: string) => Promise<unknown>;
  /** Closes the database; the next work opens it again. */
  readonly rest: () => void;
};

/** Without storage, or with one that never answers, nothing is kept and nothing waits. */
export function answerShelf(database: Database = openDatabase('lifeline-answers', [ANSWERS])): AnswerShelf {
  const writtenAt = new Map<string, number>();
  const keep = async (kept: Kept<unknown>) => {
    keepAtOnce(kept);
    const last = writtenAt.get(kept.url);
    if (last !== undefined && Math.abs(kept.receivedAt - last) < WRITE_EVERY_MS) return;
    writtenAt.set(kept.url, kept.receivedAt);
    await database.run(async (opened) => {
      await opened.put(ANSWERS, kept, kept.url);
      if ((await opened.count(ANSWERS)) <= MOST_IN_DATABASE) return;
      const all: unknown[] = await opened.getAll(ANSWERS);
      const oldest = all.flatMap((one) => addressed(one)).sort((a, b) => a.receivedAt - b.receivedAt);
      await Promise.all(oldest.slice(0, -MOST_IN_DATABASE).map(({ url }) => opened.delete(ANSWERS, url)));
    });
  };
  const find = async (url: string) => (await database.run((opened) => opened.get(ANSWERS, url)))?.value;
  return { keep, find, rest: database.rest };
}

type Addressed = { readonly url: string; readonly receivedAt: number };

/** Whose answer it is and when it came; empty for what no version of this app has written. */
function addressed(kept: unknown): readonly Addressed[] {
  if (typeof kept !== 'object' || kept === null || !('url' in kept) || !('receivedAt' in kept)) return [];
  const { url, receivedAt } = kept;
  return typeof url === 'string' && typeof receivedAt === 'number' ? [{ url, receivedAt }] : [];
}

/** Puts it where it can be read at once, in place of those that came longest ago if there is no room. */
function keepAtOnce(kept: Kept<unknown>): void {
  const text = JSON.stringify(kept);
  const key = KEPT_PREFIX + kept.url;
  const isTooLong = text.length > MOST_AT_ONCE;
  if (!isTooLong) makeRoom(MOST_AT_ONCE - text.length, key);
  // One that is too long alone goes, so that no older one of it stays; as does one for which the phone has no room.
  if (isTooLong || !writeText(key, text)) writeText(key, null);
}

/** Removes of the answers beside this one those that came longest ago, until the others take no more than that. */
function makeRoom(mostOfOthers: number, key: string): void {
  const others = keysFrom(KEPT_PREFIX).filter((other) => other !== key);
  const held = others.map((other) => ({ other, text: readText(other) ?? '' }));
  let total = held.reduce((sum, { text }) => sum + text.length, 0);
  if (total <= mostOfOthers) return;
  const cameAt = ({ text }: (typeof held)[number]) => addressed(parsed(text))[0]?.receivedAt ?? 0;
  for (const { other, text } of held.sort((a, b) => cameAt(a) - cameAt(b))) {
    if (total <= mostOfOthers) return;
    writeText(other, null);
    total -= text.length;
  }
}
