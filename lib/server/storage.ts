import type { Beginning } from '#lib/monitor/chronicle.ts';
import { type Earlier, earlierFrom, NOTHING_EARLIER } from '#lib/monitor/past.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { claimDataDir, type Owner } from '#lib/store/owner.ts';
import { StorageError } from '#lib/store/storage-error.ts';
import { log } from './log.ts';

type Storage = {
  readonly store: HistoryStore;
  /** Null when the directory could not be claimed: then nothing can be kept in it. */
  readonly owner: Owner | null;
  /** Why the history lives in memory only; null when it is on disk. */
  readonly problem: string | null;
  /** Where the history left off. */
  readonly beginning: Beginning;
  /** What it says of the server before. */
  readonly earlier: Earlier;
};

/** A server that changes its state every minute leaves as many spans in a day. */
const MOST_SPANS = 1_500;

/**
 * Opens the history of a data directory as its only owner. Where the disk refuses, the history is kept in memory and the
 * reason is told, so that probing goes on; the directory stays ours, since the grades are in it too. Throws
 * AlreadyOwnedError when another process has the directory.
 */
export async function openStorage(dataDir: string): Promise<Storage> {
  let owner: Owner | null = null;
  try {
    owner = claimDataDir(dataDir);
    const store = await openHistory(dataDir);
    const beginning = await store.newest();
    const until = beginning.measuredUntil ?? 0;
    const spans = await store.spansFor({ from: until, to: Number.MAX_SAFE_INTEGER }, MOST_SPANS);
    return { store, owner, problem: null, beginning, earlier: earlierFrom(spans, until) };
  } catch (error) {
    if (!(error instanceof StorageError)) {
      owner?.release();
      throw error;
    }
    log.error({ err: error }, `the history is kept in memory only: ${error.message}`);
    const problem = `${error.message} Until the next start it is kept in memory only.`;
    return {
      store: await openHistory(':memory:'),
      owner,
      problem,
      beginning: { span: null, measuredUntil: null },
      earlier: NOTHING_EARLIER,
    };
  }
}
