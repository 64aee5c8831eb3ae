import { expect, test } from 'vitest';
import { tellRun } from '#lib/client/run-words.ts';
import { isMendedByStarting, runToShow } from '#lib/client/start-offer.ts';
import { isUnderWay } from '#lib/client/under-way.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { sampleFailedRun, sampleRun, sampleStart } from '#tests/support/sample-start.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

const NOW = new Date(2026, 10, 24, 14, 6).getTime();
/** The sample outage began four minutes ago. */
const inOutage = NOW - MINUTE;
const beforeOutage = NOW - 5 * MINUTE;

test.each(['not-running', 'crashed', 'crash-loop', 'cannot-start', 'never-started', 'hung', 'reload-dead'] as const)(
  '%s is mended by starting the server',
  (cause) => expect(isMendedByStarting(cause)).toBe(true),
);

test.each([
  'healthy',
  'no-data',
  'starting',
  'loopback-only',
  'wrong-program',
  'anki-not-running',
  'tailscale-stopped',
  'name-not-found',
  'mac-asleep',
  'firewall-drops',
] as const)('%s is not mended by starting the server', (cause) => expect(isMendedByStarting(cause)).toBe(false));

const shownIn = (cause: Parameters<typeof sampleStatus>[0], run: Parameters<typeof runToShow>[1]) =>
  runToShow(sampleStatus(cause, NOW, { start: sampleStart({ run: run ?? null }) }));
const up = sampleRun(inOutage, { outcome: 'up', upAfterMs: 2_400 });

test('a run under way is shown whatever the level', () => {
  const run = sampleRun(beforeOutage);
  expect(shownIn('not-running', run)).toBe(run);
  expect(shownIn('healthy', run)).toBe(run);
});

test('a failed run is shown in its own outage only', () => {
  const failed = sampleFailedRun(inOutage);
  expect(shownIn('not-running', failed)).toBe(failed);
  expect(shownIn('not-running', sampleFailedRun(beforeOutage))).toBeNull();
  expect(shownIn('healthy', failed)).toBeNull();
});

test('a run that brought the server back is shown while it is ready', () => {
  expect(shownIn('healthy', up)).toBe(up);
});

test('a run that this phone began is shown before the status knows it', () => {
  const run = sampleRun(NOW);
  expect(runToShow(sampleStatus('not-running', NOW, { start: sampleStart() }), run)).toBe(run);
});

test('the server is being started while a run has no outcome, whoever began it', () => {
  expect(isUnderWay(null)).toBe(false);
  expect(isUnderWay(sampleStart())).toBe(false);
  expect(isUnderWay(sampleStart({ run: sampleFailedRun(NOW) }))).toBe(false);
  expect(isUnderWay(sampleStart({ state: 'busy' }))).toBe(true);
  expect(isUnderWay(sampleStart({ state: 'not-owner', run: sampleRun(NOW) }))).toBe(true);
});

test.each([
  ['goes on', sampleRun(NOW), 'The command runs', 'Waiting for the server to answer.'],
  [
    'has ended and the server is still waited for',
    sampleRun(NOW, { endedAt: NOW + SECOND, exitCode: 0 }),
    'The command ended with code 0',
    'Waiting for the server to answer.',
  ],
  ['brought the server back', up, 'Back after 2.4 s', 'The review server answers again.'],
  [
    'took long to bring it back',
    sampleRun(NOW, { outcome: 'up', upAfterMs: 61_000 }),
    'Back after 1 min',
    'The review server answers again.',
  ],
  ['failed', sampleFailedRun(NOW), 'Exited with code 1', 'After 800 ms. The review server is not up.'],
  [
    'was killed',
    sampleRun(NOW, { endedAt: NOW + 3_100, signal: 'SIGKILL', outcome: 'exited' }),
    'Ended by SIGKILL',
    'After 3.1 s. The review server is not up.',
  ],
  [
    'ended well without a server',
    sampleRun(NOW, { endedAt: NOW + SECOND, exitCode: 0, outcome: 'not-up' }),
    'It did not come up in time',
    'The command ended with code 0.',
  ],
  [
    'goes on without a server',
    sampleRun(NOW, { outcome: 'not-up' }),
    'It did not come up in time',
    'The command still runs, but the server does not answer.',
  ],
  [
    'could not begin',
    sampleRun(NOW, { endedAt: NOW, outcome: 'not-started' }),
    'It could not be started',
    'The system would not run the command.',
  ],
])('a run that %s is told so', (_fact, run, title, note) => expect(tellRun(run)).toMatchObject({ title, note }));
