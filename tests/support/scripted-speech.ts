/** What was asked of the voice, in order. */
export type Spoken = { readonly text: string; readonly lang: string; readonly rate: number };

declare global {
  interface Window {
    spoken: Spoken[];
    /** The languages of the voices that there are. */
    voices: (langs: string[]) => void;
    /** What is said next ends with this error. */
    fail: (error: string) => void;
    /** What is said next never begins. */
    hang: () => void;
  }
}

/**
 * Runs in a page and refers to nothing outside itself: a voice in place of the browser's, which has none on a machine without sound.
 * It speaks a text in 20 ms, tells its beginning and end later, and a cancelled one that it was, as browsers do.
 */
export function scriptSpeech(): void {
  let langs: string[] = [];
  let next: { error: string } | 'hangs' | null = null;
  let current: SpeechSynthesisUtterance | null = null;
  window.spoken = [];
  window.voices = (list) => {
    langs = list;
  };
  window.fail = (error) => {
    next = { error };
  };
  window.hang = () => {
    next = 'hangs';
  };
  const tell = (utterance: SpeechSynthesisUtterance, type: string, more: object = {}) =>
    utterance.dispatchEvent(Object.assign(new Event(type), more));
  const end = (utterance: SpeechSynthesisUtterance, type: string, more?: object) => {
    if (current !== utterance) return;
    current = null;
    tell(utterance, type, more);
  };
  const speak = (utterance: SpeechSynthesisUtterance) => {
    const { text, lang, rate } = utterance;
    const fate = next;
    next = null;
    current = utterance;
    window.spoken.push({ text, lang, rate: Math.round(rate * 10) / 10 });
    if (fate === 'hangs') return;
    if (fate !== null) {
      setTimeout(() => end(utterance, 'error', fate), 5);
      return;
    }
    setTimeout(() => current === utterance && tell(utterance, 'start'), 5);
    setTimeout(() => end(utterance, 'end'), 20);
  };
  const cancel = () => {
    const cut = current;
    if (cut !== null) setTimeout(() => tell(cut, 'error', { error: 'canceled' }), 1);
    current = null;
  };
  const synth = {
    speak,
    cancel,
    resume: () => undefined,
    getVoices: () => langs.map((lang) => ({ lang })),
    paused: false,
    pending: false,
    get speaking() {
      return current !== null;
    },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: synth, configurable: true });
}
