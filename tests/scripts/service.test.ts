import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rotate } from '#scripts/rotate-logs.ts';
import { resolveProgram, splitCommand } from '#scripts/service-command.ts';
import { type Job, REVIEW_SERVER, searchPath } from '#scripts/service-jobs.ts';
import { addServiceLabel, removeServiceLabel } from '#scripts/service-label.ts';
import { plist } from '#scripts/service-launchd.ts';
import { readOptions } from '#scripts/service-options.ts';
import { protectedPaths } from '#scripts/service-protected.ts';
import { unitText } from '#scripts/service-systemd.ts';
import { fc } from '#tests/support/fast-check.ts';
import { readPlist } from '#tests/support/read-plist.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lifeline-service-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const job = (command: Job['command'], folder = '/Users/ada/review-server'): Job => ({
  ...REVIEW_SERVER,
  command,
  folder,
});

describe('a command', () => {
  test.each([
    ['uvicorn app.main:app --port 8000', ['uvicorn', 'app.main:app', '--port', '8000']],
    ['  uvicorn \t app.main:app\n', ['uvicorn', 'app.main:app']],
    [`'/opt/my tools/uvicorn' "a \\"b\\" \\\\ $HOME" c\\ d`, ['/opt/my tools/uvicorn', 'a "b" \\ $HOME', 'c d']],
    [`run --name=it"'"s '' ""`, ['run', "--name=it's", '', '']],
    ['~/venv/bin/uvicorn ~ "~/x" a~/b', ['/Users/ada/venv/bin/uvicorn', '~', '~/x', 'a~/b']],
    ['sh -c "a && b | c > d"', ['sh', '-c', 'a && b | c > d']],
  ])('%j is split by blanks and quotes', (text, words) => {
    expect(splitCommand(text, '/Users/ada')).toEqual(words);
  });

  test.each([
    ['cd server && uvicorn app', 'without a shell'],
    ['uvicorn app > log', 'without a shell'],
    ['uvicorn $APP', 'without a shell'],
    ['uvicorn `cat app`', 'without a shell'],
    ["uvicorn 'app", 'has no end'],
    ['uvicorn app\\', 'has no end'],
    [' ', 'is empty'],
  ])('%j is refused: it is %s', (text, words) => {
    expect(() => splitCommand(text, '/Users/ada')).toThrow(words);
  });

  test('in single quotes anything is one word, and nothing hangs', () => {
    fc.assert(
      fc.property(fc.array(fc.string().filter((word) => !word.includes("'"))), (words) => {
        expect(splitCommand(['x', ...words.map((word) => `'${word}'`)].join(' '), '/')).toEqual(['x', ...words]);
      }),
    );
    expect(() => splitCommand(`"${'a\\'.repeat(50_000)}`, '/')).toThrow('has no end');
  });

  test('names a program in the folder or in PATH, never one that cannot be executed', () => {
    mkdirSync(join(root, 'bin'));
    writeFileSync(join(root, 'bin', 'uvicorn'), '');
    chmodSync(join(root, 'bin', 'uvicorn'), 0o755);
    writeFileSync(join(root, 'bin', 'notes'), '');
    const look = (name: string) => resolveProgram(name, { folder: root, path: '/nowhere:bin' });
    expect(look('uvicorn')).toBe(join(root, 'bin', 'uvicorn'));
    expect(look('./bin/uvicorn')).toBe(join(root, 'bin', 'uvicorn'));
    expect(() => look('gunicorn')).toThrow('none of the folders in PATH has it');
    expect(() => look('bin/notes')).toThrow(`${join(root, 'bin/notes')} is no program`);
    expect(() => look('./bin')).toThrow('is no program');
  });
});

describe('the property list', () => {
  const read = (given: Job) => readPlist(plist(given, '/Users/ada/Library/Logs/Lifeline/review-server.log'));

  test('runs the program from the login on and again when it ends, and is not throttled as background work', () => {
    const given = job(['/Users/ada/venv/bin/uvicorn', 'app.main:app', '--host', '0.0.0.0']);
    expect(read(given)).toEqual({
      Label: 'io.lifeline.review-server',
      ProgramArguments: ['/Users/ada/venv/bin/uvicorn', 'app.main:app', '--host', '0.0.0.0'],
      WorkingDirectory: '/Users/ada/review-server',
      EnvironmentVariables: { PATH: searchPath(given) },
      RunAtLoad: true,
      KeepAlive: true,
      ThrottleInterval: 10,
      StandardOutPath: '/Users/ada/Library/Logs/Lifeline/review-server.log',
      StandardErrorPath: '/Users/ada/Library/Logs/Lifeline/review-server.log',
    });
  });

  test('gives every argument and path back as it was', () => {
    const word = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(word, fc.array(word), (folder, args) => {
        expect(read(job(['/p', ...args], folder))).toMatchObject({
          ProgramArguments: ['/p', ...args],
          WorkingDirectory: folder,
        });
      }),
    );
  });
});

