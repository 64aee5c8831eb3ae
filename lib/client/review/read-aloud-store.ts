import type { DurationMs } from '#lib/domain/time.ts';
import type { Clip, Player } from './audio.ts';
import { keepAwake } from './read-aloud-awake.ts';
import { type FindMedia, fileClip, markClip, replayClips, sideClips, wordsClips } from './read-aloud-clips.ts';
import { isReading, type Loop, type LoopEvent, nextStep, type Seen } from './read-aloud-loop.ts';
import { SoundStage } from './read-aloud-state.ts';
import type { Shown } from './session.ts';
import type { Settings } from './settings.ts';

/** What the review shows, and what hands-free needs to turn the card over. `done`: grades of this session so far. */
export type SoundView = {
  readonly shown: Shown | null;
  readonly done: number;
  readonly media: FindMedia;
  readonly reveal: () => void;
};

export type SoundActions = {
  /** Reads the side that is shown, or stops what is playing. */
  readonly read: () => void;
  /** Plays the card's sounds again. */
  readonly replay: () => void;
  readonly playMark: (side: 'question' | 'answer', index: number) => void;
  readonly playFile: (name: string) => void;
  readonly beginLoop: () => void;
  readonly endLoop: () => void;
  /** Something was pressed: hands-free falls silent. To be called for what the page does not see: a tap on the card in its frame. */
  readonly press: () => void;
  /** Within a tap: from then on the page may be heard without one. */
  readonly unlock: () => void;
};

/** How long there is to think before the answer is read. */
export const THINK_MS: DurationMs = 5_000;

type Choose = (shown: Shown, find: FindMedia) => readonly (Clip | null)[];

const seenOf = (view: SoundView | null): Seen => {
  const shown = view?.shown ?? null;
  return view === null || shown === null ? null : { turn: shown.turn, side: shown.side, done: view.done };
};

const isSame = (one: Seen, other: Seen): boolean => one?.turn === other?.turn && one?.side === other?.side;

/** Everything that is heard of a session, and when. */
export class ReadAloudStore {
  readonly stage: SoundStage;
  readonly #settings: () => Settings;
  readonly #thinkMs: DurationMs;
  #view: SoundView | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #letSleep: (() => void) | null = null;

  constructor(player: () => Player, settings: () => Settings, thinkMs = THINK_MS) {
    this.stage = new SoundStage(player);
    this.#settings = settings;
    this.#thinkMs = thinkMs;
  }

  readonly actions: SoundActions = {
    read: () => {
      const wasPlaying = this.stage.state().isPlaying;
      this.#playChosen(({ card, side }) => (wasPlaying ? [] : wordsClips(card, side)));
    },
    replay: () => this.#playChosen(({ card, side }, find) => replayClips(card, side, find)),
    playMark: (side, index) => this.#playChosen(({ card }, find) => [markClip(card, { side, index }, find)]),
    playFile: (name) => this.#playChosen(({ card }, find) => [fileClip(card, name, find)]),
    beginLoop: () => this.#step({ type: 'begin', seen: seenOf(this.#view) }),
    endLoop: () => this.#step({ type: 'end' }),
    press: () => this.#step({ type: 'press' }),
    unlock: () => this.stage.unlock(),
  };

  /** What is on the screen now. A new side silences the one before, and plays its own sounds if it is set so. */
  see(view: SoundView): void {
    const [before, after] = [seenOf(this.#view), seenOf(view)];
    this.#view = view;
    if (isSame(before, after)) return;
    if (before?.turn !== after?.turn) this.stage.set({ notice: null });
    this.#step({ type: 'seen', seen: after });
    if (isReading(this.stage.state().loop)) return;
    this.stage.stop();
    if (view.shown !== null) void this.#playUnasked(this.#ownSounds(view.shown, view.media));
  }

  /** Before the first tap a browser refuses to. Nobody asked for it, so nothing is said. */
  async #playUnasked(clips: readonly Clip[]): Promise<void> {
    if (clips.length === 0) return;
    const heard = await this.#play(clips);
    if (heard?.outcome === 'blocked') this.stage.set({ notice: null });
  }

  /** The page is hidden or left: a browser would stop in the middle of it anyway. */
  hide(): void {
    this.#step({ type: 'end' });
    this.stage.stop();
  }

  #ownSounds({ card, side }: Pick<Shown, 'card' | 'side'>, find: FindMedia): Clip[] {
    return this.#settings().autoplay ? sideClips(card, side, find) : [];
  }

  #play(clips: readonly Clip[]) {
    return this.stage.play(clips, this.#settings().speechRate);
  }

  #playChosen(choose: Choose): void {
    this.#step({ type: 'press' });
    const view = this.#view;
    if (view?.shown == null) return;
    void this.#play(choose(view.shown, view.media).filter((clip) => clip !== null));
  }

  #step(event: LoopEvent): void {
    const before = this.stage.state().loop;
    const loop = nextStep(before, event);
    if (loop === before) return;
    this.stage.set({ loop });
    clearTimeout(this.#timer);
    if (loop.step === 'off') this.#letSleep?.();
    this.#letSleep = loop.step === 'off' ? null : (this.#letSleep ?? keepAwake());
    this.#enter(loop);
  }

  #enter({ step }: Loop): void {
    if (step === 'pause') this.#timer = setTimeout(() => this.#step({ type: 'thought' }), this.#thinkMs);
    if (step === 'stopped' || step === 'off') this.stage.stop();
    if (step === 'answer' && this.#view?.shown?.side === 'question') this.#view.reveal();
    if (step === 'question' || step === 'answer') void this.#readInLoop(step);
  }

  /** A card's own sounds come first, then its words. */
  async #readInLoop(side: 'question' | 'answer'): Promise<void> {
    const view = this.#view;
    if (view?.shown == null) return;
    const { card } = view.shown;
    const heard = await this.#play([...this.#ownSounds({ card, side }, view.media), ...wordsClips(card, side)]);
    if (heard !== null) this.#step({ type: heard.outcome === 'done' ? 'heard' : 'failed' });
  }
}
