import type { DiagnosisReport } from '#lib/contract/diagnosis-report.ts';
import type { IncidentView } from '#lib/contract/history.ts';
import { lastedText } from '#lib/domain/lasted-text.ts';
import { levelOf } from '#lib/domain/level.ts';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';

export type ReportParts = {
  readonly report: DiagnosisReport;
  /** Of Lifeline. */
  readonly version: string;
  /** The operating system and what runs Lifeline, without the machine's name. */
  readonly system: string;
  /** The newest one; null when there was none lately. */
  readonly incident: IncidentView | null;
};

const COLUMNS = 100;
/** Of an incident that went through many causes the first ones and the last ones tell the story. */
const MOST_EVENTS = 8;

/** A report that a person can paste where they ask for help: plain text of at most 100 columns, clock times of this machine. */
export function reportText({ report, version, system, incident }: ReportParts): string {
  const { servedAt, ladder, facts, blind } = report;
  const sections = [
    [`Lifeline ${version} on ${system}`, `${stampOf(servedAt)} (UTC${offsetOf(servedAt)})`],
    verdict(report),
    section('What the phone app shows', appLines(report)),
    section('What mends it', remedyLines(report)),
    section('The path, from the phone to the card', [
      ...ladder.flatMap(({ rung, state, detail, at }) => row([rung, 13], [state, 13], withAge(detail, at, servedAt))),
    ]),
    section(
      'What was seen',
      facts.flatMap(({ fact, text, at }) => row([fact, 13], withAge(text, at, servedAt))),
    ),
    section(
      'What could not be looked at',
      blind.flatMap(({ what, why, detail }) => row([what, 13], [why, 15], detail)),
    ),
    section('The last incident', incident === null ? ['  None in 30 days.'] : incidentLines(incident, servedAt)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function verdict({ diagnosis }: DiagnosisReport): readonly string[] {
  const { cause, row: id, confidence, story, headline, explanation } = diagnosis;
  const level = levelOf(cause);
  return [
    ...wrap(`${level.toUpperCase()}: ${headline}`, COLUMNS),
    ...wrap(explanation, COLUMNS),
    ...(story === null ? [] : wrap(story, COLUMNS)),
    `Cause ${cause}, confidence ${confidence}${id === null ? '' : `, row ${id}`}.`,
  ];
}

function appLines({ diagnosis: { appShows }, app }: DiagnosisReport): readonly string[] {
  const expected =
    appShows === null
      ? 'Nothing unusual is expected.'
      : `Expected: “${appShows.caption}”, ${appShows.text}${appShows.code === null ? '' : ` (${appShows.code})`}`;
  return [...row(expected), ...(app === null ? [] : row(`The person says: ${app}`))];
}

const remedyLines = ({ diagnosis }: DiagnosisReport): readonly string[] =>
  diagnosis.remedies.flatMap(({ label, os, command }) => [
    ...row(os === 'any' ? label : `${label} (${os})`),
    ...(command === null ? [] : row(['', 2], command)),
  ]);

function incidentLines(incident: IncidentView, now: EpochMs): readonly string[] {
  const { startedAt, endedAt, level, headline } = incident;
  const end = endedAt === null ? 'and it lasts' : `until ${stampOf(endedAt)}`;
  const length = lastedText((endedAt ?? now) - startedAt);
  const story = storyIn(incident);
  return [
    ...row(`From ${stampOf(startedAt)} ${end} (${length}), ${level}: ${headline}`),
    ...(story === null ? [] : row(story)),
    ...shortened(eventsOf(incident)).flatMap(({ at, text }) => row([at === null ? '' : stampOf(at), 21], text)),
  ];
}

/** What was known last of how it came to this. */
const storyIn = ({ notes }: IncidentView): string | null =>
  notes.reduce<string | null>((last, note) => (note.kind === 'diagnosis' ? (note.story ?? last) : last), null);

type Event = { readonly at: EpochMs | null; readonly text: string };

function eventsOf({ chapters, notes }: IncidentView): readonly Event[] {
  const remedies = notes.flatMap((note) => {
    if (note.kind !== 'remedy') return [];
    const { at, command, outcome, exitCode } = note;
    return [{ at, text: `ran ${command}: ${outcome}${exitCode === null ? '' : `, exit code ${exitCode}`}` }];
  });
  const events = [...chapters.map(({ at, headline }) => ({ at, text: headline })), ...remedies];
  return events.sort((a, b) => a.at - b.at);
}

function shortened(events: readonly Event[]): readonly Event[] {
  if (events.length <= MOST_EVENTS) return events;
  const half = MOST_EVENTS / 2;
  const left = { at: null, text: `… and ${events.length - MOST_EVENTS} more …` };
  return [...events.slice(0, half), left, ...events.slice(-half)];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines];

type Cell = readonly [text: string, width: number];

/** Indented; cells of a fixed width, and a text behind them that is wrapped to stay there. */
function row(...cells: readonly [...Cell[], string]): readonly string[] {
  const text = cells.at(-1);
  const fixed = cells.filter((cell): cell is Cell => typeof cell !== 'string');
  const lead = `  ${fixed
    .map(([value, width]) =>
      value
        .split(BLANKS)
        .join(' ')
        .slice(0, width - 1)
        .padEnd(width),
    )
    .join('')}`;
  const lines = wrap(typeof text === 'string' ? text : '', COLUMNS - lead.length);
  return lines.map((line, place) => `${place === 0 ? lead : ' '.repeat(lead.length)}${line}`.trimEnd());
}

/** What would break a line, steer a terminal or turn the order of letters. */
const BLANKS = /[\s\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/u;

/** Lines of at most `width`; a longer word is cut. */
function wrap(text: string, width: number): readonly string[] {
  const words = text.split(BLANKS).flatMap((word) => piecesOf(word, width));
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function piecesOf(word: string, width: number): readonly string[] {
  const count = Math.ceil(word.length / width);
  return Array.from({ length: count }, (_, place) => word.slice(place * width, (place + 1) * width));
}

function withAge(text: string, at: EpochMs | null, now: EpochMs): string {
  if (at === null) return text;
  const age = now - at;
  return age < 2 * SECOND ? text : `${text} (${lastedText(age)} ago)`;
}

/** `2026-11-23 14:02:11`: Sweden writes it so. */
const stampOf = (at: EpochMs): string => new Date(at).toLocaleString('sv-SE');

function offsetOf(at: EpochMs): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const digits = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${minutes < 0 ? '−' : '+'}${digits(Math.abs(minutes) / 60)}:${digits(Math.abs(minutes) % 60)}`;
}
