import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endOfLog } from '#lib/host/log-lines.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'fixtures', 'logs', `${name}.log`), 'utf8');

describe('an error that the server survived is not how it ended', () => {
  const error = 'ERROR:    Exception in ASGI application\nValueError: bad card 42\n';

  test.each([
    ['a request was answered', 'INFO:     127.0.0.1:50000 - "GET /health HTTP/1.1" 200 OK'],
    [
      'a request was answered, as another server writes it',
      '100.64.0.9 - - [23/Nov/2026] "GET /health HTTP/1.1" 200 -',
    ],
    ['the app said something', 'INFO:app.voice:card 43 read'],
    ['a logger with times said something', '2026-09-01 10:00:00,123 - app.voice - INFO - card 43 read'],
    ['a logger with brackets said something', '[2026-09-01 10:00:00 +0000] [7] [DEBUG] card 43 read'],
    ['a logger with bars said something', '2026-09-01 10:00:00.123 | INFO     | app.voice:read:3 - card 43'],
  ])('when %s after it', (_, line) => {
    expect(endOfLog(`${error}${line}\n`)).not.toHaveProperty('error');
    expect(endOfLog(`${error}${line}\nMemoryError\n`).error).toBe('MemoryError');
  });

  test('also when the server was stopped in order later', () => {
    expect(endOfLog(fixture('uvicorn-request'))).not.toHaveProperty('error');
  });

  test('also when it was answering while it ended', () => {
    const request = 'INFO:     127.0.0.1:50000 - "GET /health HTTP/1.1" 200 OK\n';
    expect(endOfLog(`INFO:     Shutting down\n${error}${request}`)).not.toHaveProperty('error');
  });

  test('also when it is out of sight that it ever began', () => {
    const requests = 'INFO:     127.0.0.1:50000 - "GET /health HTTP/1.1" 200 OK\n'.repeat(400);
    expect(endOfLog(`${error}${requests}`)).not.toHaveProperty('error');
  });
});

describe('an error is how it ended', () => {
  test.each([
    ['nothing follows', ''],
    ['the server only tells that it ends', 'INFO:     Shutting down\nINFO:     Finished server process [7]\n'],
    [
      'the app tells how it ends',
      'INFO:     Waiting for application shutdown.\nINFO:app:collection closed\nINFO:     Application shutdown complete.\n',
    ],
    [
      'the next run has only begun',
      'INFO:     Started server process [8]\nINFO:     Waiting for application startup.\n',
    ],
    ['a line warns', 'WARNING:  StatReload detected changes\n'],
    ['a line has no level', 'anki-voice.service: Main process exited, code=exited, status=1/FAILURE\n'],
  ])('when %s', (_, after) => {
    expect(endOfLog(`INFO:     a card\nValueError: unknown level INFO\n${after}`).error).toBe(
      'ValueError: unknown level INFO',
    );
  });
});

describe('what keeps a server from being started is an error', () => {
  test.each([
    'python-no-module',
    'python-not-permitted',
    'bash-no-program',
    'bash-not-permitted',
    'zsh-no-command',
    'zsh-no-program',
    'bad-interpreter',
    'zsh-bad-interpreter',
    'no-program',
  ])('in the words of %s', (name) => {
    expect(endOfLog(fixture(name)).error).toBe(fixture(name).trim().split('\n').at(-1));
  });

  describe('in the words of this machine', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'start script-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const isHere = (name: string) => spawnSync(name, ['-c', '']).error === undefined;
    const commands = [
      ['sh', './start'],
      ['sh', '.venv/bin/uvicorn app'],
      ['sh', 'uvicorn-that-is-nowhere app'],
      ['sh', 'exec env uvicorn-that-is-nowhere app'],
      ['sh', './notes'],
      ['sh', 'cd /nowhere && uvicorn'],
      ['bash', './start'],
      ['bash', '.venv/bin/uvicorn app'],
      ['bash', 'uvicorn-that-is-nowhere app'],
      ['bash', 'exec uvicorn-that-is-nowhere app'],
      ['bash', './moved'],
      ['zsh', 'uvicorn-that-is-nowhere app'],
      ['zsh', './moved'],
      ['sh', 'python3 -m uvicorn_that_is_nowhere app'],
      ['sh', 'python3 nowhere.py'],
    ] as const;
    test.each(
      commands.filter(([shell, command]) => isHere(shell) && (!command.startsWith('python3') || isHere('python3'))),
    )('%s -c "%s"', (shell, command) => {
      mkdirSync(join(folder, 'venv'));
      writeFileSync(join(folder, 'notes'), '');
      writeFileSync(join(folder, 'start'), '#!/bin/sh\n.venv/bin/uvicorn app\n');
      writeFileSync(join(folder, 'moved'), '#!/nowhere/python3\n');
      for (const name of ['start', 'moved']) chmodSync(join(folder, name), 0o755);
      const { stderr } = spawnSync(shell, ['-c', command], { cwd: folder, encoding: 'utf8' });
      expect(endOfLog(stderr).error).toBe(stderr.trim());
    });
  });

  test.each([
    'GET /cards/7: not found',
    '10:00:03: GET /x: not found',
    'card 7: no such file or directory, so it is read anew',
    'INFO:     sh: x: command not found',
  ])('%j is none', (line) => {
    expect(endOfLog(`${line}\n`)).not.toHaveProperty('error');
  });
});
