import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askAlf, readAlf } from '#lib/host/alf.ts';
import { firewallFor } from '#lib/host/firewall.ts';
import { fc } from '#tests/support/fast-check.ts';
import { mutated } from '#tests/support/mutated.ts';
import { scriptedTool } from '#tests/support/scripted-tool.ts';

const PYTHON = '/opt/homebrew/Cellar/python@3.12/3.12.4/bin/python3.12';
const ON = {
  global: 'Firewall is enabled. (State = 1)\n',
  blockAll: 'Firewall has block all state set to disabled.\n',
  stealth: 'Firewall stealth mode is off\n',
  app: `Incoming connection to ${PYTHON} is permitted.\n`,
  signed:
    'Automatically allow built-in signed software DISABLED.\nAutomatically allow downloaded signed software DISABLED.\n',
};
const SIGNED = {
  both: 'Automatically allow built-in signed software ENABLED.\nAutomatically allow downloaded signed software ENABLED.\n',
  builtIn:
    'Automatically allow signed built-in software ENABLED\nAutomatically allow downloaded signed software DISABLED\n',
};
const UNLISTED = { app: `The application at path ( ${PYTHON} ) is not part of the firewall\n` };

describe('the application firewall of macOS', () => {
  test.each([
    ['off', { global: 'Firewall is disabled. (State = 0)\n' }, 'allows', 'Firewall is disabled. (State = 0)'],
    [
      'off, and what else is set does not matter',
      { global: 'Firewall is disabled. (State = 0)', stealth: 'Stealth mode enabled', app: null },
      'allows',
      'Firewall is disabled. (State = 0)',
    ],
    [
      'on for all',
      { global: 'Firewall is blocking all non-essential incoming connections. (State = 2)\n' },
      'drops',
      /State = 2/,
    ],
    ['block all', { blockAll: 'Firewall has block all state set to enabled.\n' }, 'drops', /block all/],
    ['block all, older', { blockAll: 'Block all ENABLED!\n' }, 'drops', 'Block all ENABLED!'],
    ['not block all, older', { blockAll: 'Block all DISABLED!\n' }, 'allows', /permitted/],
    ['permitted', {}, 'allows', `Incoming connection to ${PYTHON} is permitted.`],
    [
      'permitted, in other words',
      { app: `Application at path ( ${PYTHON} ) is not blocked from accepting incoming connections.` },
      'allows',
      /not blocked/,
    ],
    ['blocked', { app: `Incoming connection to ${PYTHON} is blocked \n` }, 'drops', /is blocked/],
    [
      'blocked, in other words',
      { app: `Application at path ( ${PYTHON} ) is blocked from accepting incoming connections.` },
      'drops',
      /is blocked/,
    ],
    [
      'blocked, whatever the folder is called',
      { app: 'Incoming connection to /Users/grant/permitted/x is blocked.' },
      'drops',
      /blocked/,
    ],
    ['not listed', UNLISTED, 'drops', /not part of the firewall/],
    [
      'not listed, where its signature may let it in',
      { ...UNLISTED, signed: SIGNED.both },
      'by-program',
      'Automatically allow built-in signed software ENABLED.',
    ],
    [
      'not listed, where one sort of signature may, older',
      { ...UNLISTED, signed: SIGNED.builtIn },
      'by-program',
      'Automatically allow signed built-in software ENABLED',
    ],
    ['not listed, and nothing told of signatures', { ...UNLISTED, signed: null }, 'by-program', /State = 1/],
    [
      'not listed, and words of tomorrow about signatures',
      { ...UNLISTED, signed: 'Signed software: perhaps' },
      'by-program',
      /State = 1/,
    ],
    ['not listed, and half of the answer', { ...UNLISTED, signed: ON.signed.slice(0, 60) }, 'by-program', /State = 1/],
    [
      'blocked, whatever its signature',
      { app: 'Incoming connection to it is blocked', signed: SIGNED.both },
      'drops',
      /is blocked/,
    ],
    [
      'not listed, older',
      { app: 'The application is not part of the firewall\n' },
      'drops',
      /not part of the firewall/,
    ],
    ['a program that is not known', { app: null }, 'by-program', 'Firewall is enabled. (State = 1)'],
    ['words of tomorrow about a program', { app: 'Incoming connections: perhaps' }, 'by-program', /State = 1/],
  ] as const)('%s', (_, said, verdict, why) => {
    const expected = typeof why === 'string' ? why : expect.stringMatching(why);
    expect(readAlf({ ...ON, ...said })).toEqual({ told: { tool: 'alf', verdict, why: expected, isStealthy: false } });
  });

  test.each(['Stealth mode enabled\n', 'Firewall stealth mode is on\n'])('is stealthy: %s', (stealth) => {
    const global = 'Firewall is enabled. (State = 1)\nFirewall stealth mode is on\n';
    expect(readAlf({ ...ON, stealth, app: null, global })).toMatchObject({
      told: { isStealthy: true, why: 'Firewall is enabled. (State = 1)' },
    });
  });

  test.each([
    ['a state of tomorrow', { global: 'Firewall is dreaming. (State = 3)' }],
    ['nothing at all', { global: '' }],
    ['no word on block all', { blockAll: null }],
    ['a strange word on block all', { blockAll: 'Block all: maybe' }],
    ['no word on stealth', { stealth: null }],
  ])('is unknown after %s', (_, said) => {
    expect(readAlf({ ...ON, ...said })).toMatchObject({
      why: 'unreadable',
      detail: expect.stringMatching(/socketfilterfw/),
    });
  });

  test('whatever is said is read', () => {
    const said = mutated([...Object.values(ON), 'Firewall is disabled. (State = 0)']);
    fc.assert(
      fc.property(fc.tuple(said, said, said, said, said), ([global, blockAll, stealth, app, signed]) => {
        const answer = readAlf({ global, blockAll, stealth, app, signed });
        expect('told' in answer || answer.why === 'unreadable').toBe(true);
      }),
    );
  });
});

