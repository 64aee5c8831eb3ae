import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import webpush from 'web-push';
import { vapidKeysIn } from '#lib/push/vapid-keys.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'lifeline-vapid-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

test('a pair is made once, for this user’s eyes only, and is the same for ever', () => {
  const dir = folder();
  const first = vapidKeysIn(dir);
  if (!('keys' in first)) throw new Error(first.problem);
  expect(vapidKeysIn(dir)).toEqual(first);
  expect(readdirSync(dir)).toEqual(['vapid.json']);
  expect(statSync(join(dir, 'vapid.json')).mode & 0o777).toBe(0o600);
  const { publicKey, privateKey } = first.keys;
  expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65);
  // The library refuses keys that are none.
  webpush.setVapidDetails('https://macbook.tail1234.ts.net', publicKey, privateKey);
});

test('many that begin at once agree on one', async () => {
  const dir = folder();
  const program = `import('#lib/push/vapid-keys.ts').then(({ vapidKeysIn }) => console.log(JSON.stringify(vapidKeysIn(${JSON.stringify(dir)}))))`;
  const run = promisify(execFile);
  const told = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, ['-e', program])));
  expect(new Set(told.map(({ stdout }) => stdout)).size).toBe(1);
  expect(told[0]?.stdout).toContain('publicKey');
});

test.each([
  ['cut off', (text: string) => text.slice(0, 60)],
  ['empty', () => ''],
  ['of another pair', (text: string) => text.replace(/"publicKey": "...../, '"publicKey": "BAAAA')],
  ['something else', () => '{"publicKey":"a","privateKey":"b"}'],
])('a file that is %s is told and left as it is', (_, damage) => {
  const dir = folder();
  const path = join(dir, 'vapid.json');
  vapidKeysIn(dir);
  writeFileSync(path, damage(readFileSync(path, 'utf8')));
  const damaged = readFileSync(path, 'utf8');
  expect(vapidKeysIn(dir)).toEqual({ problem: expect.stringContaining(`${path} cannot be used`) });
  expect(readFileSync(path, 'utf8')).toBe(damaged);
});

test('a folder that is not there is told, too', () => {
  expect(vapidKeysIn(join(folder(), 'gone'))).toEqual({ problem: expect.stringContaining('No alert can be sent') });
});

test('a backup that all could read is closed again', () => {
  const dir = folder();
  vapidKeysIn(dir);
  chmodSync(join(dir, 'vapid.json'), 0o644);
  vapidKeysIn(dir);
  expect(statSync(join(dir, 'vapid.json')).mode & 0o777).toBe(0o600);
});
