import { describe, expect, test } from 'vitest';
import { absenceText } from '#lib/client/gap-words.ts';
import { incidentEvents, mendedBy } from '#lib/client/incident-events.ts';
import type { IncidentView } from '#lib/contract/history.ts';
import { GAP_REASONS } from '#lib/domain/cause.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { START_COMMAND, sampleIncident } from '#tests/support/sample-incident.ts';

const START = new Date(2026, 10, 24, 2, 2).getTime();
const NOW = new Date(2026, 10, 24, 9, 0).getTime();
const incident = sampleIncident(START);
type Note = IncidentView['notes'][number];

const told = (one: IncidentView, now = NOW) => incidentEvents(one, now).map(({ title, note }) => `${title} ${note}`);

test('an incident is told in order, each part with its length', () => {
  expect(told(incident)).toEqual([
    'The review server hangs. first failed check · for 9 min',
    'Confirmed by further checks, 2 s after the first failed one',
    'Mac was asleep 02:11–07:43 nothing was measured for 5 h 32 min',
    'The review server crashed. for 6 min',
    'Start command run exited with code 1',
    'Start command run back after 2.4 s',
    'Ready again after 5 h 47 min',
  ]);
});

test('a sleep is told by its times, however long ago it was', () => {
  expect(told(incident, NOW + 3 * DAY)[2]).toMatch(/^Mac was asleep 02:11–07:43 /);
});

test('each cause has the facts that decided and how it came to it, each run what it printed', () => {
  const events = incidentEvents(incident, NOW);
  expect(events.map(({ facts }) => facts.length)).toEqual([3, 0, 0, 2, 0, 0, 0]);
  expect(events[3]?.story).toMatch(/^It exited with code 1/);
  expect(events[4]?.run).toEqual({ command: START_COMMAND, output: expect.stringContaining('ModuleNotFoundError') });
});

test('the last word on a cause is the one that is told, and a cause that comes again has its own', () => {
  const at = (minute: number) => START + minute * MINUTE;
  const chapter = (minute: number, cause: 'hung' | 'tls') =>
    ({ at: at(minute), to: at(minute + 5), cause, gap: null, headline: cause }) as const;
  const note = (moment: number, cause: 'hung' | 'dns-failure', fact: string): Note => ({
    kind: 'diagnosis',
    at: moment,
    cause,
    row: null,
    confidence: 'low',
    story: null,
    evidence: [fact],
  });
  const notes = [
    note(at(0) + SECOND, 'hung', 'first'),
    note(at(1), 'hung', 'surer'),
    note(at(6), 'dns-failure', 'of no chapter'),
    note(at(11), 'hung', 'again'),
  ];
  const chapters = [chapter(0, 'hung'), chapter(5, 'tls'), chapter(10, 'hung')];
  const facts = incidentEvents({ ...incident, chapters, notes }, NOW).map((event) => event.facts);
  expect(facts).toEqual([['surer'], [], [], ['again'], []]);
});

test('an incident that lasts has no end yet', () => {
  expect(told({ ...incident, endedAt: null }, START + 9 * HOUR).at(-1)).toBe('Still going on for 9 h so far');
});

test('an end that nobody saw is not told as one', () => {
  expect(told({ ...incident, endUnseen: true }).at(-1)).toMatch(/^Last seen not ready after 5 h 47 min/);
});

describe('a run of the start command', () => {
  const run = (more: object): Note => ({
    kind: 'remedy',
    at: START + MINUTE,
    command: START_COMMAND,
    outcome: 'up',
    exitCode: null,
    upAfterMs: null,
    output: '',
    ...more,
  });
  const outcome = (more: object) =>
    incidentEvents({ ...incident, notes: [run(more)] }, NOW).find(({ kind }) => kind === 'run')?.note;

  test.each([
    [{ upAfterMs: 840.2 }, 'back after 840 ms'],
    [{ upAfterMs: 75_000 }, 'back after 1 min'],
    [{ outcome: 'exited', exitCode: 127 }, 'exited with code 127'],
    [{ outcome: 'exited' }, 'ended by a signal'],
    [{ outcome: 'not-up' }, 'went on, but the server did not come up in time'],
    [{ outcome: 'not-up', exitCode: 0 }, 'ended with code 0, but the server did not come up in time'],
    [{ outcome: 'not-started' }, 'the system could not start it'],
  ])('%o is told as %s', (more, text) => expect(outcome(more)).toBe(text));

  test('mended it when the server was ready again just then', () => {
    expect(mendedBy(incident)).toBe('The start command was run from here, and the server was back after 2.4 s.');
  });

  const endedAt = incident.endedAt ?? 0;
  test.each<[string, Partial<IncidentView>]>([
    ['there was none', { notes: [] }],
    ['it failed', { notes: [run({ outcome: 'exited', exitCode: 1 })] }],
    ['the server fell ill again before it was ready', { notes: [run({ at: START + MINUTE, upAfterMs: 2_000 })] }],
    ['it was run when all was over', { notes: [run({ at: endedAt + SECOND, upAfterMs: 2_000 })] }],
    ['nobody saw the end', { endUnseen: true }],
    ['it lasts', { endedAt: null }],
  ])('is not said to have mended it when %s', (_, more) => expect(mendedBy({ ...incident, ...more })).toBeNull());
});

describe('a stretch without measuring', () => {
  const from = START + 9 * MINUTE;
  const to = new Date(2026, 10, 24, 7, 43).getTime();

  test.each([
    ['asleep', 'Mac was asleep 02:11–07:43'],
    ['stopped', 'Lifeline was not running 02:11–07:43'],
    ['frozen', 'Mac was too busy to measure 02:11–07:43'],
    ['clock', 'Clock was set forward 02:11–07:43'],
  ] as const)('that is %s is told with its times', (gap, text) => {
    expect(absenceText({ from, to, gap }, NOW)).toBe(text);
  });

  test('tells the days that need telling', () => {
    expect(absenceText({ from: from - DAY, to: to - DAY, gap: 'asleep' }, NOW)).toBe(
      'Mac was asleep yesterday 02:11–07:43',
    );
    expect(absenceText({ from: from - 3 * HOUR, to, gap: 'asleep' }, NOW)).toBe(
      'Mac was asleep yesterday 23:11 – 07:43',
    );
  });

  test.each(GAP_REASONS)('that lasts (%s) is told by its beginning', (gap) => {
    expect(absenceText({ from, to: null, gap }, NOW)).toMatch(/^Nothing measured since 02:11: /);
  });
});
