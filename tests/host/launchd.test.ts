import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseLaunchdList } from '#lib/host/launchd-list.ts';
import { parseLaunchdPrint } from '#lib/host/launchd-print.ts';
import { serviceStatus } from '#lib/host/service.ts';
import { fc } from '#tests/support/fast-check.ts';
import { mutated } from '#tests/support/mutated.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';

const LABEL = 'io.example.review';
const FOLDER = join(import.meta.dirname, 'fixtures', 'launchd');
const fixture = (name: string): string => readFileSync(join(FOLDER, `${name}.txt`), 'utf8');
const printed = (name: string) => parseLaunchdPrint(fixture(name), LABEL);
const ALWAYS = { manager: 'launchd', label: LABEL, logPath: '/Users/ada/review-server/review.err' };

describe('launchctl print', () => {
  test.each([
    [
      'a running job, whose last exit is that of the run before',
      'print-running',
      { state: 'running', pid: 5151, starts: 3, lastExit: { code: 1 }, isKeptAlive: true },
    ],
    [
      'a job that was killed',
      'print-killed',
      { state: 'stopped', starts: 1, lastExit: { signal: 'SIGKILL' }, isKeptAlive: false },
    ],
    ['a job that crashed', 'print-crashed', { state: 'stopped', starts: 1, lastExit: { code: 1 }, isKeptAlive: false }],
    [
      'a job between two runs',
      'print-loop',
      { state: 'restarting', starts: 7, lastExit: { code: 3 }, isKeptAlive: true },
    ],
    [
      'a job that launchd cannot start',
      'print-spawn-failed',
      { state: 'spawn-failed', starts: 12, lastExit: { code: 78 }, isKeptAlive: true },
    ],
    ['a job that never ran', 'print-never', { state: 'stopped', starts: 0, isKeptAlive: false }],
  ])('tells of %s, and nothing of its blocks', (_, name, expected) => {
    expect(printed(name)).toEqual({ ...ALWAYS, ...expected });
  });

  test.each([
    ['an exit code of the shell for what cannot be executed', 'last exit code = 126', { state: 'spawn-failed' }],
    [
      'a stop as uvicorn ends',
      'last terminating signal = Terminated: 15',
      { state: 'stopped', lastExit: { signal: 'SIGTERM' } },
    ],
    ['a signal without a name', 'last terminating signal = Unknown: 40', { lastExit: { signal: 'signal 40' } }],
  ])('tells %s', (_, line, expected) => {
    const text = fixture('print-crashed').replace('last exit code = 1', line);
    expect(parseLaunchdPrint(text, LABEL)).toMatchObject(expected);
  });

  test.each([
    ['an absolute path as it is', 'stderr path = /tmp/review.err', '/tmp/review.err'],
    ['no path where errors go nowhere', 'stderr path = /dev/null', undefined],
    ['no path where none is set', 'spawn type = daemon (3)', undefined],
  ])('names for the log %s', (_, line, path) => {
    const text = fixture('print-crashed').replace('stderr path = review.err', line);
    expect(parseLaunchdPrint(text, LABEL)?.logPath).toBe(path);
  });

  test('is no answer without a state of the job’s own', () => {
    expect(parseLaunchdPrint('', LABEL)).toBeNull();
    expect(parseLaunchdPrint('\t\tstate = running\n', LABEL)).toBeNull();
    expect(parseLaunchdPrint('state = running\n', LABEL)).toBeNull();
  });
});

describe('launchctl list', () => {
  test('tells of a running job, its last exit from a raw wait status', () => {
    expect(parseLaunchdList(fixture('list-running'), LABEL)).toEqual({
      manager: 'launchd',
      label: LABEL,
      state: 'running',
      pid: 855,
      lastExit: { signal: 'SIGTERM' },
      isKeptAlive: true,
      logPath: '/Users/ada/Library/Logs/review.err',
    });
  });

  test.each([
    ['256', { state: 'stopped', lastExit: { code: 1 } }],
    ['9', { state: 'stopped', lastExit: { signal: 'SIGKILL' } }],
    ['139', { state: 'stopped', lastExit: { signal: 'SIGSEGV' } }],
    ['19968', { state: 'spawn-failed', lastExit: { code: 78 } }],
  ])('reads the status %s', (status, expected) => {
    const text = fixture('list-exited').replace('256', status);
    expect(parseLaunchdList(text, LABEL)).toEqual({
      manager: 'launchd',
      label: LABEL,
      isKeptAlive: false,
      ...expected,
    });
  });

  test('does not take a status of zero for an exit: it is there before the first', () => {
    const text = fixture('list-exited').replace('256', '0');
    expect(parseLaunchdList(text, LABEL)).not.toHaveProperty('lastExit');
  });

  test('of another label is no answer', () => {
    expect(parseLaunchdList(fixture('list-running'), 'io.example.other')).toBeNull();
  });
});