describe('the unit', () => {
  const given = job(['/opt/my tools/uvicorn', '--name', '50% of "$HOME"'], '/home/ada/my 100%');

  test('is quoted for systemd: specifiers everywhere, variables in arguments', () => {
    const lines = unitText(given).split('\n');
    expect(lines).toContain(String.raw`ExecStart="/opt/my tools/uvicorn" "--name" "50%% of \"$$HOME\""`);
    expect(lines).toContain('WorkingDirectory=/home/ada/my 100%%');
    expect(lines).toEqual(expect.arrayContaining(['Restart=always', 'WantedBy=default.target']));
  });

  test.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)('has nothing that systemd complains of', () => {
    const file = join(root, REVIEW_SERVER.unit);
    writeFileSync(file, unitText({ ...given, command: [process.execPath, ...given.command.slice(1)] }));
    const { status, stderr } = spawnSync('systemd-analyze', ['--user', 'verify', file], {
      encoding: 'utf8',
      env: { ...process.env, XDG_RUNTIME_DIR: root },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('a folder that macOS protects', () => {
  test.each([
    ['/Users/ada/Documents/lifeline', 'your Documents folder'],
    ['/Users/ada/documents/lifeline', 'your Documents folder'],
    ['/Users/ada/Desktop', 'your Desktop'],
    ['/Users/ada/Downloads/x', 'your Downloads folder'],
    ['/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/x', 'iCloud Drive'],
    ['/Users/ada/Library/CloudStorage/Dropbox/x', 'a cloud drive'],
  ])('%s is one', (folder, name) => {
    expect(protectedPaths(job(['/usr/bin/python3'], folder), '/Users/ada')).toEqual([`${folder} is in ${name}`]);
  });

  test('is none elsewhere', () => {
    const given = job(['/opt/homebrew/bin/uvicorn', 'Documents/app.py'], '/Users/ada/Documents2');
    expect(protectedPaths(given, '/Users/ada')).toEqual([]);
  });

  test('is found behind a link, in the program and in an argument', () => {
    mkdirSync(join(root, 'Documents', 'venv'), { recursive: true });
    symlinkSync(join(root, 'Documents', 'venv'), join(root, 'venv'));
    const [link, argument] = [join(root, 'venv'), join(root, 'Desktop', 'app.py')];
    expect(protectedPaths(job([link, argument], root), root)).toEqual([
      `${link} is in your Documents folder`,
      `${argument} is in your Desktop`,
    ]);
  });
});

describe('SERVICE_LABEL in the env file', () => {
  const add = () => addServiceLabel(join(root, '.env.local'), 'io.example.review');
  const text = () => readFileSync(join(root, '.env.local'), 'utf8');

  test('is written once, into a file that only the owner reads', () => {
    expect(add()).toMatchObject({ isWritten: true, words: expect.stringContaining('Added to') });
    expect(add()).toBeNull();
    expect(text()).toBe('SERVICE_LABEL=io.example.review\n');
    expect(statSync(join(root, '.env.local')).mode & 0o777).toBe(0o600);
  });

  test('comes after what is there, also without a line break at its end', () => {
    writeFileSync(join(root, '.env.local'), 'PORT=4000');
    add();
    expect(text()).toBe('PORT=4000\nSERVICE_LABEL=io.example.review\n');
  });

  test('stays when it names another service, and that is said', () => {
    writeFileSync(join(root, '.env.local'), 'SERVICE_LABEL="dev.other" # mine\n');
    expect(add()).toMatchObject({
      isWritten: false,
      words: expect.stringMatching(/says SERVICE_LABEL=dev\.other, and that stays.*SERVICE_LABEL=io\.example\.review/),
    });
    expect(text()).toBe('SERVICE_LABEL="dev.other" # mine\n');
  });

  test('goes with the service, alone', () => {
    const remove = () => removeServiceLabel(join(root, '.env.local'), 'io.example.review');
    expect(remove()).toBeNull();
    writeFileSync(join(root, '.env.local'), 'PORT=4000\nSERVICE_LABEL=io.example.review\nHOST=127.0.0.1\n');
    expect(remove()).toMatchObject({ isWritten: true, words: expect.stringContaining('Removed') });
    expect(text()).toBe('PORT=4000\nHOST=127.0.0.1\n');
    expect(remove()).toBeNull();
  });
});

describe('a log of a service', () => {
  const log = () => join(root, 'lifeline.log');
  const size = (path: string) => (existsSync(path) ? statSync(path).size : null);

  test('of more than 5 MB begins anew, and the last two are kept', () => {
    for (const letter of ['a', 'b', 'c']) {
      writeFileSync(log(), letter.repeat(5_000_001));
      rotate(log());
    }
    expect([log(), `${log()}.1`, `${log()}.2`, `${log()}.3`].map(size)).toEqual([0, 5_000_001, 5_000_001, null]);
    expect(readFileSync(`${log()}.1`, 'utf8').slice(0, 1)).toBe('c');
  });

  test('of less stays, and none at all is fine', () => {
    rotate(log());
    writeFileSync(log(), 'few words');
    rotate(log());
    expect([log(), `${log()}.1`].map(size)).toEqual([9, null]);
  });
});

describe('the arguments', () => {
  test.each([
    [['install'], { verb: 'install', whose: 'lifeline' }],
    [
      ['install', '--server', 'uvicorn app --port 8000', '--server-dir', 'x'],
      { whose: 'server', command: 'uvicorn app --port 8000', serverDir: 'x' },
    ],
    [['uninstall', '--server'], { verb: 'uninstall', whose: 'server' }],
    [['uninstall', '--server', '--dry-run'], { whose: 'server', isDryRun: true }],
    [['--server=uvicorn app', 'install'], { verb: 'install', command: 'uvicorn app' }],
    [['status'], { verb: 'status' }],
  ])('%j are understood', (given, options) => {
    expect(readOptions(given)).toMatchObject(options);
  });

  test.each([
    [[], 'npm run service -- install'],
    [['restart'], 'What is "restart"?'],
    [['install', '--force'], "'--force'"],
    [['install', '--server'], '--server needs the command'],
    [['install', '--server-dir', 'x'], 'goes with --server'],
  ])('%j are answered with how it is meant', (given, words) => {
    expect(() => readOptions(given)).toThrow(words);
  });
});
