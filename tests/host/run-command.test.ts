import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { runCommand } from '#lib/host/run-command.ts';
import { until } from '#tests/support/eventually.ts';
import { scriptedTool } from '#tests/support/scripted-tool.ts';

/** A process that was killed but whose parent has not looked yet (`Z`) is dead. */
const isAlive = (pid: number): boolean =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`]).stdout.toString());

test('a tool that succeeds tells what it wrote', async () => {
  const tool = await scriptedTool('echo out; echo err >&2');
  expect(await runCommand(tool, [])).toEqual({ outcome: 'ok', stdout: 'out\n', stderr: 'err\n' });
});

test('arguments reach the tool as they are: no shell reads them', async () => {
  const tool = await scriptedTool('printf "%s|" "$@"');
  const args = ['two words', '$(id)', '; exit 3', '*'];
  expect(await runCommand(tool, args)).toMatchObject({ stdout: 'two words|$(id)|; exit 3|*|' });
});

test('a tool speaks English whatever the locale of this process is', async () => {
  vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
  const tool = await scriptedTool('echo $LC_ALL $ADDED');
  const result = await runCommand(tool, [], { env: { ADDED: 'too' } });
  vi.unstubAllEnvs();
  expect(result).toMatchObject({ stdout: 'C too\n' });
});

test('a tool that fails tells its code and what it wrote', async () => {
  const tool = await scriptedTool('echo no daemon >&2; exit 7');
  expect(await runCommand(tool, [])).toEqual({ outcome: 'exited', code: 7, stdout: '', stderr: 'no daemon\n' });
});

test('a tool that is not there is missing', async () => {
  expect(await runCommand('/nowhere/at/all/tool', [])).toEqual({ outcome: 'missing' });
});

test('a tool that must not be executed is refused', async () => {
  const tool = await scriptedTool('echo never', 0o644);
  expect(await runCommand(tool, [])).toEqual({ outcome: 'refused', code: 'EACCES' });
});

test('an argument that no system takes is refused, not thrown', async () => {
  expect(await runCommand('true', ['a\0b'])).toMatchObject({ outcome: 'refused' });
});

test('a tool that is killed by another tells the signal', async () => {
  const tool = await scriptedTool('kill -TERM $$');
  expect(await runCommand(tool, [])).toEqual({ outcome: 'signalled', signal: 'SIGTERM' });
});

test('a tool that never ends is killed, with what it started', async () => {
  const tool = await scriptedTool('sleep 600 & echo $$ $! > "$0.pids"; wait');
  expect(await runCommand(tool, [], { patienceMs: 400 })).toEqual({ outcome: 'timeout' });
  const pids = (await readFile(`${tool}.pids`, 'utf8')).trim().split(' ').map(Number);
  expect(pids).toHaveLength(2);
  await until(() => !pids.some(isAlive));
});

test('a tool that ends but leaves its pipes to another tells what it said, soon', async () => {
  const tool = await scriptedTool('echo out; echo err >&2; sleep 600 & echo $! > "$0.pid"; exit 3');
  const startedAt = performance.now();
  expect(await runCommand(tool, [])).toEqual({ outcome: 'exited', code: 3, stdout: 'out\n', stderr: 'err\n' });
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  const left = Number(await readFile(`${tool}.pid`, 'utf8'));
  await until(() => !isAlive(left));
});

test('what is left of a last line is handed on once, whoever holds the pipe', async () => {
  const tool = await scriptedTool("printf 'first\nlast'; sleep 600 & exit 0");
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  expect(await runCommand(tool, [], { onLine })).toEqual({ outcome: 'ok', stdout: '', stderr: '' });
  // The pipe closes a little later than the answer comes.
  await pause(50);
  expect(lines).toEqual(['first', 'last']);
});

test('a tool that says 100 MB is killed long before it is done', async () => {
  const tool = await scriptedTool('echo $$ > "$0.pids"; head -c 100000000 /dev/zero; echo done > "$0.done"');
  expect(await runCommand(tool, [], { patienceMs: 10_000 })).toEqual({ outcome: 'too-much-output' });
  await expect(readFile(`${tool}.done`)).rejects.toThrow('ENOENT');
});

test('what a tool says on both streams counts together', async () => {
  const tool = await scriptedTool('head -c 700000 /dev/zero; head -c 700000 /dev/zero >&2');
  expect(await runCommand(tool, [])).toEqual({ outcome: 'too-much-output' });
});

test('a tool that is read by lines may say more than is ever kept', async () => {
  const tool = await scriptedTool("yes '2026-07-28 23:14:02 -0700 Assertions' | head -c 40000000; printf 'the end'");
  let [count, last] = [0, ''];
  const onLine = (line: string) => {
    count += 1;
    last = line;
  };
  expect(await runCommand(tool, [], { patienceMs: 15_000, onLine })).toEqual({ outcome: 'ok', stdout: '', stderr: '' });
  expect({ count, last }).toEqual({ count: Math.floor(40_000_000 / 37) + 1, last: expect.stringMatching(/the end$/) });
});

test('lines arrive whole, however the pipe cuts them, and an endless one is cut', async () => {
  const tool = await scriptedTool(
    "printf 'für'; sleep 0.1; printf ' dich\\n\\nb\\n'; head -c 200000 /dev/zero | tr '\\0' x; echo; echo c",
  );
  const lines: string[] = [];
  await runCommand(tool, [], { onLine: (line) => lines.push(line) });
  expect(lines).toEqual(['für dich', '', 'b', 'x'.repeat(65_536), 'c']);
});
