import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { parsed } from '#lib/client/kept/parsed.ts';

/** The version is in the name: a newer app ignores what an older one kept. */
export const SETTINGS_KEY = 'lifeline.review.settings.v1';

export const SPEECH_RATES = { slowest: 0.5, normal: 1, fastest: 2 } as const;

const names = z.array(z.string());

const settingsSchema = z.object({
  /** A swipe over the answers gives one. */
  swipes: z.boolean(),
  /** A card's own sounds are played when its side is shown. */
  autoplay: z.boolean(),
  /** Question, pause, answer are read one after the other, card by card. */
  handsFree: z.boolean(),
  /** Cards may ask for their answer to be typed. */
  mayType: z.boolean(),
  /** Decks, by their full names, whose pictures may come from other servers. */
  remoteImageDecks: names,
  /** Note types whose own scripts may run. */
  scriptedNoteTypes: names,
  /** New cards are kept for the time without the Mac, too. */
  keepNewCards: z.boolean(),
  /** 1 is the voice's own pace. */
  speechRate: z.number().check(z.gte(SPEECH_RATES.slowest), z.lte(SPEECH_RATES.fastest)),
});

/** How this phone reviews. It stays on the phone. */
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

const DEFAULTS: Settings = {
  swipes: false,
  autoplay: true,
  handsFree: false,
  mayType: true,
  remoteImageDecks: [],
  scriptedNoteTypes: [],
  keepNewCards: false,
  speechRate: SPEECH_RATES.normal,
};

let last: { readonly text: string | null; readonly settings: Settings } = { text: null, settings: DEFAULTS };
/** What storage refused to keep. */
let unkept: string | null = null;

function keptText(): string | null {
  try {
    return unkept ?? localStorage.getItem(SETTINGS_KEY);
  } catch {
    return null;
  }
}

/** What cannot be read has its default, one by one: a single bad value loses nothing else. */
function parse(text: string | null): Settings {
  const kept = new Map<string, unknown>(Object.entries(Object(parsed(text))));
  const readable = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const read = z.safeParse<z.ZodMiniType<unknown>>(schema, kept.get(name));
    return read.success ? [[name, read.data] as const] : [];
  });
  return Object.assign({}, DEFAULTS, Object.fromEntries(readable));
}

/** The settings as they are now; the same object until one changes. A phone that refuses storage has those of this page. */
export function readSettings(): Settings {
  const text = keptText();
  if (text !== last.text) last = { text, settings: parse(text) };
  return last.settings;
}

const listeners = new Set<() => void>();

/** Changes some settings, here and in every other window of this app. */
export function changeSettings(change: Partial<Settings>): void {
  const text = JSON.stringify({ ...readSettings(), ...change });
  try {
    localStorage.setItem(SETTINGS_KEY, text);
    unkept = null;
  } catch {
    // Private browsing or a full quota: they hold until the page is left.
    unkept = text;
  }
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** The settings, and anew whenever one changes; their defaults while hydrating. */
export const useSettings = (): Settings => useSyncExternalStore(listen, readSettings, () => DEFAULTS);

/** `names` with `name` in it or not. */
export function withName(names: readonly string[], name: string, isIn: boolean): string[] {
  const others = names.filter((other) => other !== name);
  return isIn ? [...others, name] : others;
}
