import type { Selectable } from 'kysely';
import { DAY, type EpochMs } from '#lib/domain/time.ts';
import type { DevicesDb, PairedTable, SeenTable } from './open-devices.ts';

export type PairedRow = Selectable<PairedTable>;
export type SeenRow = Selectable<SeenTable>;

/** How many browsers are let in at a time. */
export const MOST_PAIRED = 50;
const MOST_SEEN = 100;
const SEEN_KEPT_MS = 90 * DAY;

/** The browsers that were let in by this token, the longest unseen first. */
export const readPaired = (db: DevicesDb, tokenHash: string): Promise<readonly PairedRow[]> =>
  db.selectFrom('paired').selectAll().where('token_hash', '=', tokenHash).orderBy('seen_at').execute();

/** Forgets the browsers that were let in by another token. */
export async function forgetPairedByOthers(db: DevicesDb, tokenHash: string): Promise<void> {
  await db.deleteFrom('paired').where('token_hash', '!=', tokenHash).execute();
}

/** Keeps a browser in place of others, which were given up for it. */
export async function keepPaired(db: DevicesDb, row: PairedRow, givenUp: readonly string[]): Promise<void> {
  await db.transaction().execute(async (change) => {
    if (givenUp.length > 0) await change.deleteFrom('paired').where('id', 'in', givenUp).execute();
    await change.insertInto('paired').values(row).execute();
  });
}

export async function forgetPaired(db: DevicesDb, id: string): Promise<void> {
  await db.deleteFrom('paired').where('id', '=', id).execute();
}

export async function notePairedSeen(db: DevicesDb, id: string, at: EpochMs): Promise<void> {
  await db.updateTable('paired').set({ seen_at: at }).where('id', '=', id).execute();
}

/** Notes a node in place of what was known of it, and forgets who was not seen for 90 days or is beyond the newest hundred. */
export async function keepSeen(db: DevicesDb, row: SeenRow): Promise<void> {
  await db.transaction().execute(async (change) => {
    await change.replaceInto('seen').values(row).execute();
    await change
      .deleteFrom('seen')
      .where(({ eb, or, selectFrom }) =>
        or([
          eb('seen_at', '<', row.seen_at - SEEN_KEPT_MS),
          eb('node', 'in', selectFrom('seen').select('node').orderBy('seen_at', 'desc').limit(-1).offset(MOST_SEEN)),
        ]),
      )
      .execute();
  });
}

/** The nodes that asked within the last 90 days, newest first. */
export const readSeen = (db: DevicesDb, now: EpochMs): Promise<readonly SeenRow[]> =>
  db
    .selectFrom('seen')
    .selectAll()
    .where('seen_at', '>=', now - SEEN_KEPT_MS)
    .orderBy('seen_at', 'desc')
    .execute();
