import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, type EpochMs, SECOND } from '#lib/domain/time.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { HISTORY_FILE } from '#lib/store/sqlite-file.ts';
import { makeHistory } from '#tests/support/made-history.ts';

/** When the made year ends; fixed, so that every run measures the same rows. */
export const YEAR_ENDS: EpochMs = Date.UTC(2026, 5, 1, 12, 34);

/** A year of probes 5 s apart in this directory, through the store's own `record`, `rollUp` and `forget`. The file's bytes. */
export async function makeYear(dataDir: string): Promise<number> {
  rmSync(dataDir, { recursive: true, force: true });
  const store = await openHistory(dataDir);
  await makeHistory(store, { from: YEAR_ENDS - 365 * DAY, to: YEAR_ENDS, intervalMs: 5 * SECOND, seed: 1 });
  await store.close();
  return statSync(join(dataDir, HISTORY_FILE)).size;
}
