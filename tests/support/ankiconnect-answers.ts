import * as z from 'zod/mini';
import { parseJson } from '#lib/review/parse-json.ts';
import { AnkiError } from './anki-model.ts';
import type { AnkiWindow } from './anki-window.ts';
import { CARD_ACTIONS, CARD_KEYS_SINCE_2025 } from './ankiconnect-card-actions.ts';
import { GUI_ACTIONS } from './ankiconnect-gui-actions.ts';
import { MEDIA_ACTIONS } from './ankiconnect-media-actions.ts';
import type { Action } from './ankiconnect-parameters.ts';

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

/** What answers: the state Anki is in, its window, the add-on it has, the `apiKey` it wants while one is needed. */
export type Anki = {
  readonly state: AnkiState;
  readonly window: AnkiWindow;
  readonly generation: AnkiConnectGeneration;
  readonly apiKey: string;
  /** Told each action that is carried out. */
  readonly onAction: (action: string) => void;
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

/** The action of a request, or those inside its `multi`; nothing of what is no request. */
export function actionsIn(given: unknown): readonly string[] {
  const call = callSchema.safeParse(given).data;
  if (call === undefined) return [];
  const inside = call.action === 'multi' ? z.array(z.unknown()).safeParse(call.params?.['actions']).data : undefined;
  return inside === undefined ? [call.action] : inside.flatMap(actionsIn);
}

type Outcome = { readonly result: unknown } | { readonly error: string };
type Act = (anki: Anki, call: Call) => unknown;

function act(call: Call, anki: Anki): Outcome {
  const apiKey = anki.state === 'key-needed' ? anki.apiKey : null;
  if ((call.key ?? null) !== apiKey && call.action !== 'requestPermission') {
    return { error: 'valid api key must be provided' };
  }
  const does = actionsOf(anki.generation).get(call.action);
  if (does === undefined) return { error: 'unsupported action' };
  anki.onAction(call.action);
  try {
    return { result: does(anki, call) };
  } catch (error) {
    if (error instanceof AnkiError) return { error: error.message };
    throw error;
  }
}

/** What it is asked with is added to a request of its own only. */
const asksPermission = (given: unknown): boolean => callSchema.safeParse(given).data?.action === 'requestPermission';
const NOT_ASKED_INSIDE = {
  result: null,
  error: "AnkiConnect.requestPermission() missing 2 required positional arguments: 'origin' and 'allowed'",
};

/** Actions of the add-on itself: they know its settings, or call others. */
const OWN_ACTIONS: Readonly<Record<string, Act>> = {
  version: () => 6,
  requestPermission: ({ state }) => ({ permission: 'granted', requireApikey: state === 'key-needed', version: 6 }),
  apiReflect: ({ generation }) => ({ scopes: ['actions'], actions: [...actionsOf(generation).keys()] }),
  multi: (anki, { params }) => {
    const calls = z.array(z.unknown()).safeParse(params?.['actions']);
    if (calls.success)
      return calls.data.map((each) => (asksPermission(each) ? NOT_ASKED_INSIDE : answerTo(each, anki)));
    throw new AnkiError("AnkiConnect.multi() missing 1 required positional argument: 'actions'");
  },
  getActiveProfile: ({ window }) => (window.screen === 'profiles' ? null : window.profile),
  cardsInfo: (anki, call) => withoutNews(onWindow(CARD_ACTIONS['cardsInfo'])(anki, call), anki.generation),
};

/** A card's information as the generation gives it. */
function withoutNews(cards: unknown, generation: AnkiConnectGeneration): unknown {
  if (generation !== 'archive' || !Array.isArray(cards)) return cards;
  return cards.map((card: object) =>
    Object.fromEntries(Object.entries(card).filter(([key]) => !CARD_KEYS_SINCE_2025.has(key))),
  );
}

const onWindow =
  (does: Action | undefined): Act =>
  ({ window }, { params = {} }) =>
    does?.(window, params);

const LATEST: ReadonlyMap<string, Act> = new Map([
  ...Object.entries({ ...CARD_ACTIONS, ...MEDIA_ACTIONS, ...GUI_ACTIONS }).map(
    ([name, does]) => [name, onWindow(does)] as const,
  ),
  ...Object.entries(OWN_ACTIONS),
]);
const SINCE_2025: ReadonlySet<string> = new Set(['getActiveProfile']);
const ARCHIVED: ReadonlyMap<string, Act> = new Map([...LATEST].filter(([name]) => !SINCE_2025.has(name)));
const actionsOf = (generation: AnkiConnectGeneration): ReadonlyMap<string, Act> =>
  generation === 'archive' ? ARCHIVED : LATEST;
