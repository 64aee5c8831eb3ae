import * as z from 'zod/mini';
import { parseJson } from '#lib/review/parse-json.ts';
import { type Asked, ask, type Parts, type Reply, TIMEOUT_MS } from './review-server-call.ts';

export type ServerRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
};

type Endpoint = {
  readonly method: 'GET' | 'POST';
  readonly does: (request: ServerRequest, anki: Anki) => Promise<Reply> | Reply;
};
/** AnkiConnect, as the server asks it: its envelope, or why there was none. Never with a key. */
type Anki = (asked: Exclude<Asked, null>) => Promise<Said>;
type Said = z.infer<typeof envelopeSchema> | { readonly error: string };

const envelopeSchema = z.object({ result: z.unknown(), error: z.nullable(z.string()) });

/** What the server answers where it does more than report. Source of all of it: review reference §2.1 and §2.2. */
export async function act(request: ServerRequest, { ankiConnectUrl }: Parts): Promise<Reply> {
  const endpoint = request.path.startsWith('/answer/') ? ANSWER : ENDPOINTS[request.path];
  if (endpoint === undefined) return { status: 404, body: { detail: 'Not Found' } };
  if (request.method !== endpoint.method) return { status: 405, body: { detail: 'Method Not Allowed' } };
  return endpoint.does(request, async (asked) => {
    const kind = asked.action.startsWith('gui') ? 'gui' : asked.action === 'sync' ? 'sync' : 'other';
    const answer = await ask(ankiConnectUrl, asked, TIMEOUT_MS[kind]);
    if ('error' in answer) return { error: `Cannot connect to AnkiConnect: ${answer.error}` };
    const said = envelopeSchema.safeParse(parseJson(answer.body));
    return said.success ? said.data : { error: 'Expecting value: line 1 column 1 (char 0)' };
  });
}

const ok = (body: unknown): Reply => ({ status: 200, body });
const refused = (status: number, detail: unknown): Reply => ({ status, body: { detail } });
const missing = (place: 'query' | 'body', name: string): Reply =>
  refused(422, [{ type: 'missing', loc: [place, name], msg: 'Field required', input: null }]);

/** AnkiConnect's errors are handed on with a 200. */
const handedOn =
  (asked: Exclude<Asked, null>): Endpoint['does'] =>
  async (_, anki) =>
    ok(await anki(asked));

const ANSWER: Endpoint = {
  method: 'POST',
  does: async ({ path }, anki) => {
    const ease = Number(path.slice('/answer/'.length));
    if (![1, 2, 3, 4].includes(ease)) return refused(400, 'ease must be 1..4');
    return ok(await anki({ action: 'guiAnswerCard', params: { ease } }));
  },
};

const gradeSchema = z.object({ cardId: z.int(), ease: z.int() });
const cardSchema = z.object({ cardId: z.int() });

/** It shows the answer of whatever card is on the Mac and grades that: the id that it is given is not looked at. */
const submitGrade: Endpoint['does'] = async ({ body }, anki) => {
  const grade = gradeSchema.safeParse(parseJson(body));
  if (!grade.success) return missing('body', 'cardId');
  const shown = await anki({ action: 'guiShowAnswer' });
  if (shown.error !== null) return refused(409, `Reviewer not ready: ${shown.error}`);
  return ok(await anki({ action: 'guiAnswerCard', params: { ease: grade.data.ease } }));
};

const deckNamesOf = (said: Said): readonly string[] =>
  'result' in said ? (z.array(z.string()).safeParse(said.result).data ?? []) : [];

/** Does something with the deck that is named in the query, if there is one. */
const withDeck =
  (does: (name: string, anki: Anki) => Promise<Reply>): Endpoint['does'] =>
  async ({ query }, anki) => {
    const name = query.get('name');
    if (name === null) return missing('query', 'name');
    const decks = await anki({ action: 'deckNames' });
    if (decks.error !== null) return refused(502, decks.error);
    return deckNamesOf(decks).includes(name) ? does(name, anki) : refused(404, `Deck not found: ${name}`);
  };

/** Says `ok` also where nothing is due and no review begins. */
const switchDeck = withDeck(async (name, anki) => {
  const said = await anki({ action: 'guiDeckReview', params: { name } });
  return said.error === null ? ok({ status: 'ok', deck: name }) : refused(502, said.error);
});

/** Unseen cards with the suspended ones, and all that are due: not the numbers of Anki. The name is not escaped. */
const deckStats = withDeck(async (name, anki) => {
  const count = async (what: string) => {
    const said = await anki({ action: 'findCards', params: { query: `deck:"${name}" ${what}` } });
    return 'result' in said && Array.isArray(said.result) ? said.result.length : 0;
  };
  return ok({ status: 'ok', deck: name, new: await count('is:new'), review: await count('is:due') });
});

/** It suspends the card, whatever its name says. */
const deleteNote: Endpoint['does'] = async ({ body }, anki) => {
  const wanted = cardSchema.safeParse(parseJson(body));
  if (!wanted.success) return missing('body', 'cardId');
  const said = await anki({ action: 'suspend', params: { cards: [wanted.data.cardId] } });
  return said.error === null ? ok(said) : refused(502, said.error);
};

/** There is no language model here, and no key of one: without its key the server does not even ask. */
const askModel =
  (texts: readonly string[]): Endpoint['does'] =>
  ({ body }) => {
    const given = z.record(z.string(), z.unknown()).safeParse(parseJson(body)).data ?? {};
    const isWhole = texts.every((name) => typeof given[name] === 'string' && given[name] !== '');
    return isWhole ? refused(503, 'OPENAI_API_KEY is not set') : refused(400, `Missing ${texts.join(' or ')}`);
  };

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/show-answer': { method: 'POST', does: handedOn({ action: 'guiShowAnswer' }) },
  '/submit-grade': { method: 'POST', does: submitGrade },
  /** This action has never existed. */
  '/undo': { method: 'POST', does: handedOn({ action: 'guiUndoReview' }) },
  '/decks': {
    method: 'GET',
    does: async (_, anki) => {
      const said = await anki({ action: 'deckNames' });
      return said.error === null ? ok({ status: 'ok', decks: deckNamesOf(said) }) : refused(502, said.error);
    },
  },
  '/switch-deck': { method: 'POST', does: switchDeck },
  '/deck-stats': { method: 'GET', does: deckStats },
  '/sync': {
    method: 'POST',
    does: async (_, anki) => {
      const said = await anki({ action: 'sync' });
      return said.error === null ? ok({ status: 'ok', result: null }) : refused(502, said.error);
    },
  },
  '/delete-note': { method: 'POST', does: deleteNote },
  '/grade': {
    method: 'POST',
    does: () => ok({ verdict: 'wrong', suggested_ease: 1, reasons: { rule_hits: [], rule_missing: [] } }),
  },
  '/grade-with-explanation': { method: 'POST', does: askModel(['transcript', 'reference_text']) },
  '/example': { method: 'POST', does: askModel(['question_text', 'reference_text']) },
  /** A model that fails is a crash. */
  '/ask': {
    method: 'POST',
    does: async (request, anki) => {
      const answer = await askModel(['question', 'question_text', 'reference_text'])(request, anki);
      return answer.status === 503 ? { status: 500, body: 'Internal Server Error', isText: true } : answer;
    },
  },
};
