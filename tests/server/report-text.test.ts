import { beforeAll, expect, test, vi } from 'vitest';
import type { DiagnosisReport } from '#lib/contract/diagnosis-report.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { reportText } from '#lib/server/report-text.ts';
import { fc } from '#tests/support/fast-check.ts';
import { sampleIncident } from '#tests/support/sample-incident.ts';
import { sampleReport } from '#tests/support/sample-report.ts';

const NOW = Date.UTC(2026, 10, 23, 14, 2, 31);

beforeAll(() => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  return () => vi.unstubAllEnvs();
});

const parts = {
  report: sampleReport('not-running', NOW, -1004),
  version: '0.1.0',
  system: 'darwin 25.1.0 (arm64), Node 26.10.0',
  incident: null,
};

test('says in order who, when, what, what the app shows, what mends it, the path, the facts and what is not known', () => {
  const text = reportText({ ...parts, incident: sampleIncident(NOW - 6 * 60 * MINUTE) });
  const lines = text.split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'Lifeline 0.1.0 on darwin 25.1.0 (arm64), Node 26.10.0',
    '2026-11-23 15:02:31 (UTC+01:00)',
    '',
    'DOWN: The review server is not running.',
  ]);
  expect(text).toContain('\nCause not-running, confidence medium, row R01.\n');
  expect(text).toContain('\n  Expected: “Server unreachable”, Could not connect to the server. (-1004)\n');
  expect(text).toContain('\n  The person says: -1004\n');
  expect(text).toMatch(/\n {2}port {9}broken {7}\S/);
  expect(text).toMatch(/\n {2}firewall {5}not-permitted {2}nft: Operation not permitted/);
  expect(lines.filter((line) => /^\S/.test(line))).toEqual(
    expect.arrayContaining([
      'What the phone app shows',
      'What mends it',
      'The path, from the phone to the card',
      'What was seen',
      'What could not be looked at',
      'The last incident',
    ]),
  );
});

test('a fact that is not of now has its age', () => {
  const facts = [
    { fact: 'name', text: 'refused', at: NOW - SECOND },
    { fact: 'firewall', text: 'allows', at: NOW - 9 * MINUTE },
    { fact: 'boot', text: 'booted', at: NOW - 26 * 60 * MINUTE },
  ];
  const text = reportText({ ...parts, report: { ...parts.report, facts } });
  expect(text).toMatch(/name +refused\n/);
  expect(text).toMatch(/firewall +allows \(9 min ago\)\n/);
  expect(text).toMatch(/boot +booted \(1 d 2 h ago\)\n/);
});

test('the last incident is told in a few lines, also when it had many causes, and that there was none is told too', () => {
  const incident = sampleIncident(NOW - 6 * 60 * MINUTE);
  const events = (text: string) => text.split('\nThe last incident\n')[1]?.trimEnd().split('\n') ?? [];
  expect(events(reportText({ ...parts, incident }))[0]).toMatch(
    /^ {2}From 2026-11-23 09:02:31 until .*, down: The review/,
  );
  expect(events(reportText({ ...parts, incident: { ...incident, endedAt: null } }))[0]).toContain(
    'and it lasts (6 h 0 min)',
  );
  const chapters = Array.from({ length: 40 }, (_, place) => ({
    at: incident.startedAt + place * MINUTE,
    to: null,
    cause: 'hung' as const,
    gap: null,
    headline: `Chapter ${place}.`,
  }));
  const many = events(reportText({ ...parts, incident: { ...incident, chapters, notes: [] } }));
  expect(many).toHaveLength(10);
  expect(many[5]).toContain('… and 32 more …');
  expect(many.at(-1)).toContain('Chapter 39.');
  expect(events(reportText(parts))).toEqual(['  None in 30 days.']);
});

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc
    .array(fc.constantFrom('uvicorn', '\n', '\t', '\u001b[31m', 'x'.repeat(150), '\u2028'), { maxLength: 20 })
    .map((words) => words.join(' ')),
);

test('no text of any fact breaks a line, goes beyond 100 columns or steers the terminal it is pasted into', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, ago) => {
      const at = NOW - ago;
      const { diagnosis } = parts.report;
      const report: DiagnosisReport = {
        ...parts.report,
        diagnosis: {
          ...diagnosis,
          story: text,
          explanation: text,
          remedies: [{ label: text, os: 'any', command: text }],
        },
        ladder: parts.report.ladder.map((rung) => ({ ...rung, detail: text })),
        facts: [{ fact: text, text, at }],
        blind: [{ what: text, why: 'silent', detail: text, at }],
      };
      const written = reportText({ ...parts, report });
      for (const line of written.split('\n')) {
        expect(line.length).toBeLessThanOrEqual(100);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }
    }),
    { numRuns: 300 },
  );
});
