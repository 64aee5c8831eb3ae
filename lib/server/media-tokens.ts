import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DurationMs, type EpochMs, HOUR } from '#lib/domain/time.ts';
import { sameSecret } from './access.ts';
import { log } from './log.ts';
import { MEDIA_URL } from './media-path.ts';

/** Who may read cards is given an address of their files, since the card frame can show nothing else of who asks. */
export type MediaTokens = {
  /** Below it a file is had by its percent-encoded name, for a day at least. It stays the same for twelve hours. */
  readonly base: () => string;
  readonly admits: (token: string) => boolean;
};

const STEP_MS: DurationMs = 12 * HOUR;
const STEPS = 3;

/** A token is the end of its time and the proof that it is ours. */
export function createMediaTokens(secret: Buffer, now: () => EpochMs): MediaTokens {
  const tokenUntil = (until: EpochMs): string => {
    const end = until.toString(36);
    return `${end}.${createHmac('sha256', secret).update(`media until ${end}`).digest('base64url')}`;
  };
  return {
    base: () => `${MEDIA_URL}${tokenUntil((Math.floor(now() / STEP_MS) + STEPS) * STEP_MS)}/`,
    admits: (token) => {
      const until = Number.parseInt(/^([0-9a-z]{1,10})\./.exec(token)?.[1] ?? '', 36);
      return until > now() && sameSecret(token, tokenUntil(until));
    },
  };
}

const SECRET_FILE = 'media.key';
const SECRET_BYTES = 32;

/**
 * The secret behind the tokens, kept in the data directory (0600) so that a restart leaves phones their pictures; where the
 * disk refuses, one for this process. Never throws.
 */
export function mediaSecret(dataDir: string): Buffer {
  const path = join(dataDir, SECRET_FILE);
  const kept = readSecret(path);
  if (kept !== null) return kept;
  const made = randomBytes(SECRET_BYTES);
  try {
    rmSync(path, { force: true });
    writeFileSync(path, `${made.toString('base64url')}\n`, { mode: 0o600 });
  } catch (error) {
    log.warn({ err: error }, 'the secret of media addresses is not kept: a restart will end them');
  }
  return made;
}

function readSecret(path: string): Buffer | null {
  try {
    const kept = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url');
    return kept.length === SECRET_BYTES ? kept : null;
  } catch {
    return null;
  }
}
