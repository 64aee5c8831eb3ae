import { describe, expect, test } from 'vitest';
import { concerning, isStartedBy, looksLikeServer, programOf } from '#lib/domain/processes.ts';
import { listener, process } from '#tests/support/host-facts.ts';

describe('a command line looks like the review server’s', () => {
  test.each([
    'uvicorn app.main:app',
    'python3 -m uvicorn app.main:app --host 0.0.0.0 --port 8000',
    '/home/g/anki/.venv/bin/python /home/g/anki/.venv/bin/uvicorn app.main:app --reload',
    '/Users/g/My Projects/anki/venv/bin/python3.12 -m uvicorn app.main:app',
    '/Library/Frameworks/Python.framework/Versions/3.12/Resources/Python.app/Contents/MacOS/Python -m uvicorn app.main:app',
    'env OPENAI_API_KEY=*** python3 -m uvicorn --port 8000 app.main:app',
    'uv run uvicorn app.main:app',
    '/bin/bash -c cd /home/g/anki && uvicorn app.main:app',
    'gunicorn -k uvicorn.workers.UvicornWorker app.main:app',
  ])('%s', (command) => {
    expect(looksLikeServer(command)).toBe(true);
  });
});

describe('a command line does not', () => {
  test.each([
    'uvicorn server:app',
    'vim uvicorn app.main:app',
    '/usr/bin/grep -rn uvicorn app.main:app',
    'tail -f /home/g/logs/uvicorn app.main:app',
    'less +F /home/g/python/uvicorn app.main:app',
    'python3 -m http.server',
    'python3 notes-on-uvicorn.py app.main:app',
    '',
  ])('%s', (command) => {
    expect(looksLikeServer(command)).toBe(false);
  });
});

test.each([
  ['/usr/bin/python3 -m uvicorn app.main:app', 'python3'],
  ['/Users/g/My Projects/venv/bin/python main.py', 'python'],
  ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome --headless', 'Google'],
  ['node server.js /opt/python', 'node'],
  ['', ''],
])('the program of %s is %s', (command, program) => {
  expect(programOf(command)).toBe(program);
});

const SCRIPT = ['/home/g/start-anki-voice.sh'];
const UV = ['uv', 'run', 'uvicorn', 'server:app', '--port', '8000'];
const PYTHON = ['python3', '-m', 'server', '--title', 'my cards'];

describe('a process is what the owner starts', () => {
  test.each([
    ['a script by itself', '/home/g/start-anki-voice.sh', SCRIPT],
    ['a script by its shell', '/bin/bash /home/g/start-anki-voice.sh', SCRIPT],
    ['a script by a shell with options', '/bin/sh -eu /home/g/start-anki-voice.sh', SCRIPT],
    ['a script through env', '/usr/bin/env -S bash -e /home/g/start-anki-voice.sh', SCRIPT],
    ['a script by another path', '/bin/sh ./start-anki-voice.sh', SCRIPT],
    ['a script in a folder of two words', '/bin/sh /home/g/My Cards/go.sh', ['/home/g/My Cards/go.sh']],
    ['a program by its path', '/opt/homebrew/bin/uv run uvicorn server:app --port 8000', UV],
    ['a Python of another name', '/usr/bin/python3.12 -m server --title my cards', PYTHON],
    ['the Python of macOS', '/Library/Python.app/Contents/MacOS/Python -m server --title my cards', PYTHON],
    [
      'a script of Python by its interpreter',
      '/home/g/My Cards/.venv/bin/python3 /home/g/My Cards/.venv/bin/uvicorn server:app',
      ['/home/g/My Cards/.venv/bin/uvicorn', 'server:app'],
    ],
  ])('%s', (_, command, startCommand) => {
    expect(isStartedBy(command, startCommand)).toBe(true);
  });
});

describe('a process is not', () => {
  test.each([
    ['an editor of its script', 'vim /home/g/start-anki-voice.sh', SCRIPT],
    ['an editor by its path', '/usr/bin/vim -R /home/g/start-anki-voice.sh', SCRIPT],
    ['a reader of its script', 'tail -n 20 /home/g/start-anki-voice.sh', SCRIPT],
    ['an editor within a shell', 'sh -c vim /home/g/start-anki-voice.sh', SCRIPT],
    ['another script of a longer name', '/bin/sh /home/g/not-start-anki-voice.sh', SCRIPT],
    ['the same program for something else', 'uv run pytest', UV],
    ['the same arguments of another program', 'echo run uvicorn server:app --port 8000', UV],
    ['another port of the same digits', 'uv run uvicorn server:app --port 18000', UV],
    ['anything, where nothing was told', 'uvicorn server:app', undefined],
  ])('%s', (_, command, startCommand) => {
    expect(isStartedBy(command, startCommand)).toBe(false);
  });
});

test('what holds the port, is the service, or is or looks like the server bears on it, with all that it started', () => {
  const all = [
    process({ pid: 10, command: 'nginx' }),
    process({ pid: 20, command: 'supervise' }),
    process({ pid: 30, command: '/bin/sh /home/g/start-anki-voice.sh' }),
    process({ pid: 31, parentPid: 30, command: 'python3 server.py' }),
    process({ pid: 32, parentPid: 31, command: 'python3 -c spawn_main' }),
    process({ pid: 40, command: 'uvicorn app.main:app' }),
    process({ pid: 50, command: 'vim /home/g/start-anki-voice.sh' }),
    process({ pid: 60, command: 'nginx' }),
  ];
  const listeners = [listener({ pid: 10 }), listener({ pid: 60, port: 8_080 })];
  const chosen = concerning(all, { port: 8_000, listeners, servicePid: 20, startCommand: SCRIPT });
  expect(chosen.map(({ pid }) => pid)).toEqual([10, 20, 30, 31, 32, 40]);
});
