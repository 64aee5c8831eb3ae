import { createPlayer } from '#lib/client/review/audio.ts';
import type { Loop } from '#lib/client/review/read-aloud-loop.ts';
import { ReadAloudStore, type SoundView } from '#lib/client/review/read-aloud-store.ts';
import { createSpeech } from '#lib/client/review/speech.ts';
import type { ReviewCard, Sound } from '#lib/domain/review/card.ts';

/** Runs in a page: what is heard of a session that a test drives, with 100 ms to think. */
const audio = new Audio();
const played: string[] = [];
audio.addEventListener('ended', () => played.push(audio.src.split('/').at(-1) ?? ''));
const player = createPlayer(audio, createSpeech(window.speechSynthesis, 400), 2_000);
let autoplay = true;
let revealed = 0;
let view: SoundView = { shown: null, done: 0, media: async () => ({ 'tone.wav': { url: '/tone.wav' } }), reveal };
const store = new ReadAloudStore(
  () => player,
  () => ({
    swipes: false,
    autoplay,
    handsFree: true,
    mayType: true,
    remoteImageDecks: [],
    scriptedNoteTypes: [],
    keepNewCards: false,
    speechRate: 1,
  }),
  100,
);
const steps: Loop['step'][] = [];
store.stage.subscribe(() => {
  const { step } = store.stage.state().loop;
  if (steps.at(-1) !== step) steps.push(step);
});

const TONE: Sound = { kind: 'file', name: 'tone.wav' };

function cardOf(turn: number, hasSounds: boolean): ReviewCard {
  return {
    cardId: turn,
    noteId: null,
    deck: 'Spanish',
    noteType: 'Basic',
    ordinal: 0,
    question: `casa ${turn}`,
    answer: `casa ${turn}<hr id="answer">house ${turn}`,
    buttons: [],
    queue: 'review',
    dueAt: null,
    tags: [],
    guard: null,
    sounds: hasSounds ? { question: [TONE], answer: [TONE, { kind: 'speech', text: 'a home', lang: 'en_GB' }] } : null,
    looseSounds: hasSounds ? [] : ['tone.wav'],
    typed: [],
    media: ['tone.wav'],
    languages: { front: 'es-ES', back: 'en-US' },
  };
}

function reveal(): void {
  revealed += 1;
  if (view.shown !== null) see({ ...view, shown: { ...view.shown, side: 'answer' } });
}

function see(next: SoundView): void {
  view = next;
  store.see(view);
}

/** Shows the question of a card; `done` is how many were graded before it. */
export function show(turn: number, { done = turn, sounds = false } = {}): void {
  see({ ...view, shown: { card: cardOf(turn, sounds), side: 'question', shownAt: 0, turn }, done });
}
export const turnOver = (): void => reveal();
export const finish = (): void => see({ ...view, shown: null });
export const silence = (): void => {
  autoplay = false;
};
export const { actions } = store;
export const hide = (): void => store.hide();

/** What came of it so far. */
export const told = () => ({
  ...store.stage.state(),
  steps,
  revealed,
  played,
  said: window.spoken.map(({ text, lang }) => `${text} (${lang})`),
});
