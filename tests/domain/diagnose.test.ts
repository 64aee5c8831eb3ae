import { expect, test } from 'vitest';
import { CAUSES, type Cause } from '#lib/domain/cause.ts';
import { diagnose } from '#lib/domain/diagnose.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { remediesFor, type Surroundings } from '#lib/domain/remedies.ts';
import { SECOND } from '#lib/domain/time.ts';
import { AT, answered, facts, failed } from '#tests/support/facts.ts';
import { fact, listener, listeners, log, process, processes, service, tailscale } from '#tests/support/host-facts.ts';

const around: Surroundings = { port: 8_000, host: 'macbook.tail1234.ts.net' };

test('names the server that is not running with both refusals as evidence', () => {
  const given = facts(failed('refused'), { loopback: failed('refused', 'tcp', { kind: 'loopback' }) });
  expect(diagnose(given, around)).toMatchObject({
    cause: 'not-running',
    headline: 'The review server is not running.',
    appShows: { code: -1004 },
    evidence: [
      { text: 'macbook.tail1234.ts.net:8000 refused the connection after 2.0 ms' },
      { text: '127.0.0.1:8000 refused the connection after 2.0 ms' },
    ],
  });
});

test('quotes what the health says of Anki', () => {
  const { evidence } = diagnose(facts(answered({ ankiConnect: 'error: All connection attempts failed' })), around);
  expect(evidence[0]?.text).toBe('/health says ankiconnect: “error: All connection attempts failed”');
});

test('tells where a name leads, and that it is not here', () => {
  const lost = facts(failed('refused', 'tcp', { address: '100.64.0.9', addresses: ['100.64.0.9'] }), { here: false });
  expect(diagnose(lost, around).evidence.map(({ text }) => text)).toContain(
    'macbook.tail1234.ts.net resolves to 100.64.0.9, not this machine',
  );
});

test('has a remedy for every cause but health itself', () => {
  for (const cause of CAUSES) {
    const needsOne = cause !== 'healthy' && cause !== 'no-data';
    expect(remediesFor(cause, around).length > 0, cause).toBe(needsOne);
  }
});

test('shows the owner’s own start command, quoted as a shell needs it', () => {
  const [first] = remediesFor('not-running', { ...around, startCommand: ['sh', '-c', "echo 'hi'"] });
  expect(first?.command).toBe(String.raw`sh -c 'echo '\''hi'\'''`);
});

test('restarts by the service’s name on either system', () => {
  const remedies = remediesFor('hung', { ...around, serviceLabel: 'com.example.review' });
  expect(remedies.map(({ os, command }) => [os, command])).toEqual([
    ['macos', 'launchctl kickstart -k gui/$(id -u)/com.example.review'],
    ['linux', 'systemctl --user restart com.example.review'],
  ]);
});

test('names the process, the log and the name that were seen in its commands, quoted', () => {
  const given = facts(failed('refused'), {
    ...log({ path: "/Users/grant/It's here/review.err" }),
    ...listeners(listener()),
    ...processes(process()),
    ...tailscale({ dnsName: 'macbook-1.tail1234.ts.net' }),
  });
  const commands = (cause: Cause) => remediesFor(cause, around, given).map(({ command }) => command);
  expect(commands('crashed')).toContain(String.raw`tail -n 40 '/Users/grant/It'\''s here/review.err'`);
  expect(commands('suspended')).toContain('kill -CONT 5151');
  expect(commands('name-not-found')).toContain('macbook-1.tail1234.ts.net');
});

const silent = failed('timeout', 'firstByte', { totalMs: 5_000 });
const commandsOf = (given: Facts, about: Surroundings = around): readonly (string | null)[] =>
  diagnose(given, about).remedies.map(({ command }) => command);

test.each<[string, Facts]>([
  [
    'Docker, which stands for it',
    facts(silent, {
      ...listeners(listener({ program: 'com.docker.backend' })),
      ...processes(process({ command: '/Applications/Docker.app/Contents/MacOS/com.docker.backend run' })),
    }),
  ],
  ['a process here, for a server on another machine', facts(silent, { here: false, ...listeners(listener()) })],
  ['a program of which nothing is known but its port', facts(silent, listeners(listener()))],
])('never ends %s', (_, given) => {
  const commands = commandsOf(given);
  expect(commands.filter((command) => command?.includes('5151'))).toEqual([]);
  expect(commands).toContain('lsof -nP -iTCP:8000 -sTCP:LISTEN');
});

test('ends the server, not the forwarder of Tailscale before it', () => {
  const given = facts(silent, {
    forwards: fact([{ port: 8_000, speaks: 'tcp' as const, to: '127.0.0.1:8000', isPublic: false }]),
    ...listeners(
      listener({ pid: 500, program: 'tailscaled', address: '100.64.0.7' }),
      listener({ pid: 600, program: 'python3', address: '127.0.0.1' }),
    ),
    ...processes(process({ pid: 600 })),
  });
  expect(commandsOf(given)).toContain('kill 600');
});

