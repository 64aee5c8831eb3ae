import { createECDH, randomUUID } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** A P-256 key pair as web push has it, both base64url: the 65-byte point and the 32-byte secret. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string };

/** The keys, or in a sentence or two why there are none and what to do. */
export type KeysOrProblem = { readonly keys: VapidKeys } | { readonly problem: string };

const KEYS_FILE = 'vapid.json';
const keysSchema = z.object({ publicKey: z.string(), privateKey: z.string() });

/**
 * The keys that this directory's alerts are signed with, made once: each phone is subscribed for them, and on an iPhone a new
 * pair would take a tap to subscribe again. So a file that cannot be read is told and left as it is. Never throws.
 */
export function vapidKeysIn(dataDir: string): KeysOrProblem {
  const path = join(dataDir, KEYS_FILE);
  try {
    return { keys: readKeys(path) ?? makeKeys(path) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      problem: `No alert can be sent: ${path} cannot be used (${why}). It was left as it is; bring it back from a backup, or move it away to begin with new keys, for which every phone must turn its alerts on again.`,
    };
  }
}

/** Null where there is no file. Throws where it cannot be read, or holds no pair. */
function readKeys(path: string): VapidKeys | null {
  const text = textOf(path);
  if (text === null) return null;
  const keys = keysSchema.safeParse(jsonOf(text));
  if (!keys.success || !isPair(keys.data)) throw new Error('it holds no key pair');
  // A backup may have brought it back for all to read.
  chmodSync(path, 0o600);
  return keys.data;
}

/** Whole, on the disk and readable by this user only before it has its name. The first of two writers wins. */
function makeKeys(path: string): VapidKeys {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  // A secret that begins with zeros is shorter in Node's hands.
  const privateKey = Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url');
  const made = { publicKey: pair.getPublicKey('base64url'), privateKey };
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeSync(file, `${JSON.stringify(made, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, path);
  } catch (error) {
    if (!isCalled(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const kept = readKeys(path);
  if (kept === null) throw new Error('it is gone again');
  return kept;
}

function isPair({ publicKey, privateKey }: VapidKeys): boolean {
  try {
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(privateKey, 'base64url');
    return pair.getPublicKey('base64url') === publicKey && Buffer.from(privateKey, 'base64url').length === 32;
  } catch {
    return false;
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCalled(error, 'ENOENT')) return null;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isCalled = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
