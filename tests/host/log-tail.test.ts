import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogTail } from '#lib/domain/host-facts.ts';
import { endOfLog } from '#lib/host/log-lines.ts';
import { logTail } from '#lib/host/log-tail.ts';
import { fc } from '#tests/support/fast-check.ts';
import { mutated } from '#tests/support/mutated.ts';

const LOGS = join(import.meta.dirname, 'fixtures', 'logs');
const fixture = (name: string): string => readFileSync(join(LOGS, `${name}.log`), 'utf8');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function tailOf(content: string | Buffer): Promise<LogTail> {
  const path = join(folder, 'server.err');
  await writeFile(path, content);
  const tail = await logTail(path);
  if ('why' in tail) throw new Error(tail.detail);
  return tail.told;
}

describe('the error in a log of uvicorn', () => {
  test.each([
    ['a module that the app imports', 'uvicorn-import', "ModuleNotFoundError: No module named 'fastapi_missing'"],
    ['an app that is not there', 'uvicorn-missing', "ModuleNotFoundError: No module named 'nope'"],
    [
      'an app under another name',
      'uvicorn-attr',
      'Error loading ASGI app. Attribute "nothing" not found in module "app.main".',
    ],
    ['a start that threw', 'uvicorn-lifespan', 'RuntimeError: Anki profile is locked'],
    ['a start that was refused in words', 'uvicorn-lifespan-said', 'no collection'],
    [
      'a port that is taken',
      'uvicorn-bind',
      "[Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
    ],
    ['an exception within a group', 'group', 'ValueError: bad card'],
  ])('names %s', (_, name, error) => {
    expect(endOfLog(fixture(name)).error).toMatch(new RegExp(`${RegExp.escape(error)}$`));
  });

  test.each([
    ['uvicorn before 0.40', 'ERROR:    Error loading ASGI app. Could not import module "app.main".'],
    [
      'macOS',
      "ERROR:    [Errno 48] error while attempting to bind on address ('0.0.0.0', 8000): address already in use",
    ],
    ['a logger with times', '2026-09-01 10:00:00,123 - ERROR - no collection'],
    ['a logger with brackets', '[2026-09-01 10:00:00] [CRITICAL] worker timeout'],
  ])('is found in the words of %s', (_, line) => {
    expect(
      endOfLog(`INFO:     Started server process [1]\n${line}\nINFO:     Finished server process [1]\n`).error,
    ).toBe(line);
  });

  test('of a run before the last start is not told: it did start after that', () => {
    const started = 'INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)\n';
    expect(endOfLog(fixture('uvicorn-import') + started)).not.toHaveProperty('error');
    expect(endOfLog(started + fixture('uvicorn-import')).error).toMatch(/^ModuleNotFoundError/);
  });

  test.each(['KeyboardInterrupt', 'asyncio.exceptions.CancelledError'])(
    'is not %s: so ends a server that was stopped',
    (end) => {
      const stopped = `INFO:     Shutting down\nTraceback (most recent call last):\n  File "x.py", line 1\n${end}\n`;
      expect(endOfLog(stopped)).not.toHaveProperty('error');
      expect(endOfLog(`ValueError: bad card 42\n${stopped}`).error).toBe('ValueError: bad card 42');
    },
  );

  test('is not seen in what was asked for', () => {
    expect(endOfLog('INFO:     127.0.0.1:5 - "GET /ERROR HTTP/1.1" 404 Not Found\n')).not.toHaveProperty('error');
  });
});

describe('the tail of a log', () => {
  test('is its last twenty lines that say something, each of at most 300 characters, and when it was written', async () => {
    const path = join(folder, 'server.err');
    await writeFile(
      path,
      `${Array.from({ length: 50 }, (_, line) => `line ${line}`).join('\n\n')}\r\n\x1b[31m${'x y '.repeat(200)}\x1b[0m\n`,
    );
    await utimes(path, 0, 1_788_256_800);
    const tail = await logTail(path);
    expect(tail).toMatchObject({ told: { path, writtenAt: 1_788_256_800_000 } });
    const { lines } = Object(tail).told;
    expect(lines).toHaveLength(20);
    expect(lines[0]).toBe('line 31');
    expect(lines[19]).toBe('x y '.repeat(200).slice(0, 300));
  });

  test('is read from the end of a log of any size, without the line whose beginning is out of sight', async () => {
    const tail = await tailOf(`${'TOKEN=hidden '.repeat(100_000)}\nthe last line\n`);
    expect(tail.lines).toEqual(['the last line']);
    expect((await tailOf('x'.repeat(200_000))).lines).toEqual([]);
  });

  test('of a log that holds nothing is empty', async () => {
    expect((await tailOf('')).lines).toEqual([]);
  });

  test('leaves secrets out, also where a line is cut', async () => {
    const tail = await tailOf(
      `${'a '.repeat(145)}OPENAI_API_KEY=sk-PLANTED-SECRET-0123456789\nValueError: token=PLANTED was refused\n`,
    );
    expect(JSON.stringify(tail)).not.toContain('PLANTED');
    expect(tail.error).toMatch(/^ValueError: .* was refused$/);
  });

  test('whatever is in it, it is bounded, and is told within moments', () => {
    const logs = ['uvicorn-import', 'uvicorn-lifespan', 'uvicorn-bind', 'group'].map(fixture);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), mutated(logs)), (text) => {
        const { lines, error = '' } = endOfLog(text);
        expect(lines.length).toBeLessThanOrEqual(20);
        for (const line of [...lines, error]) expect(line.length).toBeLessThanOrEqual(300);
      }),
    );
    for (const piece of [
      'Traceback (most recent call last):\n',
      'x',
      '\x1b[',
      'Error: ',
      'a.',
      ' | ',
      'ERROR ',
      'sh: ',
      ': 1',
      '/a',
      'python',
      '"GET a',
      '[1 \n',
    ]) {
      expect(endOfLog(piece.repeat(Math.ceil(65_536 / piece.length))).lines.length).toBeLessThanOrEqual(20);
    }
  });
});

describe('what is no log is told as such', () => {
  const why = async (path: string) => logTail(path);

  test.each([
    ['that is not there', 'absent', 'not-here', 'does not exist'],
    ['below a file', 'file/below', 'not-here', 'does not exist'],
    ['that is a folder', 'folder', 'unreadable', 'a folder'],
    ['that is a pipe nobody writes to', 'pipe', 'unreadable', 'a pipe'],
    ['that is a socket', 'socket', 'unreadable', 'a socket'],
    ['that is a device without an end', '/dev/zero', 'unreadable', 'a device'],
    ['of bytes', 'bytes', 'unreadable', 'not text'],
    ['that leads in a circle', 'circle', 'unreadable', 'ELOOP'],
    ['whose name no system takes', 'a\0b', 'unreadable', 'could not be read'],
  ])('a path %s', async (_, name, reason, words) => {
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'folder'));
    await writeFile(join(folder, 'bytes'), Buffer.from([1, 0, 2, 0]));
    await symlink('circle', join(folder, 'circle'));
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    const socket = createServer().listen(join(folder, 'socket'));
    const found = await why(name.startsWith('/') ? name : join(folder, name));
    socket.close();
    expect(found).toMatchObject({ why: reason, detail: expect.stringContaining(words) });
  });

  test.runIf(process.getuid?.() !== 0)('a path that this user may not read', async () => {
    await writeFile(join(folder, 'secret'), '');
    await chmod(join(folder, 'secret'), 0);
    expect(await why(join(folder, 'secret'))).toMatchObject({ why: 'not-permitted' });
  });
});
