import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Process } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { parseProcStat, readProcStat } from '#lib/host/proc-stat.ts';
import { runningProcesses } from '#lib/host/processes.ts';
import { programPath } from '#lib/host/program-path.ts';
import { askPs, parsePsLine } from '#lib/host/ps.ts';
import { eventually } from '#tests/support/eventually.ts';
import { fc } from '#tests/support/fast-check.ts';
import { mutated } from '#tests/support/mutated.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';
import { scriptedTool } from '#tests/support/scripted-tool.ts';

const isLinux = process.platform === 'linux';
const canPs = spawnSync('ps', ['-axww', '-o', 'pid=,ppid=,stat=,lstart=,command=']).status === 0;

function told(answer: Told<readonly Process[]>, pid: number | undefined): Process {
  if (!('told' in answer)) return expect.unreachable(answer.detail);
  return answer.told.find((process) => process.pid === pid) ?? expect.unreachable(`no ${pid}`);
}

/** A child that waits until the end of the test; tells its pid. */
function waiting(...args: readonly string[]): number {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', '--', ...args], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? expect.unreachable();
}

describe.each([
  ['ps', askPs, canPs],
  ['/proc', readProcStat, isLinux],
] as const)('%s', (_, ask, isThere) => {
  test.skipIf(!isThere)('tells a process with its parent, its start and its command line without secrets', async () => {
    const before = Date.now();
    const pid = waiting('--port', '8000', '--api-key', 'hunter2', 'TOKEN=hunter2');
    await eventually(async () => expect(told(await ask(), pid).command).toContain('--port'));
    const seen = told(await ask(), pid);
    expect(seen).toMatchObject({
      parentPid: process.pid,
      command: expect.stringMatching(/--port 8000 --api-key \*\*\* TOKEN=\*\*\*$/),
    });
    // Whole seconds or ticks, and a boot time rounded to a second.
    expect(seen.startedAt).toBeGreaterThan(before - 3_000);
    expect(seen.startedAt).toBeLessThan(Date.now() + 2_000);
  });

  test.skipIf(!isThere)('tells that one is suspended, and when it goes on', async () => {
    const pid = waiting();
    process.kill(pid, 'SIGSTOP');
    await eventually(async () => expect(told(await ask(), pid).state).toBe('stopped'));
    process.kill(pid, 'SIGCONT');
    await eventually(async () => expect(told(await ask(), pid).state).toMatch(/running|sleeping/));
  });

  test.skipIf(!isThere)('cuts a long command line, after secrets were left out of it', async () => {
    const pid = waiting('x'.repeat(100_000));
    await eventually(async () => expect(told(await ask(), pid).command).toHaveLength(500));
  });
});

test.skipIf(!isLinux)('a child that ended and that its parent has not looked after is a zombie in both', async () => {
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (line) => resolve(Number(line))));
  for (const ask of [askPs, readProcStat]) {
    await eventually(async () =>
      expect(told(await ask(), pid)).toMatchObject({ state: 'zombie', parentPid: parent.pid }),
    );
  }
});

test.skipIf(!isLinux)('a Linux without ps is told from /proc, with the same processes', async () => {
  await scriptedPath({ ps: 'echo "ps: unrecognized option: a" >&2; exit 1' });
  expect(told(await runningProcesses(), process.pid)).toMatchObject({ parentPid: process.ppid });
});

describe('ps that', () => {
  test.each([
    ['is another program', 'echo PID TTY TIME CMD; echo 1 ? 00:00:00 init', 'unreadable'],
    ['fails', 'exit 3', 'unreadable'],
    ['must not look', 'echo "ps: Operation not permitted" >&2; exit 1', 'not-permitted'],
    ['never ends', 'sleep 600', 'silent'],
  ])('%s tells nothing', async (_, lines, why) => {
    expect(await askPs([await scriptedTool(lines)])).toMatchObject({ why });
  });

  test('prints two megabytes of command lines is heard to its end', async () => {
    const line = "printf '%5d 1 Ss Mon Nov 23 03:20:43 2026 /opt/%01024d\\n' $i $i";
    const answer = await askPs([await scriptedTool(`i=1; while [ $i -le 2000 ]; do ${line}; i=$((i+1)); done`)]);
    expect(told(answer, 2000)).toMatchObject({ parentPid: 1 });
  });

  test('would speak local time is asked for another', async () => {
    const tool = await scriptedTool('echo "  1 0 Ss Mon Nov 23 03:20:43 2026 $TZ $LC_ALL"');
    expect(told(await askPs([tool]), 1)).toMatchObject({
      startedAt: Date.UTC(2026, 10, 23, 3, 20, 43),
      command: 'UTC0 C',
    });
  });
});

const LINES = [
  ' 5151     1 S    Mon Nov 23 03:20:43 2026     /opt/homebrew/bin/python3.12 -m uvicorn app.main:app --port 8000',
  '  502   501 U+   Sat Feb  7 23:59:59 2026 /Applications/Anki.app/Contents/MacOS/launcher',
  '    7     2 I<   Thu Jan  1 00:00:00 1970 [kworker/0:0H-events_highpri]',
  ' 6000  5151 Z    Mon Nov 23 03:20:44 2026 <defunct>',
];

