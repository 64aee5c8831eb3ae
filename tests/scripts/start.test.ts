import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inlineScriptHashes } from '#scripts/csp-hashes.mjs';
import { fingerprintOf } from '#scripts/fingerprint.mjs';
import { whyInstall } from '#scripts/install.mjs';
import { addressOf, checkAddressIsFree, serverCommand, withEnvFile } from '#scripts/server-process.mjs';
import { freePort } from '#tests/support/running-app.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lifeline-scripts-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: string): string {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

describe('the fingerprint of the sources', () => {
  test('changes with a content, a new file and a new name, and only then', () => {
    write('lib/a.ts', 'one');
    const first = fingerprintOf(root);
    write('lib/a.ts', 'two');
    const edited = fingerprintOf(root, first.files);
    write('lib/deep/b.ts', '');
    const added = fingerprintOf(root, edited.files);
    write('README.md', 'no input of the build');
    const unrelated = fingerprintOf(root, added.files);
    expect(new Set([first.hash, edited.hash, added.hash]).size).toBe(3);
    expect(unrelated.hash).toBe(added.hash);
  });

  test('stays when a checkout only changed the times', () => {
    const file = write('app/page.tsx', 'same');
    const before = fingerprintOf(root);
    utimesSync(file, new Date(0), new Date(0));
    expect(fingerprintOf(root, before.files).hash).toBe(before.hash);
  });

  test('leaves out what the build itself writes into public', () => {
    write('public/icon.png', 'icon');
    const before = fingerprintOf(root).hash;
    write('public/sw.js', 'generated');
    write('public/workbox-1a2b3c.js', 'generated');
    expect(fingerprintOf(root).hash).toBe(before);
  });
});

describe('an install is needed', () => {
  const lock = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/next': { version } } });

  test('when nothing is installed, when the lockfile moved on, and not otherwise', () => {
    write('package-lock.json', lock('16.0.0'));
    expect(whyInstall(root)).toBe('nothing is installed yet');
    write('node_modules/.package-lock.json', lock('16.0.0'));
    expect(whyInstall(root)).toBe('Node 26 is missing for this machine');
    write('node_modules/.bin/node', '');
    expect(whyInstall(root)).toBeNull();
    write('package-lock.json', lock('16.0.1'));
    expect(whyInstall(root)).toBe('node_modules/next is not at 16.0.1');
  });

  test('not for an optional package of another platform, but for one that is no longer wanted', () => {
    const optional = { 'node_modules/only-on-macos': { version: '1.0.0', optional: true } };
    write('node_modules/.bin/node', '');
    write('package-lock.json', JSON.stringify({ packages: optional }));
    write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }));
    expect(whyInstall(root)).toBeNull();
    write(
      'node_modules/.package-lock.json',
      JSON.stringify({ packages: { 'node_modules/old': { version: '1.0.0' } } }),
    );
    expect(whyInstall(root)).toBe('node_modules/old is no longer wanted');
  });
});

describe('the configuration', () => {
  test('comes from .env.local, and the environment wins', () => {
    const file = write('.env.local', 'PORT=4000\nREVIEW_SERVER_URL="http://macbook.tail1234.ts.net:8000" # by name\n');
    expect(withEnvFile({ NODE_ENV: 'test', PORT: '5000' }, file)).toEqual({
      NODE_ENV: 'test',
      PORT: '5000',
      REVIEW_SERVER_URL: 'http://macbook.tail1234.ts.net:8000',
    });
    expect(withEnvFile({ NODE_ENV: 'test', PORT: '5000' }, join(root, 'absent'))).toEqual({
      NODE_ENV: 'test',
      PORT: '5000',
    });
  });

  test('defaults to loopback and says what a bad port was', () => {
    expect(addressOf({ NODE_ENV: 'test' })).toEqual({ port: 3_000, host: '127.0.0.1' });
    expect(() => addressOf({ NODE_ENV: 'test', PORT: '70000' })).toThrow(
      'PORT is "70000"; expected a whole number from 1 to 65535.',
    );
  });

  test('gives the server an absolute data directory and its own signal handling', () => {
    const { env } = serverCommand({ NODE_ENV: 'test', LIFELINE_DATA_DIR: 'elsewhere' });
    expect(env['LIFELINE_DATA_DIR']).toBe(join(process.cwd(), 'elsewhere'));
    expect(env).toMatchObject({ HOSTNAME: '127.0.0.1', PORT: '3000', NEXT_MANUAL_SIG_HANDLE: 'true' });
  });
});

describe('the address', () => {
  test('that is taken is told with a way out', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = Object(other.address());
    await expect(checkAddressIsFree({ port, host: '127.0.0.1' })).rejects.toThrow(`PORT=${port + 1} npm start`);
    other.close();
  });

  test('that is free is left free', async () => {
    const address = { port: await freePort(), host: '127.0.0.1' };
    await checkAddressIsFree(address);
    await checkAddressIsFree(address);
  });

  test('that is not of this machine is told as such', async () => {
    await expect(checkAddressIsFree({ port: 3_000, host: '192.0.2.1' })).rejects.toThrow('no address of this machine');
  });
});

describe('the script hashes of a page', () => {
  test('cover inline scripts only, each once, over their exact bytes', () => {
    const html =
      '<script src="/a.js"></script><script>alert(1)</script><script type="x" id="b">\n</script><script>alert(1)</script>';
    expect(inlineScriptHashes(html)).toEqual([
      'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=',
      'sha256-AbpHGcgLb+kRsJGnwFEktk7uzpZOCcBY74+YBdrKVGs=',
    ]);
  });
});