const onLoopbackOnly = facts(failed('refused'), {
  ...listeners(listener({ address: '127.0.0.1' })),
  ...processes(process()),
});

test.each<[string, Surroundings, readonly (string | null)[]]>([
  ['by uvicorn', around, ['kill 5151', 'uvicorn app.main:app --host 0.0.0.0 --port 8000']],
  [
    'by the owner’s start command',
    { ...around, startCommand: ['/opt/x/uvicorn', 'server:api', '--host', '127.0.0.1', '--port', '8000'] },
    ['kill 5151', '/opt/x/uvicorn server:api --host 0.0.0.0 --port 8000'],
  ],
  [
    'by a start command that names no host',
    { ...around, startCommand: ['uv', 'run', 'uvicorn', 'server:api'] },
    ['kill 5151', 'uv run uvicorn server:api --host 0.0.0.0'],
  ],
  ['by the owner’s script', { ...around, startCommand: ['/opt/x/go.sh'] }, ['kill 5151', null]],
  [
    'by its service',
    { ...around, os: 'macos', serviceLabel: 'com.example.review' },
    [null, 'launchctl kickstart -k gui/$(id -u)/com.example.review'],
  ],
])('ends a server on loopback only before it is started for every address %s', (_, about, expected) => {
  expect(commandsOf(onLoopbackOnly, about).slice(0, -1)).toEqual(expected);
});

test.each([
  ['/Users/grant/My Projects/venv/bin/python main.py', 'python'],
  ['/Applications/OrbStack.app/Contents/MacOS/OrbStack Helper vmgr', 'OrbStack'],
  ['/usr/local/bin/python3.11-intel64 main.py', 'python3.11'],
  ['/Library/Frameworks/Python.framework/Versions/3.12/Resources/Python.app/Contents/MacOS/Python main.py', 'Python'],
  ['/opt/podman/bin/gvproxy -listen-qemu x', 'gvproxy'],
  ['/Applications/Docker.app/Contents/MacOS/com.docker.backend run', 'com.docke'],
])('a server behind %s that hangs is no other program', (command, program) => {
  const given = facts(silent, { ...listeners(listener({ program })), ...processes(process({ command })) });
  expect(diagnose(given, around).cause).toBe('hung');
  const { listeners: _, ...less } = given;
  expect(diagnose({ ...less, ...listeners({ ...listener(), program: '' }) }, around).cause).toBe('hung');
});

test('gives no command that a shell would read otherwise than it is meant', () => {
  const odd = { ...around, serviceLabel: 'a b;$(c)', startCommand: ['run', '$HOME', '`x`'] };
  for (const cause of CAUSES) {
    for (const { command } of remediesFor(cause, odd)) {
      const unquoted = (command ?? '').replaceAll(/'[^']*'/g, '');
      expect(unquoted, cause).not.toMatch(/\$\(c\)|\$HOME|`x`/);
    }
  }
});

const SHOP = '/home/grant/shop/.venv/bin/python -m uvicorn app.main:app --port 9000';
const beside = (command: string): Facts =>
  facts(failed('refused'), {
    loopback: failed('refused', 'tcp', { kind: 'loopback' }),
    ...listeners(listener({ port: 9_000 })),
    ...processes(process({ command })),
  });

test('another project of FastAPI’s own template is no more than a guess, and hides no crash', () => {
  expect(diagnose(beside(SHOP), around)).toMatchObject({
    cause: 'wrong-port',
    confidence: 'medium',
    headline: 'A server listens on another port.',
  });
  const crashed = { ...beside(SHOP), ...service({ lastExit: { code: 1 } }) };
  expect(diagnose(crashed, around)).toMatchObject({ cause: 'crashed', confidence: 'high' });
});

test('one that has opened another port is not about to open this one, however young it is', () => {
  const young = processes(process({ startedAt: AT - SECOND, command: 'uvicorn app.main:app' }));
  expect(diagnose({ ...beside(SHOP), ...young }, around).cause).toBe('wrong-port');
  expect(diagnose({ ...beside(SHOP), ...listeners(), ...young }, around).cause).toBe('starting');
});

test('what the owner’s start command started on another port is the server for certain', () => {
  const startCommand = ['/home/grant/start-anki-voice.sh'];
  const started = diagnose(beside('/bin/bash /home/grant/start-anki-voice.sh'), { ...around, startCommand });
  expect(started).toMatchObject({ cause: 'wrong-port', confidence: 'high' });
});

test('a suspended editor of the start script is no suspended server', () => {
  const startCommand = ['/home/grant/start-anki-voice.sh'];
  const editor = process({ state: 'stopped', command: 'vim /home/grant/start-anki-voice.sh' });
  const stuck = facts(failed('timeout', 'firstByte'), processes(editor));
  expect(diagnose(stuck, { ...around, startCommand }).cause).toBe('hung');
});
