import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import {
  forgetPaired,
  forgetPairedByOthers,
  keepPaired,
  MOST_PAIRED,
  notePairedSeen,
  type PairedRow,
  readPaired,
} from '#lib/store/devices.ts';
import type { DevicesDb } from '#lib/store/open-devices.ts';
import { bearerOf, cookiesOf, sameSecret } from './access.ts';
import { log } from './log.ts';

/** How a request is let in: by the secret of a paired browser, or by the token itself (null). */
export type Pass = { readonly device: string | null };

export type Paired = {
  readonly id: string;
  readonly label: string;
  readonly pairedAt: EpochMs;
  readonly seenAt: EpochMs;
};

/** Who is let in where a token is set. */
export type Pairing = {
  /** Null for who is not let in. Asks no disk; the browser counts as seen. */
  readonly passOf: (headers: Headers) => Pass | null;
  readonly isToken: (given: string) => boolean;
  /** Lets a browser in. Its secret is told here only; where the disk refuses, it is let in until the next start. */
  readonly admit: (label: string) => Promise<string>;
  /** Those that are let in, the one that was seen last first. */
  readonly list: () => readonly Paired[];
  /** Turns a browser out at once; false where none has this id. Rejects where the disk would let it in again at the next start. */
  readonly revoke: (id: string) => Promise<boolean>;
};

type Needs = { readonly db: DevicesDb; readonly token: string; readonly now: () => EpochMs };

/** A guess would have to hit 256 bits. */
const SECRET_BYTES = 32;
const NOTED_EVERY_MS = MINUTE;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** By the hash of its secret; the longest unseen first. */
async function readAdmitted(db: DevicesDb, tokenHash: string): Promise<Map<string, PairedRow>> {
  await forgetPairedByOthers(db, tokenHash).catch((error: unknown) =>
    log.error({ err: error }, 'who was let in by another token is kept out, and not forgotten'),
  );
  return new Map((await readPaired(db, tokenHash)).map((row) => [row.secret_hash, row]));
}

/** Reads who was let in by this token before. Secrets are kept as their SHA-256, which says nothing of them. */
export async function openPairing({ db, token, now }: Needs): Promise<Pairing> {
  const tokenHash = hashOf(token);
  const admitted = await readAdmitted(db, tokenHash);
  const notedAt = new Map<string, EpochMs>();

  const see = (row: PairedRow): void => {
    const at = now();
    row.seen_at = at;
    admitted.delete(row.secret_hash);
    admitted.set(row.secret_hash, row);
    if (Math.abs(at - (notedAt.get(row.id) ?? 0)) < NOTED_EVERY_MS) return;
    notedAt.set(row.id, at);
    notePairedSeen(db, row.id, at).catch((error: unknown) => log.warn({ err: error }, 'a paired device was not noted'));
  };
  const giveUp = (): readonly string[] =>
    [...admitted.values()].slice(0, Math.max(0, admitted.size - MOST_PAIRED)).map((row) => {
      admitted.delete(row.secret_hash);
      notedAt.delete(row.id);
      return row.id;
    });

  return {
    isToken: (given) => sameSecret(given, token),
    passOf: (headers) => {
      const row = cookiesOf(headers)
        .map((secret) => admitted.get(hashOf(secret)))
        .find((each) => each !== undefined);
      if (row !== undefined) {
        see(row);
        return { device: row.id };
      }
      const bearer = bearerOf(headers);
      return bearer !== null && sameSecret(bearer, token) ? { device: null } : null;
    },
    admit: async (label) => {
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      const [id, at, secretHash] = [randomUUID(), now(), hashOf(secret)];
      const row = { id, secret_hash: secretHash, token_hash: tokenHash, label, paired_at: at, seen_at: at };
      admitted.set(secretHash, row);
      notedAt.set(id, at);
      await keepPaired(db, row, giveUp()).catch((error: unknown) => {
        log.error({ err: error }, 'a paired device is let in until the next start only');
      });
      return secret;
    },
    list: () =>
      [...admitted.values()]
        .map(({ id, label, paired_at, seen_at }) => ({ id, label, pairedAt: paired_at, seenAt: seen_at }))
        .reverse(),
    revoke: async (id) => {
      const row = [...admitted.values()].find((each) => each.id === id);
      if (row === undefined) return false;
      admitted.delete(row.secret_hash);
      notedAt.delete(id);
      await forgetPaired(db, id);
      return true;
    },
  };
}
