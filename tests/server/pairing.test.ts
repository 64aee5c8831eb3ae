import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openPairing, type Pairing } from '#lib/server/pairing.ts';
import { cleanLabel, labelOf } from '#lib/server/pairing-label.ts';
import { type DevicesDb, openDevices } from '#lib/store/open-devices.ts';
import { dataDir } from '#tests/store/data-dir.ts';

const TOKEN = 'a-secret-of-some-length';
const cookie = (secret: string) => new Headers({ cookie: `lifeline_paired=${secret}` });

type Opened = { readonly db: DevicesDb; readonly pairing: Pairing; readonly clock: { ms: number } };

async function open(dir = ':memory:', token = TOKEN): Promise<Opened> {
  const clock = { ms: 1_000_000_000_000 };
  const db = await openDevices(dir);
  return { db, clock, pairing: await openPairing({ db, token, now: () => clock.ms }) };
}

/** What the disk holds of them. */
const rows = (db: DevicesDb) => db.selectFrom('paired').selectAll().orderBy('label').execute();

test('a paired browser is let in by a secret that is its own and kept nowhere', async () => {
  const dir = dataDir();
  const { db, pairing } = await open(dir);
  const [phone, tablet] = [await pairing.admit('iPhone'), await pairing.admit('iPad')];
  expect(Buffer.from(phone, 'base64url')).toHaveLength(32);
  expect(phone).not.toBe(tablet);
  expect(pairing.passOf(cookie(phone))?.device).not.toBe(pairing.passOf(cookie(tablet))?.device);
  await db.destroy();
  const kept = readFileSync(join(dir, 'devices.db')).toString('latin1');
  for (const secret of [phone, tablet, TOKEN]) expect(kept).not.toContain(secret);
});

test('a cookie of ours that somebody else set beside it keeps it not out', async () => {
  const { pairing } = await open();
  const secret = await pairing.admit('iPhone');
  const both = (first: string, second: string) =>
    pairing.passOf(new Headers({ cookie: `lifeline_paired=${first}; theme=dark; lifeline_paired=${second}` }));
  expect(both('stale', secret)).toEqual(both(secret, 'stale'));
  expect(both('stale', secret)?.device).toEqual(expect.any(String));
  expect(both('stale', '')).toBeNull();
});

test('it stays let in when Lifeline starts anew, and no longer when the token is another', async () => {
  const dir = dataDir();
  const before = await open(dir);
  const secret = await before.pairing.admit('iPhone');
  await before.db.destroy();
  const again = await open(dir);
  expect(again.pairing.passOf(cookie(secret))?.device).toEqual(expect.any(String));
  await again.db.destroy();
  const other = await open(dir, 'another-secret-of-some-length');
  expect(other.pairing.passOf(cookie(secret))).toBeNull();
  expect(await rows(other.db)).toEqual([]);
  await other.db.destroy();
  const back = await open(dir);
  expect(back.pairing.passOf(cookie(secret))).toBeNull();
  await back.db.destroy();
});

test('one that is turned out is out at once and for good, and the others are not', async () => {
  const dir = dataDir();
  const { db, pairing } = await open(dir);
  const [phone, tablet] = [await pairing.admit('iPhone'), await pairing.admit('iPad')];
  const id = pairing.passOf(cookie(phone))?.device ?? '';
  expect(await pairing.revoke(id)).toBe(true);
  expect(pairing.passOf(cookie(phone))).toBeNull();
  expect(await pairing.revoke(id)).toBe(false);
  await db.destroy();
  const again = await open(dir);
  expect(again.pairing.passOf(cookie(phone))).toBeNull();
  expect(again.pairing.passOf(cookie(tablet))).not.toBeNull();
  await again.db.destroy();
});

test('of more than fifty the longest unseen goes', async () => {
  const { clock, db, pairing } = await open();
  const secrets: string[] = [];
  for (let nth = 0; nth < 50; nth += 1) {
    clock.ms += 1;
    secrets.push(await pairing.admit(`Phone ${nth}`));
  }
  const [first = '', second = ''] = secrets;
  clock.ms += 1;
  pairing.passOf(cookie(first));
  await pairing.admit('One more');
  expect(pairing.passOf(cookie(first))).not.toBeNull();
  expect(pairing.passOf(cookie(second))).toBeNull();
  expect(pairing.list()).toHaveLength(50);
  expect(await rows(db)).toHaveLength(50);
});

test('when a browser was last seen is told at once, and written down once a minute', async () => {
  const { clock, db, pairing } = await open();
  const secret = await pairing.admit('iPhone');
  const pairedAt = clock.ms;
  const written = async () => (await rows(db))[0]?.seen_at;
  clock.ms = pairedAt + 59_000;
  pairing.passOf(cookie(secret));
  expect(pairing.list()).toMatchObject([{ label: 'iPhone', pairedAt, seenAt: clock.ms }]);
  expect(await written()).toBe(pairedAt);
  clock.ms = pairedAt + 61_000;
  pairing.passOf(cookie(secret));
  await expect.poll(written).toBe(clock.ms);
  // The clock of a machine may be set back.
  clock.ms = pairedAt - 3_600_000;
  pairing.passOf(cookie(secret));
  await expect.poll(written).toBe(clock.ms);
});

describe('where the disk refuses', () => {
  const refuse = (db: DevicesDb, what: 'insert' | 'delete') =>
    sql
      .raw(`create trigger refuse before ${what} on paired begin select raise(abort, 'the disk is full'); end`)
      .execute(db);

  test('a browser is let in until the next start', async () => {
    const { db, pairing } = await open();
    await refuse(db, 'insert');
    expect(pairing.passOf(cookie(await pairing.admit('iPhone')))).not.toBeNull();
    expect(await rows(db)).toEqual([]);
  });

  test('another token turns out all the same, and Lifeline starts', async () => {
    const { db, pairing, clock } = await open();
    const secret = await pairing.admit('iPhone');
    await refuse(db, 'delete');
    const other = await openPairing({ db, token: 'another-secret-of-some-length', now: () => clock.ms });
    expect([other.passOf(cookie(secret)), other.list()]).toEqual([null, []]);
  });

  test('one is turned out at once, and that it may come back is told', async () => {
    const { db, pairing } = await open();
    const secret = await pairing.admit('iPhone');
    await refuse(db, 'delete');
    await expect(pairing.revoke(pairing.list()[0]?.id ?? '')).rejects.toThrow('the disk is full');
    expect(pairing.passOf(cookie(secret))).toBeNull();
  });
});

test.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    'iPhone · Safari',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    'iPhone',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
    'Mac · Edge',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Linux · Firefox'],
  [
    'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
    'Android · Chrome',
  ],
  ['curl/8.17.0', 'A browser'],
  [null, 'A browser'],
])('%s is called %s', (userAgent, label) => {
  expect(labelOf(userAgent)).toBe(label);
});

test.each([
  [' Grant’s \n iPhone ', 'Grant’s iPhone'],
  ['\u0000\u202e', 'A browser'],
  ['a\ud83d', 'a'],
])('the label %j is kept as %j', (given, kept) => {
  expect(cleanLabel(given)).toBe(kept);
});
