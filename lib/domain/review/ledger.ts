import type { EpochMs } from '#lib/domain/time.ts';
import type { GatewayKind } from './gateway.ts';
import type { Grade, Outcome, Review } from './grading.ts';

/** What was known right before Anki was asked to count a grade. On disk before it is asked. */
export type Intent = {
  readonly at: EpochMs;
  readonly gateway: GatewayKind;
  /** The card's rows in Anki's log, oldest first; null where the gateway has no log. */
  readonly before: readonly Review[] | null;
  /** Whose collection was open; null where Anki did not tell. */
  readonly profile: string | null;
};

export type LedgerEntry = {
  readonly grade: Grade;
  readonly receivedAt: EpochMs;
  /** Null while Anki was not asked. An entry with an intent and no outcome may or may not have been counted. */
  readonly intent: Intent | null;
  readonly outcome: Outcome | null;
  readonly settledAt: EpochMs | null;
  /** How many reviews of the day Anki told right after this one; null where it was not asked. */
  readonly reviewedToday: number | null;
  /** When Anki was asked to take it back, which it is once at most; null while it was not. On disk before it is asked. */
  readonly undoAskedAt: EpochMs | null;
  /** When it was found out what came of that; null before. */
  readonly undoEndedAt: EpochMs | null;
};

/**
 * The durable list of grades. A promise that is fulfilled is on the disk (fsync). Every method rejects with a StorageError when
 * the disk or the file refuses; then the grade is not taken.
 */
export type Ledger = {
  readonly find: (gradeId: string) => Promise<LedgerEntry | null>;
  /** Keeps a new grade; one that is there already stays as it is. Resolves to what is there. */
  readonly receive: (grade: Grade, at: EpochMs) => Promise<LedgerEntry>;
  readonly intend: (gradeId: string, intent: Intent) => Promise<void>;
  /** It was found that Anki did not count it, so it may be tried again. */
  readonly withdraw: (gradeId: string) => Promise<void>;
  readonly settle: (gradeId: string, end: Settlement) => Promise<void>;
  readonly askUndo: (gradeId: string, at: EpochMs) => Promise<void>;
  readonly endUndo: (gradeId: string, at: EpochMs) => Promise<void>;
  /** Those without an outcome, in the order they were received. */
  readonly open: () => Promise<readonly LedgerEntry[]>;
  /** Those that Anki was asked to take back, of which it is not known what came of it. */
  readonly undoing: () => Promise<readonly LedgerEntry[]>;
  /** Newest first. */
  readonly newest: (limit: number) => Promise<readonly LedgerEntry[]>;
  readonly close: () => Promise<void>;
};

export type Settlement = {
  readonly outcome: Outcome;
  readonly at: EpochMs;
  readonly reviewedToday: number | null;
};
