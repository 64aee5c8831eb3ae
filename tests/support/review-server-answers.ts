import * as z from 'zod/mini';
import type { Generation } from '#lib/domain/facts.ts';
import { parseJson } from '#lib/review/parse-json.ts';
import { act, type ServerRequest } from './review-server-actions.ts';
import { type Answer, ask, type Parts, REFUSED, type Reply, TIMEOUT_MS } from './review-server-call.ts';

const FIRST_PATHS = [
  '/health',
  '/current',
  '/show-answer',
  '/answer/{ease}',
  '/grade',
  '/grade-with-explanation',
  '/submit-grade',
  '/undo',
  '/ask',
];
const PATHS: Readonly<Record<Generation, readonly string[]>> = {
  bridge: FIRST_PATHS,
  ankiconnect: [...FIRST_PATHS, '/delete-note', '/decks', '/switch-deck', '/sync', '/deck-stats', '/example'],
};

/** The program that runs: its generation, and whether it can read what its AnkiConnect says. */
export type Build = {
  readonly generation: Generation;
  /** `mismatched`: made for a headless backend, whose answers bear a `status` that stock AnkiConnect has not. */
  readonly backend: 'matching' | 'mismatched';
};

/** What the review server answers to a request, with what its parts say and do right now. */
export async function replyTo(asked: ServerRequest, parts: Parts, build: Build): Promise<Reply> {
  switch (asked.path) {
    case '/health':
      return { status: 200, body: await health(parts) };
    case '/current':
      return {
        status: 200,
        body: await (build.generation === 'bridge' ? bridgedCurrent(parts) : current(parts, build)),
      };
    case '/openapi.json':
      return { status: 200, body: openApi(build.generation) };
    default:
      return hasPath(build.generation, asked.path) ? act(asked, parts) : NOT_FOUND;
  }
}

const NOT_FOUND: Reply = { status: 404, body: { detail: 'Not Found' } };

const hasPath = (generation: Generation, path: string): boolean =>
  PATHS[generation].includes(path.replace(/^(\/answer\/).+/, '$1{ease}'));

/** Asks the bridge, then AnkiConnect, each for at most two seconds. An HTTP 200 of AnkiConnect is all it looks at. */
async function health({ bridgeUrl, ankiConnectUrl }: Parts) {
  const bridge = bridgeUrl === null ? { error: REFUSED } : await ask(`${bridgeUrl}/ping`, null, TIMEOUT_MS.other);
  const anki = await ask(ankiConnectUrl, { action: 'version' }, TIMEOUT_MS.other);
  return {
    server: 'ok',
    anki_addon: told(bridge),
    ankiconnect: told(anki),
    anki_running: 'error' in anki ? 'not_running' : anki.status === 200 ? 'ok' : 'unknown',
  };
}

async function current({ ankiConnectUrl }: Parts, { backend }: Build) {
  const answer = await ask(ankiConnectUrl, { action: 'guiCurrentCard' }, TIMEOUT_MS.gui);
  if ('error' in answer) return ankiError(`Cannot connect to AnkiConnect: ${answer.error}`);
  const envelope = envelopeSchema.safeParse(parseJson(answer.body));
  if (!envelope.success) return ankiError(NO_JSON);
  const { error, result } = envelope.data;
  if (error !== null) return ankiError(error);
  if (backend === 'mismatched' || result === null) {
    return { status: 'error', message: 'Backend returned: unknown', details: 'No card available for review' };
  }
  const { cardId, question, answer: back } = result;
  return { status: 'ok', cardId, front_html: question, back_html: back, ...LANGUAGES };
}

const envelopeSchema = z.object({
  result: z.nullable(z.object({ cardId: z.number(), question: z.string(), answer: z.string() })),
  error: z.nullable(z.string()),
});
const LANGUAGES = { front_language: 'en-US', back_language: 'en-US' };
const NO_JSON = 'Expecting value: line 1 column 1 (char 0)';

const ankiError = (message: string) => ({
  status: 'error',
  message: `Anki error: ${message}`,
  details: 'Make sure backend is running',
});

async function bridgedCurrent({ bridgeUrl }: Parts) {
  const answer = bridgeUrl === null ? { error: REFUSED } : await ask(`${bridgeUrl}/current`, null, TIMEOUT_MS.gui);
  if ('error' in answer) {
    return { status: 'error', message: answer.error === '' ? 'Anki add-on timeout' : 'Cannot connect to Anki add-on' };
  }
  const { data: said } = bridgedSchema.safeParse(parseJson(answer.body));
  if (said?.status !== 'ok') return { status: 'error', message: `Anki add-on returned: ${said?.status ?? 'unknown'}` };
  return { ...said, front_text: textOf(said.front_html), back_text: textOf(said.back_html) };
}

const bridgedSchema = z.looseObject({
  status: z.string(),
  front_html: z.optional(z.string()),
  back_html: z.optional(z.string()),
});

const textOf = (html = ''): string =>
  html
    .replace(/<style>.*?<\/style>|<[^>]*>/gs, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function openApi(generation: Generation) {
  const paths = Object.fromEntries(PATHS[generation].map((path) => [path, {}]));
  return { openapi: '3.1.0', info: { title: 'Anki Voice Server', version: '0.1.0' }, paths };
}

function told(answer: Answer): string {
  if ('error' in answer) return `error: ${answer.error}`;
  return answer.status === 200 ? 'ok' : `error_${answer.status}`;
}
