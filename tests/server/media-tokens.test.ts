import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DAY, HOUR } from '#lib/domain/time.ts';
import { loggedPath } from '#lib/server/media-path.ts';
import { createMediaTokens, mediaSecret } from '#lib/server/media-tokens.ts';
import { fc } from '#tests/support/fast-check.ts';

const SECRET = Buffer.alloc(32, 7);
const NOON = Date.UTC(2026, 10, 23, 12);

function tokens(secret = SECRET) {
  const clock = { at: NOON };
  const made = createMediaTokens(secret, () => clock.at);
  const token = () => /^\/api\/review\/media\/([\w.-]+)\/$/.exec(made.base())?.[1] ?? expect.unreachable();
  return { ...made, clock, token };
}

const dir = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'lifeline-media-key-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

test('an address is good for a day at least, and for a day and a half at most', () => {
  for (const beganAt of [NOON, NOON + 1, NOON + 11 * HOUR, NOON + 12 * HOUR - 1]) {
    const { token, admits, clock } = tokens();
    clock.at = beganAt;
    const given = token();
    clock.at = beganAt + DAY;
    expect(admits(given)).toBe(true);
    clock.at = beganAt + 1.5 * DAY;
    expect(admits(given)).toBe(false);
  }
});

test('a log tells of a file’s address only what it is', () => {
  const base = createMediaTokens(Buffer.alloc(32, 1), () => 0).base();
  expect(loggedPath(`${base}cat.png`)).toBe('/api/review/media/…');
  expect(loggedPath('/api/review/hand')).toBe('/api/review/hand');
});

test('an address stays the same for hours, so that a browser keeps what it has', () => {
  const { base, clock } = tokens();
  const first = base();
  clock.at += 11 * HOUR;
  expect(base()).toBe(first);
  clock.at += 2 * HOUR;
  expect(base()).not.toBe(first);
});

test('no token is let in that was tampered with, or that another secret made', () => {
  const { token, admits } = tokens();
  const given = token();
  const [end = '', proof = ''] = given.split('.');
  const later = (Number.parseInt(end, 36) + DAY).toString(36);
  for (const other of [
    '',
    '.',
    end,
    `${end}.`,
    `.${proof}`,
    `${later}.${proof}`,
    `0${given}`,
    `${given}0`,
    ` ${given}`,
  ]) {
    expect(admits(other)).toBe(false);
  }
  expect(tokens(Buffer.alloc(32, 8)).admits(given)).toBe(false);
  expect(admits(given)).toBe(true);
});

test('no text that is not its own is let in', () => {
  const { admits } = tokens();
  fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-z]{8}\.[\w-]{43}$/)), (text) => !admits(text)));
});

test('a restart leaves phones their pictures: the secret is kept, for nobody else to read', () => {
  const data = dir();
  const first = mediaSecret(data);
  expect(mediaSecret(data)).toEqual(first);
  expect(first).toHaveLength(32);
  expect(statSync(join(data, 'media.key')).mode & 0o777).toBe(0o600);
  expect(mediaSecret(dir())).not.toEqual(first);
});

test('a file that is no secret is replaced, whoever could read it', () => {
  const data = dir();
  writeFileSync(join(data, 'media.key'), 'short', { mode: 0o644 });
  const made = mediaSecret(data);
  expect(Buffer.from(readFileSync(join(data, 'media.key'), 'utf8'), 'base64url')).toEqual(made);
  expect(statSync(join(data, 'media.key')).mode & 0o777).toBe(0o600);
});

test('where the disk refuses, the secret lives as long as the process', () => {
  const data = dir();
  mkdirSync(join(data, 'media.key'));
  const made = mediaSecret(data);
  expect(made).toHaveLength(32);
  expect(mediaSecret(data)).not.toEqual(made);
});
