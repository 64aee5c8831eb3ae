import { describe, expect, test } from 'vitest';
import type { Check } from '#lib/client/setup/check.ts';
import { checksOf, type Known, nextStep, progressOf, STEPS, type StepName } from '#lib/client/setup/checks.ts';
import type { ThisDevice } from '#lib/client/setup/this-device.ts';
import { SERVE_STATES, type Setup } from '#lib/contract/setup.ts';

const URL_HERE = 'https://macbook.tail1234.ts.net';
const phone: ThisDevice = {
  kind: 'ios',
  isSecure: true,
  isHttps: true,
  origin: URL_HERE,
  isInstalled: true,
  storage: { isPersisted: true, usedBytes: 3_240_000 },
  worker: { state: 'controls', files: 41 },
};
const mac: ThisDevice = {
  ...phone,
  kind: 'desktop',
  isHttps: false,
  origin: 'http://127.0.0.1:3000',
  isInstalled: false,
  storage: { isPersisted: false, usedBytes: null },
};
const setup: Setup = {
  serve: { state: 'published', url: URL_HERE, command: 'tailscale serve --bg 3000', detail: null },
  link: URL_HERE,
  caller: { who: 'owner', login: 'ada@example.com', device: 'iphone', path: 'direct', refusal: null },
  owner: 'ada@example.com',
  devices: [],
  startsAtLogin: true,
  version: '0.1.0',
  build: 'abc',
  servedAt: 1,
};
const well: Check = { state: 'done', says: 'On.' };
const known = (change: Partial<Known> = {}): Known => ({
  setup,
  why: null,
  device: phone,
  alerts: well,
  build: 'abc',
  ...change,
});
const serving = (change: Partial<Setup['serve']>): Setup => ({ ...setup, serve: { ...setup.serve, ...change } });
const states = (of: Partial<Known>) => {
  const checks = checksOf(known(of));
  return Object.fromEntries(STEPS.map((step) => [step, checks[step].state]));
};

test('a phone on which everything is done has nothing left', () => {
  const checks = checksOf(known());
  expect(new Set(STEPS.map((step) => checks[step].state))).toEqual(new Set(['done']));
  expect(progressOf(checks)).toEqual({ done: 8, of: 8 });
  expect(nextStep(checks)).toBeNull();
  expect(checks.kept.says).toBe('Until you delete it.');
});

test('while nobody has answered nothing is judged, and nothing is counted', () => {
  const checks = checksOf(known({ setup: null, device: null }));
  expect(progressOf(checks)).toBeNull();
  expect(nextStep(checks)).toBeNull();
});

test('a Mac that does not answer leaves its steps unknown; what the phone knows itself stays', () => {
  expect(states({ setup: null, why: 'unreachable' })).toEqual({
    published: 'done',
    phone: 'done',
    installed: 'done',
    alerts: 'done',
    kept: 'done',
    offline: 'done',
    version: 'unknown',
    login: 'unknown',
  });
  const told = (why: Known['why']) => checksOf(known({ setup: null, why, device: mac })).version;
  expect(told('unpaired')).toEqual({ state: 'unknown', says: 'The Mac tells it to paired devices only.' });
  expect(told('not-running').says).toBe('Lifeline is not running on the Mac.');
});

describe('published by https', () => {
  const published = (of: Partial<Known>) => checksOf(known(of)).published;

  test.each(SERVE_STATES.filter((state) => state !== 'public'))(
    'a page that came by https was reached that way, whatever is said of it: %s',
    (state) => {
      expect(published({ setup: serving({ state }) }).state).toBe('done');
    },
  );

  test('that everybody can come in is said also where https is all right', () => {
    expect(published({ setup: serving({ state: 'public' }) }).state).toBe('warn');
    expect(nextStep(checksOf(known({ setup: serving({ state: 'public' }) })))).toBe('published');
  });

  test.each([
    ['published', 'done', URL_HERE],
    ['not-published', 'todo', 'Only this Mac can open it.'],
    ['elsewhere', 'todo', 'The https address of this Mac leads to something else.'],
    ['no-tailscale', 'todo', 'Tailscale is switched off on the Mac.'],
    ['unknown', 'unknown', 'access denied'],
  ] as const)('on the Mac itself, %s is %s', (state, expected, says) => {
    const detail = state === 'no-tailscale' ? 'Tailscale is switched off on the Mac.' : 'access denied';
    expect(published({ device: mac, setup: serving({ state, detail }) })).toEqual({ state: expected, says });
  });

  test('a page by plain http is warned of, published or not, answered or not', () => {
    const plain: ThisDevice = {
      ...phone,
      isHttps: false,
      isSecure: false,
      origin: 'http://macbook.tail1234.ts.net:3000',
    };
    for (const told of [setup, serving({ state: 'not-published', url: null }), null]) {
      expect(published({ device: plain, setup: told }).says).toMatch(/not secure/);
    }
    expect(states({ device: { ...plain, storage: null, worker: { state: 'unsupported', files: 0 } } })).toMatchObject({
      kept: 'todo',
      offline: 'todo',
    });
  });
});

