// Records round after round into the directory it is given, and says each one before it goes on to the next.
import { writeSync } from 'node:fs';
import { SECOND } from '#lib/domain/time.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { claimDataDir } from '#lib/store/owner.ts';
import { MIDNIGHT, round } from './rounds.ts';

const [dataDir = ''] = process.argv.slice(2);
claimDataDir(dataDir);
const store = await openHistory(dataDir);
for (let nth = 0; ; nth += 1) {
  const at = MIDNIGHT + nth * 5 * SECOND;
  await store.record(round(at, { begins: nth === 0 }));
  if (nth % 30 === 29) await store.rollUp(at);
  writeSync(1, `${at}\n`);
}
