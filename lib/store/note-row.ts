import { Buffer } from 'node:buffer';
import * as z from 'zod/mini';
import { CAUSES } from '#lib/domain/cause.ts';
import { CONFIDENCES } from '#lib/domain/diagnosis.ts';
import { type Note, RUN_OUTCOMES } from '#lib/domain/note.ts';
import { ROW_IDS } from '#lib/domain/rows/row.ts';
import type { NoteTable } from './schema.ts';

type Concluded = Extract<Note, { kind: 'diagnosis' }>;
type Run = Extract<Note, { kind: 'remedy' }>;

const schema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('diagnosis'),
    at: z.int(),
    cause: z.enum(CAUSES),
    row: z.nullable(z.enum(ROW_IDS)),
    confidence: z.enum(CONFIDENCES),
    story: z.nullable(z.string()),
    evidence: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('remedy'),
    at: z.int(),
    command: z.string(),
    outcome: z.enum(RUN_OUTCOMES),
    exitCode: z.nullable(z.int()),
    upAfterMs: z.nullable(z.number().check(z.nonnegative())),
    output: z.string(),
  }),
]);

/** How `what` calls a run of the start command. */
export const REMEDY = 'remedy';

const MOST_BYTES = 8_192;
const MOST_SENTENCES = 12;
const SENTENCE_CHARACTERS = 300;
const STORY_CHARACTERS = 600;
const COMMAND_CHARACTERS = 300;
const OUTPUT_CHARACTERS = 4_000;

/**
 * The row of a note, cut to what a row may hold: of evidence the first sentences, of an output its end. Throws a RangeError
 * on a moment that is no time.
 */
export function rowOfNote(note: Note): NoteTable {
  if (!Number.isSafeInteger(note.at)) throw new RangeError(`Nothing can be noted at ${note.at}.`);
  return note.kind === 'diagnosis' ? rowOfConclusion(note) : rowOfRun(note);
}

/** The note that was kept. Throws on what we cannot have written. */
export const noteOfRow = ({ at, body }: NoteTable): Note => schema.parse({ ...bodySchema.parse(JSON.parse(body)), at });
const bodySchema = z.looseObject({});

function rowOfConclusion({ at, ...conclusion }: Concluded): NoteTable {
  const story = conclusion.story === null ? null : head(conclusion.story, STORY_CHARACTERS);
  const evidence = conclusion.evidence.slice(0, MOST_SENTENCES).map((text) => head(text, SENTENCE_CHARACTERS));
  const bodyWith = (sentences: number) =>
    JSON.stringify({ ...conclusion, story, evidence: evidence.slice(0, sentences) });
  return { at, what: conclusion.cause, body: fitting(bodyWith, evidence.length, (sentences) => sentences - 1) };
}

function rowOfRun({ at, ...run }: Run): NoteTable {
  const command = head(run.command, COMMAND_CHARACTERS);
  const bodyWith = (characters: number) =>
    JSON.stringify({ ...run, command, output: characters === 0 ? '' : run.output.slice(-characters).toWellFormed() });
  return { at, what: REMEDY, body: fitting(bodyWith, OUTPUT_CHARACTERS, (characters) => Math.floor(characters / 2)) };
}

/** The body with as much as fits: a character may take six bytes when it is escaped, so it is tried with less and less. */
function fitting(bodyWith: (much: number) => string, most: number, less: (much: number) => number): string {
  let much = most;
  let body = bodyWith(much);
  while (much > 0 && Buffer.byteLength(body) > MOST_BYTES) {
    much = less(much);
    body = bodyWith(much);
  }
  return body;
}

const head = (text: string, characters: number): string => text.slice(0, characters).toWellFormed();
