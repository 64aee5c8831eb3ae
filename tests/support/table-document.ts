import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAUSES, type Cause } from '#lib/domain/cause.ts';
import { diagnose } from '#lib/domain/diagnose.ts';
import type { Diagnosis, OsName } from '#lib/domain/diagnosis.ts';
import { ROW_IDS, type Row, type RowId } from '#lib/domain/rows/row.ts';
import { TABLE } from '#lib/domain/rows/table.ts';
import { around } from './facts.ts';
import { ROW_EXAMPLES } from './row-examples.ts';

export const DOCUMENT = 'docs/diagnosis.md';
const ROWS_FOLDER = 'tests/rows';

/** Why a row is shown by made facts only. */
export const NOT_PRODUCED: Readonly<Partial<Record<RowId, string>>> = {
  R12: 'the application firewall of macOS',
  R12b: 'stealth mode is of macOS',
  R17b: 'a test cannot put its machine to sleep',
  R27: 'in the connections that the app keeps',
  R28: 'on the path between the phone and a relay',
  L6: 'a resolver that takes its time',
};

type Produced = {
  readonly id: string;
  readonly cause: string;
  readonly way: string | undefined;
  readonly sentence: string;
  readonly file: string;
};

/** A call of `rowTest`; the first word in quotes after its sentence is the cause, and `way` comes before the next brace. */
const ROW_TEST = /rowTest\(\s*'(\w+)',\s*'([^']+)',[^']*'([\w-]+)'(?:[^{}]*?\bway: '([^']+)')?/g;

/** Every row that the suite produces, as its `rowTest` calls name it. */
export function producedRows(): readonly Produced[] {
  return readdirSync(ROWS_FOLDER).flatMap((file) =>
    [...readFileSync(join(ROWS_FOLDER, file), 'utf8').matchAll(ROW_TEST)].map(
      ([, id = '', sentence = '', cause = '', way]) => ({ id, cause, way, sentence, file }),
    ),
  );
}

/** Of the ways in which a row comes to a cause, the one whose observations begin so; the first where nothing is said. */
export const wayOf = (ways: readonly Row[], way = ''): Row | undefined =>
  ways.find(({ observations }) => observations.startsWith(way));

/** docs/diagnosis.md: the decision table as the code has it, what each row tells, and what shows that it is so. */
export function tableDocument(): string {
  const produced = producedRows();
  const real = ROW_IDS.filter((id) => produced.some((each) => each.id === id));
  return `# The decision table

Written by \`npm run docs\` from \`lib/domain/rows\` and from the tests; a test fails when it is not what they say. Rows are read
from the top, the first that the facts make being the answer. Two facts that agree make it as sure as the column “sure” says,
one alone makes it medium at most; facts that contradict each other make it inconsistent (L1).

Of ${ROW_IDS.length} rows, ${real.length} are **produced**: a test makes it happen to real programs on a machine of namespaces, and Lifeline, which
watches there, must show it (\`tests/rows\`, on Linux as root). tailscale is scripted, and so are the load of a machine and the codes of
the phone app that no probe of ours can meet (−1009, −1022). The others are shown by a **fixture**: made facts, in
\`tests/support/row-examples\`. A row that stands here more than once can be seen in as many ways; its tests stand at the one they produce.

## What is seen

${table(
  ['row', 'cause', 'observations', 'by', 'sure', 'shown by'],
  TABLE.map((row) => [row.id, row.cause, row.observations, row.needs.join(', '), row.most, evidenceFor(row, produced)]),
)}

## What is told

In a row’s usual case, for a server of the name macbook.tail1234.ts.net. The sentences are those on the screen, the commands those to copy.

${table(
  ['cause', 'told', 'the phone app', 'macOS', 'Linux'],
  CAUSES.flatMap((cause) => {
    const diagnosis = exampleOf(cause);
    return diagnosis === null ? [] : [told(cause, diagnosis)];
  }),
)}
`;
}

function evidenceFor(row: Row, produced: readonly Produced[]): string {
  const { id, cause } = row;
  const ways = TABLE.filter((each) => each.id === id && each.cause === cause);
  const tests = produced.filter((each) => each.id === id && each.cause === cause && wayOf(ways, each.way) === row);
  if (tests.length === 0) return `fixture: ${NOT_PRODUCED[id] ?? 'this way of seeing it'}`;
  return `produced: ${tests.map(({ sentence, file }) => `${sentence} (${file})`).join('; ')}`;
}

function exampleOf(cause: Cause): Diagnosis | null {
  const example = ROW_EXAMPLES.find((each) => each.cause === cause);
  return example === undefined ? null : diagnose(example.facts, around);
}

function told(cause: Cause, { headline, explanation, appShows, remedies }: Diagnosis): readonly string[] {
  const forOs = (wanted: OsName): string =>
    remedies
      .filter(({ os }) => os === wanted || os === 'any')
      .map(({ label, command }) => (command === null ? label : `${label}: \`${command}\``))
      .join('<br>');
  const app = appShows === null ? 'fine' : [appShows.caption, appShows.code, appShows.text].filter(Boolean).join(', ');
  return [cause, `**${headline}** ${explanation}`, app, forOs('macos'), forOs('linux')];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