describe('this device', () => {
  const ofDevice = (step: StepName, change: Partial<ThisDevice>, from = phone) =>
    checksOf(known({ device: { ...from, ...change } }))[step];

  test('a Mac needs no icon, no lasting storage and no alerts, and is not counted by them', () => {
    const checks = checksOf(known({ device: mac, alerts: { state: 'todo', says: 'Off.' } }));
    expect([checks.installed, checks.kept, checks.alerts].map(({ state }) => state)).toEqual(Array(3).fill('optional'));
    expect(progressOf(checks)).toEqual({ done: 4, of: 5 });
  });

  test('an iPhone in Safari is told of the seven days; the app is not', () => {
    const storage = { isPersisted: false, usedBytes: null };
    expect(ofDevice('kept', { isInstalled: false, storage }).says).toMatch(/7 days/);
    expect(ofDevice('kept', { storage }).says).toBe('Until the space is needed.');
    expect(ofDevice('installed', { isInstalled: false })).toEqual({ state: 'todo', says: 'You are in a browser.' });
  });

  test('a browser that does not say leaves it unknown', () => {
    expect(ofDevice('kept', { storage: null }).state).toBe('unknown');
    expect(ofDevice('offline', { worker: { state: 'unsupported', files: 0 } }).state).toBe('unknown');
  });

  test.each([
    ['none', 0, 'todo'],
    ['arriving', 12, 'todo'],
    ['controls', 0, 'todo'],
    ['controls', 41, 'done'],
    ['waiting', 41, 'todo'],
  ] as const)('a worker that is “%s” with %d files is %s', (state, files, expected) => {
    expect(ofDevice('offline', { worker: { state, files } }).state).toBe(expected);
  });
});

describe('what only the Mac knows', () => {
  const device = { ...setup.caller, id: 'node:iphone', name: 'iphone', kind: 'tailnet', address: null } as const;
  const seen = { ...device, login: null, path: null, isThis: false, lastSeenAt: 1, isRevocable: false };

  test('on the Mac the phone is waited for until one was seen', () => {
    expect(checksOf(known({ device: mac })).phone).toMatchObject({
      state: 'todo',
      says: 'Scan the code with its camera.',
    });
    expect(checksOf(known({ device: mac, setup: { ...setup, link: null } })).phone.says).toMatch(/^Needs https/);
    expect(checksOf(known({ device: mac, setup: { ...setup, devices: [seen, { ...seen, id: 'b' }] } })).phone).toEqual({
      state: 'done',
      says: 'Opened by iphone and 1 more.',
    });
    const onlyThis = { ...setup, devices: [{ ...seen, isThis: true }] };
    expect(checksOf(known({ device: mac, setup: onlyThis })).phone.state).toBe('todo');
  });

  test('a page of another build than the Mac’s is out of date', () => {
    expect(states({ build: 'older' })['version']).toBe('todo');
  });

  test.each([
    [true, 'done'],
    [false, 'todo'],
    [null, 'optional'],
  ] as const)('starts at login: %s is %s', (startsAtLogin, expected) => {
    expect(states({ setup: { ...setup, startsAtLogin } })['login']).toBe(expected);
  });

  test('who may change nothing is asked neither to start it at login nor for devices of which they are not told', () => {
    const caller = { ...setup.caller, who: 'stranger', refusal: 'Only ada@example.com may change things.' } as const;
    const seen = states({ device: mac, setup: { ...setup, caller, startsAtLogin: false } });
    expect([seen['login'], seen['phone']]).toEqual(['optional', 'optional']);
  });
});

test('what is to be done comes in the order of the steps, what is wrong among it', () => {
  const todo: Check = { state: 'todo', says: '' };
  const warn: Check = { state: 'warn', says: '' };
  expect(nextStep(checksOf(known({ alerts: todo, build: 'older' })))).toBe('alerts');
  expect(nextStep(checksOf(known({ alerts: warn, device: { ...phone, isInstalled: false } })))).toBe('installed');
  expect(nextStep(checksOf(known({ alerts: todo, setup: serving({ state: 'public' }) })))).toBe('published');
});
