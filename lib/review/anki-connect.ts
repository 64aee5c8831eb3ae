import * as z from 'zod/mini';
import { shortText } from '#lib/domain/short-text.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import type { Action } from './anki-actions.ts';
import { type Exchange, exchange, type Question } from './exchange.ts';
import { parseJson } from './parse-json.ts';

/** What AnkiConnect said to one action. */
export type Reply<Result> =
  | { readonly outcome: 'answered'; readonly value: Result }
  /** Its own words, at most 200 characters: it has no codes. */
  | { readonly outcome: 'api-error'; readonly message: string }
  /** A success of another shape than the action's. It was carried out. */
  | { readonly outcome: 'bad-shape' };

/** Why AnkiConnect said nothing. With `effect: 'unknown'` the action may have been carried out, or still will be. */
export type Fault =
  /** Nothing listens on its port. */
  | { readonly outcome: 'refused' }
  /** This machine made no connection, for another reason than a refusal. */
  | { readonly outcome: 'unsent'; readonly code: string }
  /** A 403: it does not take calls from this origin, or a proxy stands before it. */
  | { readonly outcome: 'forbidden' }
  /** What answers is not AnkiConnect: other bytes than HTTP, another status, another JSON. */
  | { readonly outcome: 'foreign' }
  /** More than `limitBytes`. */
  | { readonly outcome: 'too-large'; readonly effect: 'unknown' }
  /** Patience ended: Anki carries out what is in its socket when it comes to it, whether or not anyone still waits. */
  | { readonly outcome: 'timed-out'; readonly effect: 'none' | 'unknown' }
  /** The connection was reset or closed before the answer was whole. */
  | { readonly outcome: 'reset'; readonly effect: 'unknown' };

/** `latencyMs`: from when its turn came to its last byte. */
export type Called<Result> = (Reply<Result> & { readonly latencyMs: DurationMs }) | Fault;

/** Patience begins when a call's turn comes. */
export type CallLimits = { readonly patienceMs: DurationMs; readonly limitBytes: number };

/** One AnkiConnect. Its calls wait for each other, since all of them run on the thread of Anki's window. */
export type AnkiConnectClient = {
  /** Calls one action. Never rejects, never tries twice. */
  readonly call: <Result>(action: Action<Result>, limits?: Partial<CallLimits>) => Promise<Called<Result>>;
  /** Calls several in one `multi`, between which Anki does nothing else. It is no transaction: each has its own reply. */
  readonly callAll: <const Actions extends readonly Action<unknown>[]>(
    actions: Actions,
    limits?: Partial<CallLimits>,
  ) => Promise<Called<Replies<Actions>>>;
};

/** The replies to several actions, in their order. */
export type Replies<Actions extends readonly Action<unknown>[]> = {
  readonly [Place in keyof Actions]: Actions[Place] extends Action<infer Result> ? Reply<Result> : never;
};

const USUAL: CallLimits = { patienceMs: 2_000, limitBytes: 1_048_576 };

/** Below 5 a success comes without its envelope. Source of all formats here: review reference §1.1 and §1.2. */
const VERSION = 6;

export type AnkiConnectClientOptions = {
  /** Its `apiKey`; where it has none, sending one is an error. */
  readonly key?: string;
  /** What carries a request there and its answer back: a connection of its own for each, unless told. */
  readonly carry?: (question: Question) => Promise<Exchange>;
};

/** The AnkiConnect at this URL. Make one for the whole process: only the calls of one client wait for each other. */
export function createAnkiConnect(
  url: URL,
  { key, carry = exchange }: AnkiConnectClientOptions = {},
): AnkiConnectClient {
  const request = ({ action, params }: Omit<Action<unknown>, 'result'>) => ({
    action,
    version: VERSION,
    ...(params === undefined ? {} : { params }),
    ...(key === undefined ? {} : { key }),
  });
  const inTurn = createQueue();
  const call: AnkiConnectClient['call'] = (action, limits) =>
    inTurn(async () => {
      const json = JSON.stringify(request(action));
      return readAnswer(await carry({ url, json, ...USUAL, ...limits }), action);
    });

  return {
    call,
    callAll: (actions, limits) =>
      call({ action: 'multi', params: { actions: actions.map(request) }, result: repliesSchema(actions) }, limits),
  };
}

/** Runs jobs one after the other, in the order they came, whatever became of the one before. */
function createQueue(): <Result>(job: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = last.then(job, job);
    last = mine;
    return mine;
  };
}

function readAnswer<Result>(answer: Exchange, { result }: Action<Result>): Called<Result> {
  switch (answer.outcome) {
    case 'replied': {
      if (answer.status === 403) return { outcome: 'forbidden' };
      const reply = replySchema(result).safeParse(answer.status === 200 ? parseJson(answer.body) : undefined);
      return reply.success ? { ...reply.data, latencyMs: answer.latencyMs } : { outcome: 'foreign' };
    }
    default:
      return faultOf(answer);
  }
}

/** What an exchange without a reply comes to, whoever was asked. */
export function faultOf(answer: Exclude<Exchange, { outcome: 'replied' }>): Fault {
  switch (answer.outcome) {
    case 'silent':
      return { outcome: 'timed-out', effect: answer.sent ? 'unknown' : 'none' };
    case 'cut':
      return { outcome: 'reset', effect: 'unknown' };
    case 'too-large':
      return { outcome: 'too-large', effect: 'unknown' };
    case 'not-http':
      return { outcome: 'foreign' };
    case 'refused':
    case 'unsent':
      return answer;
  }
}

/** Both keys are always there from version 5 on. */
const envelopeSchema = z.object({ result: z.unknown(), error: z.nullable(z.string()) });

/** The envelope with the reply in it, the result read by its own schema. */
const replySchema = <Result>(schema: z.ZodMiniType<Result>): z.ZodMiniType<Reply<Result>> =>
  z.pipe(
    envelopeSchema,
    z.transform(({ result, error }): Reply<Result> => {
      if (error !== null) return { outcome: 'api-error', message: shortText(error) };
      const read = schema.safeParse(result);
      return read.success ? { outcome: 'answered', value: read.data } : { outcome: 'bad-shape' };
    }),
  );

/** As many envelopes as there are actions, in their order. */
const repliesSchema = <const Actions extends readonly Action<unknown>[]>(actions: Actions) =>
  asReplies<Actions>(z.tuple(asItems(actions.map(({ result }) => replySchema(result)))));

type Items = [z.ZodMiniType<Reply<unknown>>, ...z.ZodMiniType<Reply<unknown>>[]];
/** An empty list too makes a good tuple; the declaration of zod leaves it out. */
const asItems = (schemas: z.ZodMiniType<Reply<unknown>>[]): Items => schemas as Items;
/** `map` keeps number and order, so each place holds the schema of the action in that place. */
const asReplies = <Actions extends readonly Action<unknown>[]>(
  schema: z.ZodMiniType,
): z.ZodMiniType<Replies<Actions>> => schema as z.ZodMiniType<Replies<Actions>>;
