import * as z from 'zod/mini';
import { parseJson } from '#lib/review/parse-json.ts';

/** What Anki is doing, as far as a caller of AnkiConnect can tell. */
export const ANKI_STATES = [
  'reviewing',
  'no-reviewer',
  'collection-closed',
  'hung', // takes connections and says nothing until it goes on
  'key-needed', // reviewing, with an `apiKey` set
  'foreign', // not Anki at all: another program has the port
] as const;
export type AnkiState = (typeof ANKI_STATES)[number];

/** The add-on as it was archived on GitHub in 2023, and as AnkiWeb gives it out since November 2025. */
export type AnkiConnectGeneration = 'archive' | '25.11.9';

/** What answers: the state Anki is in, the add-on it has, the `apiKey` it wants while one is needed. */
export type Anki = {
  readonly state: AnkiState;
  readonly generation: AnkiConnectGeneration;
  readonly apiKey: string;
  /** Told each action that is carried out. */
  readonly onAction: (action: string) => void;
};

export const CARD = {
  cardId: 1_498_938_915_662,
  fields: { Front: { value: 'la mano', order: 0 }, Back: { value: 'hand', order: 1 } },
  fieldOrder: 0,
  question: '<style>.card { font-size: 20px }</style>la mano',
  answer: '<style>.card { font-size: 20px }</style>la mano<hr id=answer>hand',
  buttons: [1, 2, 3, 4],
  nextReviews: ['<\u20681\u2069m', '<\u20686\u2069m', '<\u206810\u2069m', '\u20684\u2069d'],
  modelName: 'Basic',
  deckName: 'Spanish',
  css: '.card { font-size: 20px }',
  template: 'Card 1',
};

const callSchema = z.object({
  action: z.string().check(z.minLength(1)),
  version: z.optional(z.int()),
  params: z.optional(z.record(z.string(), z.unknown())),
  key: z.optional(z.unknown()),
});
type Call = z.infer<typeof callSchema>;

/** The body of the answer to a request's body. Source of all of it: review reference §1. */
export function bodyFor(request: string, anki: Anki): string {
  if (request === '') {
    return anki.generation === 'archive' ? 'AnkiConnect v.6' : JSON.stringify({ apiVersion: 'AnkiConnect v.6' });
  }
  return JSON.stringify(answerTo(parseJson(request), anki));
}

/** From version 5 on an answer has both keys; before, a success is the bare result. */
function answerTo(given: unknown, anki: Anki): unknown {
  const call = callSchema.safeParse(given);
  if (!call.success) return { result: null, error: 'Expecting value: line 1 column 1 (char 0)' };
  const outcome = act(call.data, anki);
  if ('error' in outcome) return { result: null, error: outcome.error };
  return (call.data.version ?? 4) <= 4 ? outcome.result : { result: outcome.result, error: null };
}

type Outcome = { readonly result: unknown } | { readonly error: string };
type Act = (anki: Anki, call: Call) => Outcome;

function act(call: Call, anki: Anki): Outcome {
  const apiKey = anki.state === 'key-needed' ? anki.apiKey : null;
  if ((call.key ?? null) !== apiKey && call.action !== 'requestPermission') {
    return { error: 'valid api key must be provided' };
  }
  const does = actionsOf(anki.generation).get(call.action);
  if (does === undefined) return { error: 'unsupported action' };
  anki.onAction(call.action);
  return does(anki, call);
}

const isReviewing = ({ state }: Anki): boolean => state === 'reviewing' || state === 'key-needed';

/** What needs the collection fails without one. */
const withCollection =
  (does: Act): Act =>
  (anki, call) =>
    anki.state === 'collection-closed' ? { error: 'collection is not available' } : does(anki, call);

const ACTIONS: Readonly<Record<string, Act>> = {
  version: () => ({ result: 6 }),
  requestPermission: ({ state }) => ({
    result: { permission: 'granted', requireApikey: state === 'key-needed', version: 6 },
  }),
  apiReflect: ({ generation }) => ({ result: { scopes: ['actions'], actions: [...actionsOf(generation).keys()] } }),
  multi: (anki, { params }) => {
    const calls = z.array(z.unknown()).safeParse(params?.['actions']);
    return calls.success
      ? { result: calls.data.map((each) => answerTo(each, anki)) }
      : { error: "AnkiConnect.multi() missing 1 required positional argument: 'actions'" };
  },
  deckNames: withCollection(() => ({ result: ['Default', 'Spanish', 'Spanish::Verbs'] })),
  guiReviewActive: (anki) => ({ result: isReviewing(anki) }),
  guiCurrentCard: withCollection((anki) =>
    isReviewing(anki) ? { result: CARD } : { error: 'Gui review is not currently active.' },
  ),
  getActiveProfile: ({ state }) => ({ result: state === 'collection-closed' ? null : 'User 1' }),
};

const SINCE_2025: ReadonlySet<string> = new Set(['getActiveProfile']);
const LATEST = new Map(Object.entries(ACTIONS));
const ARCHIVED = new Map(Object.entries(ACTIONS).filter(([name]) => !SINCE_2025.has(name)));
const actionsOf = (generation: AnkiConnectGeneration): ReadonlyMap<string, Act> =>
  generation === 'archive' ? ARCHIVED : LATEST;