describe('a line of ps', () => {
  test.each([
    [LINES[0], { pid: 5151, parentPid: 1, state: 'sleeping', startedAt: Date.UTC(2026, 10, 23, 3, 20, 43) }],
    [LINES[1], { pid: 502, state: 'sleeping', startedAt: Date.UTC(2026, 1, 7, 23, 59, 59) }],
    [LINES[2], { state: 'sleeping', startedAt: 0, command: '[kworker/0:0H-events_highpri]' }],
    [LINES[3], { state: 'zombie', parentPid: 5151 }],
    ['1 0 T Mon Nov 23 03:20:43 2026 vi', { state: 'stopped' }],
    ['1 0 t Mon Nov 23 03:20:43 2026 gdb', { state: 'stopped' }],
    ['1 0 R+ Mon Nov 23 03:20:43 2026 x', { state: 'running' }],
    ['1 0 X Mon Nov 23 03:20:43 2026 x', { state: 'other' }],
    // A clock that was wrong when it started.
    ['1 0 S Fri Dec 13 20:45:52 1901 x', { startedAt: Date.UTC(1901, 11, 13, 20, 45, 52) }],
    ['1 0 S Fri Dec 13 20:45:52 10401 x', { startedAt: Date.UTC(10_401, 11, 13, 20, 45, 52) }],
    ['1 0 S Fri Dec 13 20:45:52 2026', { command: '' }],
  ])('%s', (line = '', expected) => {
    expect(parsePsLine(line)).toMatchObject(expected);
  });

  test.each([
    '',
    'PID PPID',
    '1 0 S lundi 23 nov 03:20:43 2026 x',
    '1 0 S Mon Foo 23 03:20:43 2026 x',
    '-1 0 S Mon Nov 23 03:20:43 2026 x',
  ])('none: %j', (line) => {
    expect(parsePsLine(line)).toBeUndefined();
  });

  test('whatever it is, a process that is told is one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), mutated(LINES)), (line) => {
        const seen = parsePsLine(line);
        expect(seen === undefined || (Number.isSafeInteger(seen.pid) && Number.isFinite(seen.startedAt))).toBe(true);
      }),
    );
  });
});

const STAT = '5151 (uvicorn (a) b) S 1 5151 5151 0 -1 4194304 1 0 0 0 5 2 0 0 20 0 1 0 123456 1 1 18446744073709551615';

describe('a stat of /proc', () => {
  const about = { cmdline: 'uvicorn\0--token\0hunter2\0', bootedAt: 1_000_000 };
  test('counts its start from boot, in hundredths of a second; a name may have brackets', () => {
    const command = 'uvicorn --token ***';
    const expected = { pid: 5151, parentPid: 1, state: 'sleeping', startedAt: 2_234_560, command };
    expect(parseProcStat(STAT, about)).toEqual(expected);
  });

  test('without a command line is called by its name', () => {
    expect(parseProcStat(STAT, { ...about, cmdline: '' })).toMatchObject({ command: '[uvicorn (a) b]' });
  });

  test('of a process that is gone is none, and so is any other text', () => {
    expect(parseProcStat('', about)).toBeUndefined();
    fc.assert(
      fc.property(mutated([STAT]), (text) => {
        const seen = parseProcStat(text, about);
        expect(seen === undefined || (Number.isSafeInteger(seen.pid) && Number.isFinite(seen.startedAt))).toBe(true);
      }),
    );
  });

  test('is unknown where there is no /proc or it has no boot time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'proc-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    expect(await readProcStat(folder)).toMatchObject({ why: 'not-here' });
    await writeFile(join(folder, 'stat'), 'cpu 1 2 3\n');
    expect(await readProcStat(folder)).toMatchObject({ why: 'unreadable' });
  });
});

describe('the program of a process', () => {
  test('is the real file behind every link', async () => {
    const expected = isLinux ? await readlink('/proc/self/exe') : await realpath(process.execPath);
    expect(await programPath(process.pid)).toBe(expected);
  });

  test('is asked of ps on a Mac, where a name without a path says nothing', async () => {
    const own = await realpath(process.execPath);
    await scriptedPath({ ps: `case "$*" in *"-p 7 "*) echo ${own};; *) echo python3.12;; esac` });
    expect(await programPath(7, 'darwin')).toBe(own);
    expect(await programPath(8, 'darwin')).toBeNull();
  });

  test('is whole however long it is, which ps on a Mac cuts at 79 columns unless told not to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'Python.framework-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const program = join(await realpath(folder), 'Versions/3.12/Resources/Python.app/Contents/MacOS/Python'.repeat(3));
    await mkdir(dirname(program), { recursive: true });
    await writeFile(program, '');
    await scriptedPath({ ps: `case " $* " in *" -ww "*) echo ${program};; *) echo ${program} | cut -c 1-79;; esac` });
    expect(await programPath(7, 'darwin')).toBe(program);
  });

  test('is null where no such file is there: the firewall knows nothing of a path that is only like it', async () => {
    await scriptedPath({ ps: 'echo /opt/homebrew/Cellar/python@3.12/3.12.4/bin/python3.12' });
    expect(await programPath(7, 'darwin')).toBeNull();
  });

  test('is null for a process that is gone', async () => {
    expect(await programPath(2 ** 30)).toBeNull();
  });
});
