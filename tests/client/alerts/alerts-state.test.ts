import { expect, test } from 'vitest';
import { alertsCheck } from '#lib/client/alerts/alert-words.ts';
import { alertsStateOf } from '#lib/client/alerts/alerts-state.ts';
import { RequestFailure } from '#lib/client/request.ts';
import { sampleAlerts, sampleAlertsDevice } from '#tests/support/sample-alerts.ts';

const ENDPOINT = sampleAlertsDevice().endpoint;
const HERE = { obstacle: null, endpoint: ENDPOINT };
const ON = { here: HERE, isWanted: true, answer: sampleAlerts({ device: sampleAlertsDevice() }), failure: null };
const SILENCE = new RequestFailure('unreachable', 'No answer came from the Mac.');
const PREFERENCES = sampleAlertsDevice().preferences;

test('alerts are on where the Mac knows this device by the subscription that it has now', () => {
  expect(alertsStateOf(ON)).toEqual({ kind: 'on', problem: null });
});

test('alerts that the Mac cannot send now are not done, and why is told', () => {
  const problem = 'No alert can be written down, so none is sent. The disk is full.';
  const state = alertsStateOf({ ...ON, answer: { ...ON.answer, problem } });
  expect(state).toEqual({ kind: 'on', problem });
  expect(alertsCheck(state, { isIos: true, preferences: PREFERENCES })).toEqual({
    state: 'warn',
    says: 'Switched on here, but the Mac cannot send alerts now.',
  });
});

test.each([
  ['the browser has lost its subscription', { here: { ...HERE, endpoint: null } }],
  ['the subscription has moved', { here: { ...HERE, endpoint: `${ENDPOINT}-moved` } }],
  ['the Mac has forgotten the device', { answer: sampleAlerts({ device: null }) }],
])('alerts that were switched on are lost where %s', (_fact, told) => {
  expect(alertsStateOf({ ...ON, ...told })).toEqual({ kind: 'lost' });
});

test('alerts are off where nobody switched them on here, whatever the Mac believes', () => {
  expect(alertsStateOf({ ...ON, isWanted: false })).toEqual({ kind: 'off' });
});

test('nothing is said of alerts before this device and the Mac were asked', () => {
  expect(alertsStateOf({ ...ON, here: null })).toEqual({ kind: 'looking' });
  expect(alertsStateOf({ ...ON, answer: undefined })).toEqual({ kind: 'looking' });
});

test('a Mac that never answered leaves open whether they are on', () => {
  const state = alertsStateOf({ ...ON, answer: undefined, failure: SILENCE });
  expect(state).toEqual({ kind: 'away', isOn: true, failure: SILENCE });
  expect(alertsCheck(state, { isIos: true, preferences: PREFERENCES }).state).toBe('unknown');
});

test('an answer that was had is still told while the Mac is silent', () => {
  expect(alertsStateOf({ ...ON, failure: SILENCE })).toEqual({ kind: 'on', problem: null });
});

test('what stands in the way is told first: the device, then who may, then the key', () => {
  const refusal = 'Only ada@example.com may set alerts.';
  const problem = 'Set VAPID_SUBJECT.';
  const answer = sampleAlerts({ refusal, publicKey: null, problem });
  expect(alertsStateOf({ ...ON, answer, here: { ...HERE, obstacle: 'denied' } })).toMatchObject({ obstacle: 'denied' });
  expect(alertsStateOf({ ...ON, answer })).toEqual({ kind: 'reader', refusal });
  expect(alertsStateOf({ ...ON, answer: { ...answer, refusal: null } })).toEqual({ kind: 'no-key', problem });
});

test('only alerts that are on count as done', () => {
  const states = [
    [{ kind: 'on', problem: null }, 'done'],
    [{ kind: 'lost' }, 'warn'],
    [{ kind: 'off' }, 'todo'],
    [{ kind: 'no-key', problem: '' }, 'warn'],
    [{ kind: 'reader', refusal: '' }, 'optional'],
    [{ kind: 'obstacle', obstacle: 'denied' }, 'warn'],
    [{ kind: 'obstacle', obstacle: 'not-installed' }, 'todo'],
    [{ kind: 'looking' }, 'looking'],
  ] as const;
  for (const [state, mark] of states) {
    expect(alertsCheck(state, { isIos: true, preferences: PREFERENCES }).state).toBe(mark);
  }
});

test('who refused notifications is warned only where alerts were switched on', () => {
  const check = (isOn: boolean) =>
    alertsCheck({ kind: 'obstacle', obstacle: 'denied' }, { isIos: true, preferences: { ...PREFERENCES, isOn } }).state;
  expect([check(true), check(false)]).toEqual(['warn', 'todo']);
});
