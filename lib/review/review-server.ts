import * as z from 'zod/mini';
import type { Ease } from '#lib/domain/review/card.ts';
import { shortText } from '#lib/domain/short-text.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { type Fault, faultOf } from './anki-connect.ts';
import { exchange } from './exchange.ts';
import { parseJson } from './parse-json.ts';

/**
 * Why the review server did not do what it was asked, in its own words of at most 200 characters. It says so with a 200 as
 * well as with a 404, 409, 422 or 502. With `effect: 'unknown'` it may have been done, or still will be.
 */
export type Refusal = {
  readonly outcome: 'error';
  readonly message: string;
  readonly status: number;
  readonly effect: 'none' | 'unknown';
};

export type ServerCard = {
  readonly cardId: number;
  /** Null in the generations that do not tell. */
  readonly noteId: number | null;
  readonly question: string;
  readonly answer: string;
  readonly languages: { readonly front: string | null; readonly back: string | null };
};

/** `nothing`: Anki shows no card. */
export type CurrentAnswer = { readonly outcome: 'card'; readonly card: ServerCard } | { readonly outcome: 'nothing' };

/** `done`: to the card that Anki showed at that moment, whichever it was. `not-done`: nothing happened. */
export type DoneAnswer = { readonly outcome: 'done' } | { readonly outcome: 'not-done' };

/**
 * One review server: what all its generations have. Of its decks nothing is asked: choosing one opens Anki's reviewer on that
 * computer, and its counts are not Anki's. Nor is its `/submit-grade` used, which turns whatever card Anki shows and grades that.
 * Nothing rejects, nothing is tried twice. Its own patience with Anki is 4 s: what is given up here sooner may still be done.
 * Sources of all formats: review reference §2.
 */
export type ReviewServer = {
  /** The card that Anki shows, within `patienceMs`. */
  readonly current: (patienceMs: DurationMs) => Promise<CurrentAnswer | Refusal | Fault>;
  /** Turns the card that Anki shows; `not-done`: it shows none. Within 5 s. */
  readonly showAnswer: () => Promise<DoneAnswer | Refusal | Fault>;
  /** Grades the card whose back Anki shows; `not-done`: it shows none. Within 5 s. */
  readonly answer: (ease: Ease) => Promise<DoneAnswer | Refusal | Fault>;
};

/** Where to connect: the URL of any of its endpoints, and the address to use for its name. */
type Place = { readonly url: string; readonly address?: string };

/** A little more than its own 4 s. */
const STEP_MS = 5_000;
/** A card's two sides as HTML, with whatever images an author has pasted into them. */
const LIMIT_BYTES = 4_194_304;

/** The review server at the place it is at when it is asked. */
export function createReviewServer(place: () => Promise<Place>): ReviewServer {
  const ask = async <Value>({ path, json, patienceMs, read }: Ask<Value>) => {
    const { url, address } = await place();
    const at = URL.parse(path, url);
    if (at === null) return { outcome: 'unsent', code: 'ERR_INVALID_URL' } as const;
    const where = { url: at, ...(address === undefined ? {} : { address }), ...(json === undefined ? {} : { json }) };
    const answer = await exchange({ ...where, patienceMs, limitBytes: LIMIT_BYTES });
    if (answer.outcome !== 'replied') return faultOf(answer);
    return read({ status: answer.status, said: parseJson(answer.body) });
  };
  const have = (path: string) => ask({ path, json: '{}', patienceMs: STEP_MS, read: readDone });
  return {
    current: (patienceMs) => ask({ path: '/current', patienceMs, read: readCurrent }),
    showAnswer: () => have('/show-answer'),
    answer: (ease) => have(`/answer/${ease}`),
  };
}

type Ask<Value> = {
  readonly path: string;
  /** Sent by POST. */
  readonly json?: string;
  readonly patienceMs: DurationMs;
  readonly read: (reply: Reply) => Value;
};
/** `said` is undefined where the body is no JSON. */
type Reply = { readonly status: number; readonly said: unknown };

const FOREIGN = { outcome: 'foreign' } as const;

const language = z.optional(z.nullable(z.string()));
const currentSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('ok'),
    cardId: z.int(),
    noteId: z.optional(z.nullable(z.int())),
    front_html: z.string(),
    back_html: z.string(),
    front_language: language,
    back_language: language,
  }),
  z.object({ status: z.literal('idle') }),
  z.object({ status: z.literal('error'), message: z.string() }),
]);

/** Its words for "Anki shows no card", by generation. */
const NO_CARD = /Gui review is not currently active|add-on returned: idle/i;

function readCurrent(reply: Reply): CurrentAnswer | Refusal | Fault {
  const current = reply.status === 200 ? currentSchema.safeParse(reply.said) : null;
  switch (current?.data?.status) {
    case 'ok': {
      const { cardId, noteId = null, front_html: question, back_html: answer } = current.data;
      const languages = { front: current.data.front_language ?? null, back: current.data.back_language ?? null };
      return { outcome: 'card', card: { cardId, noteId, question, answer, languages } };
    }
    case 'idle':
      return { outcome: 'nothing' };
    case 'error': {
      const message = shortText(current.data.message);
      return NO_CARD.test(message)
        ? { outcome: 'nothing' }
        : { outcome: 'error', message, status: 200, effect: 'none' };
    }
    case undefined:
      return refusalOf(reply) ?? FOREIGN;
  }
}

/** AnkiConnect's own envelope, handed on. */
const envelopeSchema = z.object({ result: z.nullable(z.boolean()), error: z.nullable(z.string()) });

function readDone(reply: Reply): DoneAnswer | Refusal | Fault {
  const envelope = reply.status === 200 ? envelopeSchema.safeParse(reply.said) : null;
  if (envelope?.data === undefined) return refusalOf(reply) ?? FOREIGN;
  const { result, error } = envelope.data;
  // Anki itself refused, so it did nothing.
  if (error !== null) return { outcome: 'error', message: shortText(error), status: 200, effect: 'none' };
  if (result === null)
    return { outcome: 'error', message: 'it said neither yes nor no', status: 200, effect: 'unknown' };
  return { outcome: result ? 'done' : 'not-done' };
}

const refusalSchema = z.union([
  z.pipe(
    z.object({ detail: z.string() }),
    z.transform(({ detail }) => detail),
  ),
  z.pipe(
    z.object({ error: z.string() }),
    z.transform(({ error }) => error),
  ),
  z.pipe(
    z.object({ detail: z.array(z.object({ msg: z.string() })).check(z.minLength(1)) }),
    z.transform(({ detail }) => detail.map(({ msg }) => msg).join(', ')),
  ),
  z.pipe(
    z.object({ message: z.string() }),
    z.transform(({ message }) => message),
  ),
]);

/** FastAPI turns these away before Anki is asked to do anything. */
const BEFORE_ANKI: ReadonlySet<number> = new Set([400, 404, 405, 422]);

/** Errors come with a 200 too, and a crash of its own as plain text. Null where it does not look like the review server at all. */
function refusalOf({ status, said }: Reply): Refusal | null {
  const effect = BEFORE_ANKI.has(status) ? 'none' : 'unknown';
  const words = refusalSchema.safeParse(said);
  if (words.success) return { outcome: 'error', message: shortText(words.data), status, effect };
  return status >= 500 ? { outcome: 'error', message: `it answers with status ${status}`, status, effect } : null;
}
