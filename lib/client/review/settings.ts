import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';

/** The version is in the name: a newer app ignores what an older one kept. */
export const SETTINGS_KEY = 'lifeline.review.settings.v1';

export const SPEECH_RATES = { slowest: 0.5, normal: 1, fastest: 2 } as const;

const isOn = (otherwise: boolean) => z.catch(z.boolean(), otherwise);
const names = z.catch(z.array(z.string()), []);
const { slowest, normal, fastest } = SPEECH_RATES;

/** What cannot be read has its default, one by one: a single bad value loses nothing else. */
const settingsSchema = z.object({
  /** A swipe over the card answers it. */
  swipes: isOn(false),
  /** A card's own sounds are played when its side is shown. */
  autoplay: isOn(true),
  /** Question, pause, answer are read one after the other, card by card. */
  handsFree: isOn(false),
  /** Cards may ask for their answer to be typed. */
  mayType: isOn(true),
  /** Decks, by their full names, whose pictures may come from other servers. */
  remoteImageDecks: names,
  /** Note types whose own scripts may run. */
  scriptedNoteTypes: names,
  /** New cards are kept for the time without the Mac, too. */
  keepNewCards: isOn(false),
  /** 1 is the voice's own pace. */
  speechRate: z.catch(z.number().check(z.gte(slowest), z.lte(fastest)), normal),
});

/** How this phone reviews. It stays on the phone. */
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

const DEFAULTS: Settings = z.parse(settingsSchema, {});

let parsed: { readonly text: string | null; readonly settings: Settings } = { text: null, settings: DEFAULTS };
/** What storage refused to keep. */
let unkept: string | null = null;

function keptText(): string | null {
  try {
    return unkept ?? localStorage.getItem(SETTINGS_KEY);
  } catch {
    return null;
  }
}

function parse(text: string | null): Settings {
  try {
    const read = z.safeParse(settingsSchema, JSON.parse(text ?? '{}'));
    return read.success ? read.data : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

/** The settings as they are now; the same object until one changes. A phone that refuses storage has those of this page. */
export function readSettings(): Settings {
  const text = keptText();
  if (text !== parsed.text) parsed = { text, settings: parse(text) };
  return parsed.settings;
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
