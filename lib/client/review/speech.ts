import type { DurationMs } from '#lib/domain/time.ts';
import type { SpokenPart } from './speech-text.ts';
import { languageName, missingVoice } from './speech-voice.ts';

/** How it ended. `detail` is a sentence for the person who waits for a sound. */
export type Heard =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'stopped' }
  /** The browser wants a tap first. */
  | { readonly outcome: 'blocked'; readonly detail: string }
  | { readonly outcome: 'failed'; readonly detail: string };

export const DONE: Heard = { outcome: 'done' };
export const STOPPED: Heard = { outcome: 'stopped' };

export type Speech = {
  /**
   * Reads the parts in their order, instead of what is being read; the first one begins at once, because Safari speaks only within a
   * tap. Never rejects.
   */
  readonly say: (parts: readonly SpokenPart[], rate: number) => Promise<Heard>;
  readonly stop: () => void;
  /** To be called within a tap: from then on this page may speak without one. */
  readonly unlock: () => void;
};

/** Some engines never begin and never say so. */
const START_WITHIN_MS = 5_000;
/** The slowest voice at its slowest pace needs less for a character. */
const CHARACTER_MS = 400;

const NO_SPEECH = 'This browser cannot read aloud.';
const NEVER_BEGAN = 'The voice did not begin to speak.';

const noVoice = (lang: string): string =>
  `This device has no voice for ${languageName(lang)}. One can be added in its settings, under Accessibility.`;

function failure(code: SpeechSynthesisErrorCode, lang: string): Heard {
  switch (code) {
    case 'canceled':
    case 'interrupted':
      return STOPPED;
    case 'not-allowed':
      return { outcome: 'blocked', detail: 'The browser speaks only after a tap. Press Read.' };
    case 'language-unavailable':
    case 'voice-unavailable':
      return { outcome: 'failed', detail: noVoice(lang) };
    case 'network':
      return { outcome: 'failed', detail: `The voice for ${languageName(lang)} needs the internet.` };
    case 'audio-busy':
    case 'audio-hardware':
    case 'invalid-argument':
    case 'synthesis-failed':
    case 'synthesis-unavailable':
    case 'text-too-long':
      return { outcome: 'failed', detail: `The voice for ${languageName(lang)} failed.` };
  }
}

type Saying = { readonly heard: Promise<Heard>; readonly end: (heard: Heard) => void };
type Pace = { readonly rate: number; readonly startWithinMs: DurationMs };

/** Safari forgets an utterance that nobody holds, and never tells its end. */
const held = new Set<SpeechSynthesisUtterance>();

/** Begins to say one part. Some engines never tell the end: then it is taken for done when even a slow voice would be. */
function beginToSay(engine: SpeechSynthesis, { text, lang }: SpokenPart, { rate, startWithinMs }: Pace): Saying {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = lang;
  utterance.rate = rate;
  held.add(utterance);
  const { promise, resolve } = Promise.withResolvers<Heard>();
  const giveUp = () => {
    end({ outcome: 'failed', detail: NEVER_BEGAN });
    engine.cancel();
  };
  let timer = setTimeout(giveUp, startWithinMs);
  const end = (heard: Heard) => {
    clearTimeout(timer);
    held.delete(utterance);
    resolve(heard);
  };
  utterance.onstart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => end(DONE), startWithinMs + (text.length * CHARACTER_MS) / rate);
  };
  utterance.onend = () => end(DONE);
  utterance.onerror = ({ error }) => end(failure(error, lang));
  // A phone that was locked while it spoke stays paused.
  if (engine.paused) engine.resume();
  engine.speak(utterance);
  return { heard: promise, end };
}

/** Reads aloud with the browser's voices; null for a browser without. `startWithinMs` is how long a voice may take to begin. */
export function createSpeech(synth: SpeechSynthesis | null, startWithinMs: DurationMs = START_WITHIN_MS): Speech {
  let saying: Saying | null = null;
  let turn = 0;
  // The list loads only once it was asked for.
  synth?.getVoices();

  function stop(): void {
    turn += 1;
    saying?.end(STOPPED);
    saying = null;
    // A cancel right before a speak makes Safari swallow what is to be spoken, so only if there is something.
    if (synth?.speaking || synth?.pending) synth.cancel();
  }

  async function sayAll(engine: SpeechSynthesis, parts: readonly SpokenPart[], rate: number): Promise<Heard> {
    const mine = turn;
    for (const part of parts) {
      saying = beginToSay(engine, part, { rate, startWithinMs });
      const heard = await saying.heard;
      if (turn !== mine) return STOPPED;
      if (heard.outcome !== 'done') return heard;
    }
    return DONE;
  }

  async function say(parts: readonly SpokenPart[], rate: number): Promise<Heard> {
    stop();
    if (synth === null) return { outcome: 'failed', detail: NO_SPEECH };
    const missing = missingVoice(parts, synth.getVoices());
    return missing === null ? sayAll(synth, parts, rate) : { outcome: 'failed', detail: noVoice(missing) };
  }

  function unlock(): void {
    if (synth === null || synth.speaking || synth.pending) return;
    const silence = new SpeechSynthesisUtterance(' ');
    silence.volume = 0;
    synth.speak(silence);
  }

  return { say, stop, unlock };
}
