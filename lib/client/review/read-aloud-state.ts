import type { Clip, Player } from './audio.ts';
import { type Loop, OFF } from './read-aloud-loop.ts';
import type { Heard } from './speech.ts';

/** What can be seen of what is heard. `notice`: why something was not, in a sentence, until the next try or card. */
export type SoundState = { readonly isPlaying: boolean; readonly notice: string | null; readonly loop: Loop };

export const QUIET: SoundState = { isPlaying: false, notice: null, loop: OFF };

/** The one thing that is heard at a time, and what the screen says of it. `player` is asked for when it is needed first. */
export class SoundStage {
  readonly #player: () => Player;
  readonly #listeners = new Set<() => void>();
  #state = QUIET;
  /** Counts what was begun: what an earlier one leaves behind is not looked at. */
  #begun = 0;

  constructor(player: () => Player) {
    this.#player = player;
  }

  readonly state = (): SoundState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  set(change: Partial<SoundState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  unlock(): void {
    this.#player().unlock();
  }

  stop(): void {
    this.#begun += 1;
    if (!this.#state.isPlaying) return;
    this.#player().stop();
    this.set({ isPlaying: false });
  }

  /** Plays instead of what is playing. Resolves to null when something else was begun meanwhile. */
  async play(clips: readonly Clip[], rate: number): Promise<Heard | null> {
    this.stop();
    const mine = this.#begun;
    this.set({ isPlaying: clips.length > 0, notice: null });
    const heard = await this.#player().play(clips, rate);
    if (this.#begun !== mine) return null;
    this.set({ isPlaying: false, notice: 'detail' in heard ? heard.detail : null });
    return heard;
  }
}
