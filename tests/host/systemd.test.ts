import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { serviceStatus } from '#lib/host/service.ts';
import { parseSystemdShow } from '#lib/host/systemd-show.ts';
import { fc } from '#tests/support/fast-check.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';

const RUNNING = {
  Restart: 'always',
  MainPID: '5151',
  Result: 'success',
  NRestarts: '2',
  ExecMainStartTimestamp: 'Tue 2026-09-01 10:00:00 UTC',
  ExecMainExitTimestamp: '',
  ExecMainCode: '0',
  ExecMainStatus: '0',
  StandardError: 'journal',
  LoadState: 'loaded',
  ActiveState: 'active',
  SubState: 'running',
  FragmentPath: '/home/ada/.config/systemd/user/anki-voice.service',
  UnitFileState: 'enabled',
};
const STOPPED = { MainPID: '0', ActiveState: 'inactive', SubState: 'dead', NRestarts: '0' };
const STARTED = Date.UTC(2026, 8, 1, 10);

const shown = (changes: Partial<typeof RUNNING>) =>
  Object.entries({ ...RUNNING, ...changes })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
const service = (changes: Partial<typeof RUNNING>) => parseSystemdShow(shown(changes), 'anki-voice')?.service;

describe('systemctl show', () => {
  test('of a running unit tells its process, its starts and since when', () => {
    expect(service({})).toEqual({
      manager: 'systemd',
      label: 'anki-voice',
      state: 'running',
      pid: 5151,
      starts: 3,
      startedAt: STARTED,
      isKeptAlive: true,
    });
  });

  test.each([
    ['in seconds since 1970, as --timestamp=unix writes it', '@1788256800', 1_788_256_800_000],
    ['in UTC', 'Tue 2026-09-01 10:00:00 UTC', STARTED],
    ['in UTC with microseconds', 'Tue 2026-09-01 10:00:00.123456 UTC', STARTED],
    ['in a zone whose short name could be several', 'Tue 2026-09-01 10:00:00 IST', undefined],
    ['never', '', undefined],
  ])('a time %s', (_, text, expected) => {
    expect(service({ ExecMainStartTimestamp: text })?.startedAt).toBe(expected);
  });

  test.each([
    ['a unit that does not exist', { ...STOPPED, LoadState: 'not-found' }, { state: 'not-loaded' }],
    ['a masked unit', { ...STOPPED, LoadState: 'masked' }, { state: 'disabled' }],
    ['a unit file that systemd cannot use', { ...STOPPED, LoadState: 'bad-setting' }, { state: 'spawn-failed' }],
    [
      'a disabled unit that never ran',
      { ...STOPPED, UnitFileState: 'disabled', ExecMainStartTimestamp: '' },
      { state: 'disabled' },
    ],
    ['an enabled unit that never ran', { ...STOPPED, ExecMainStartTimestamp: '' }, { state: 'stopped', starts: 0 }],
    [
      'a disabled unit that was started by hand and crashed',
      {
        ...STOPPED,
        UnitFileState: 'disabled',
        ActiveState: 'failed',
        ExecMainCode: '1',
        ExecMainStatus: '1',
        Restart: 'no',
      },
      { state: 'stopped', lastExit: { code: 1 }, isKeptAlive: false },
    ],
    [
      'a unit that was killed',
      { ...STOPPED, ExecMainCode: '2', ExecMainStatus: '9', ExecMainExitTimestamp: 'Tue 2026-09-01 10:00:03 UTC' },
      { state: 'stopped', lastExit: { signal: 'SIGKILL' }, exitedAt: STARTED + 3_000 },
    ],
    [
      'a unit that dumped its core',
      { ...STOPPED, ExecMainCode: '3', ExecMainStatus: '11' },
      { state: 'stopped', lastExit: { signal: 'SIGSEGV' } },
    ],
    [
      'a unit between two runs',
      {
        ...STOPPED,
        ActiveState: 'activating',
        SubState: 'auto-restart',
        NRestarts: '6',
        ExecMainCode: '1',
        ExecMainStatus: '3',
      },
      { state: 'restarting', starts: 7, lastExit: { code: 3 } },
    ],
    [
      'a program that is not there',
      { ...STOPPED, ActiveState: 'activating', SubState: 'auto-restart', ExecMainCode: '1', ExecMainStatus: '203' },
      { state: 'spawn-failed', lastExit: { code: 203 } },
    ],
    [
      'a folder that is not there',
      { ...STOPPED, ActiveState: 'failed', SubState: 'failed', ExecMainCode: '1', ExecMainStatus: '200' },
      { state: 'spawn-failed', lastExit: { code: 200 } },
    ],
    [
      'a unit that ran into its start limit, by its own word',
      { ...STOPPED, ActiveState: 'failed', Result: 'start-limit-hit' },
      { state: 'stopped', hasGivenUp: true },
    ],
  ])('%s', (_, changes, expected) => {
    expect(service(changes)).toMatchObject(expected);
  });

  test('without the states it is no answer', () => {
    expect(parseSystemdShow('', 'x')).toBeNull();
    expect(parseSystemdShow('MainPID=5151\n', 'x')).toBeNull();
  });

  test('no text makes the reading throw', () => {
    const lines = fc.array(fc.oneof(fc.string(), fc.constantFrom(...shown({}).split('\n'))));
    const key = fc.constantFrom(...Object.keys(RUNNING));
    fc.assert(fc.property(lines, (given) => void parseSystemdShow(given.join('\n'), 'x')));
    fc.assert(
      fc.property(key, fc.string(), (name, value) => {
        const found = parseSystemdShow(shown({ [name]: value }), 'x')?.service;
        if (found?.pid !== undefined) expect(found.pid).toBeGreaterThan(0);
        if (found?.startedAt !== undefined) expect(found.startedAt).not.toBeNaN();
      }),
    );
  });
});

