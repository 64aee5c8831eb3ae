import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startsAtLogin } from '#lib/host/start-at-login.ts';
import { LIFELINE } from '#scripts/service-jobs.ts';
import { launchd } from '#scripts/service-launchd.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lifeline-login-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function leave(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
}

test('on a Mac it is where the installation writes it', () => {
  const mac = { platform: 'darwin', home, env: {} } as const;
  expect(startsAtLogin(mac)).toBe(false);
  leave(launchd(home).file(LIFELINE));
  expect(startsAtLogin(mac)).toBe(true);
});

test.runIf(existsSync('/run/systemd/system'))('with systemd it is where enabling puts the installed unit', () => {
  const linux = { platform: 'linux', home, env: {} } as const;
  expect(startsAtLogin(linux)).toBe(false);
  leave(join(home, '.config', 'systemd', 'user', 'default.target.wants', LIFELINE.unit));
  expect(startsAtLogin(linux)).toBe(true);
  expect(startsAtLogin({ ...linux, env: { XDG_CONFIG_HOME: join(home, 'elsewhere') } })).toBe(false);
});

test('a system with neither does not say', () => {
  expect(startsAtLogin({ platform: 'freebsd', home, env: {} })).toBeNull();
});