test('whatever becomes of their answers, nothing throws, hangs or tells of an environment', () => {
  const texts = ['print-running', 'print-loop', 'list-running', 'list-exited'].map(fixture);
  fc.assert(
    fc.property(fc.oneof(fc.string(), mutated(texts)), (text) => {
      const found = [parseLaunchdPrint(text, LABEL), parseLaunchdList(text, LABEL)];
      for (const { pid, starts } of found.filter((service) => service !== null)) {
        for (const number of [pid, starts]) if (number !== undefined) expect(Number.isSafeInteger(number)).toBe(true);
      }
    }),
  );
  for (const text of texts) {
    const found = [parseLaunchdPrint(text, LABEL), parseLaunchdList(text, LABEL)];
    expect(JSON.stringify(found)).not.toMatch(/PLANTED|OPENAI|SSH_AUTH/);
  }
});

describe('launchctl', () => {
  const told = (verb: string, name: string) =>
    `if [ "$1" = ${verb} ]; then cat '${join(FOLDER, `${name}.txt`)}'; exit 0; fi`;
  const NOT_FOUND = `if [ "$1" = print ]; then echo 'Could not find service "${LABEL}" in domain for user gui: 501' >&2; exit 113; fi`;
  const status = async (...lines: readonly string[]) => {
    const folder = await scriptedPath({ launchctl: ['echo "$*" >> "$0.asked"', ...lines].join('\n') });
    const service = await serviceStatus(LABEL, 'darwin');
    return { service, asked: (await readFile(join(folder, 'launchctl.asked'), 'utf8')).trim().split('\n') };
  };
  const gui = `gui/${process.getuid?.()}`;

  test('is asked for the job of this user, once when it knows it', async () => {
    const { service, asked } = await status(told('print', 'print-running'));
    expect(service).toMatchObject({ told: { state: 'running', pid: 5151 } });
    expect(asked).toEqual([`print ${gui}/${LABEL}`]);
  });

  test.each([
    ['disabled', 'disabled', 'disabled'],
    ['disabled, in the words before macOS 13', 'disabled-before-13', 'disabled'],
    ['not loaded', 'print-never', 'not-loaded'],
  ])('says 113 of a job that is %s', async (_, name, state) => {
    const { service, asked } = await status(NOT_FOUND, told('print-disabled', name));
    expect(service).toEqual({ told: { manager: 'launchd', label: LABEL, state } });
    expect(asked).toEqual([`print ${gui}/${LABEL}`, `print-disabled ${gui}`]);
  });

  test('says 113 of a job, and nothing of what is disabled: then it is not loaded', async () => {
    const { service } = await status(NOT_FOUND, 'exit 1');
    expect(service).toMatchObject({ told: { state: 'not-loaded' } });
  });

  test.each([
    ['prints what is not as known', 'if [ "$1" = print ]; then echo "{}"; exit 0; fi'],
    ['fails to print', 'if [ "$1" = print ]; then echo "Operation not supported" >&2; exit 125; fi'],
  ])('%s: then its old list is asked', async (_, print) => {
    const { service, asked } = await status(print, told('list', 'list-running'));
    expect(service).toMatchObject({ told: { state: 'running', pid: 855 } });
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['nonsense, twice', 'echo hello', 'unreadable'],
    ['a refusal', 'echo "Operation not permitted" >&2; exit 1', 'not-permitted'],
    ['nothing, with a code of its own', 'exit 42', 'unreadable'],
    ['100 MB', 'head -c 100000000 /dev/zero', 'unreadable'],
    ['silence', 'sleep 600', 'silent'],
  ])('tells nothing of the job after %s', async (_, lines, why) => {
    const { service } = await status(lines);
    expect(service).toMatchObject({ why, detail: expect.stringMatching(/\S/) });
  });
});