describe('systemctl', () => {
  test('is asked about the user’s unit by its whole name, in UTC, and told where the user’s bus is', async () => {
    const folder = await scriptedPath({ systemctl: 'echo "$TZ $XDG_RUNTIME_DIR $*" > "$0.asked"' });
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    await serviceStatus('anki-voice', 'linux');
    const asked = await readFile(join(folder, 'systemctl.asked'), 'utf8');
    expect(asked).toMatch(new RegExp(`^UTC /run/user/${process.getuid?.()} --user show .* -- anki-voice\\.service\n$`));
  });

  test.each([
    ['no bus', 'echo "Failed to connect to bus: No medium found" >&2; exit 1', 'not-running'],
    ['the bus of another user', 'echo "Failed to connect to bus: Operation not permitted" >&2; exit 1', 'not-running'],
    [
      'a machine without systemd',
      'echo "System has not been booted with systemd as init system" >&2; exit 1',
      'not-running',
    ],
    ['an option it does not know', 'echo "unrecognized option" >&2; exit 1', 'unreadable'],
    ['nonsense', 'echo hello', 'unreadable'],
    ['nothing', 'exit 0', 'unreadable'],
    ['100 MB', 'head -c 100000000 /dev/zero', 'unreadable'],
    ['silence', 'sleep 600', 'silent'],
    ['a signal', 'kill -9 $$', 'silent'],
  ])('that meets %s tells nothing of the unit', async (_, lines, why) => {
    await scriptedPath({ systemctl: lines });
    expect(await serviceStatus('anki-voice', 'linux')).toMatchObject({ why, detail: expect.stringMatching(/\S/) });
  });

  test('that is not there is not installed', async () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(await serviceStatus('anki-voice', 'linux')).toMatchObject({ why: 'not-installed' });
    vi.unstubAllEnvs();
  });
});

test('a system with neither launchd nor systemd says so', async () => {
  expect(await serviceStatus('anki-voice', 'freebsd')).toMatchObject({ why: 'not-here' });
});