describe('socketfilterfw', () => {
  const answering = (app: string) => `case "$1" in
    --getglobalstate) echo "Firewall is enabled. (State = 1)";;
    --getblockall) echo "Block all DISABLED!";;
    --getstealthmode) echo "Stealth mode enabled";;
    --getallowsigned) printf '${ON.signed.replaceAll('\n', '\\n')}';;
    --getappblocked) [ "$2" = "${PYTHON}" ] && echo "${app}";;
    *) exit 1;;
    esac`;

  test('is asked about the program that listens', async () => {
    const tool = await scriptedTool(answering('Incoming connection to it is blocked.'));
    expect(await askAlf(PYTHON, tool)).toMatchObject({ told: { verdict: 'drops', isStealthy: true } });
  });

  test('is asked whether signed software is let in without being listed', async () => {
    const tool = await scriptedTool(
      answering('The application is not part of the firewall').replaceAll('software DIS', 'software EN'),
    );
    expect(await askAlf(PYTHON, tool)).toMatchObject({ told: { verdict: 'by-program' } });
    const strict = await scriptedTool(answering('The application is not part of the firewall'));
    expect(await askAlf(PYTHON, strict)).toMatchObject({ told: { verdict: 'drops' } });
  });

  test('is not asked about a program without a path, which it would call not listed', async () => {
    const tool = await scriptedTool(answering('The application is not part of the firewall'));
    expect(await askAlf('python3', tool)).toMatchObject({ told: { verdict: 'by-program' } });
    expect(await askAlf(null, tool)).toMatchObject({ told: { verdict: 'by-program' } });
  });

  test.each([
    ['must not be run', '', 0o644, 'not-permitted'],
    ['never ends', 'sleep 600', 0o755, 'silent'],
    ['prints 100 MB', 'head -c 100000000 /dev/zero', 0o755, 'unreadable'],
    ['must be root', 'echo "Must be root to change settings." >&2; exit 1', 0o755, 'not-permitted'],
  ])('that %s tells nothing', async (_, lines, mode, why) => {
    expect(await askAlf(null, await scriptedTool(lines, mode))).toMatchObject({ why });
  });

  test('that is not installed tells nothing', async () => {
    expect(await askAlf(null, join(import.meta.dirname, 'nowhere'))).toMatchObject({ why: 'not-installed' });
  });
});

test('a system whose firewall nobody described is not guessed', async () => {
  expect(await firewallFor(8000, { program: null, platform: 'freebsd' })).toMatchObject({ why: 'not-here' });
});
