import { useEffect, useState, useSyncExternalStore } from 'react';
import { createPlayer, type Player } from './audio.ts';
import { QUIET, type SoundState } from './read-aloud-state.ts';
import { ReadAloudStore, type SoundActions } from './read-aloud-store.ts';
import type { ReviewSession } from './session.ts';
import { readSettings } from './settings.ts';
import { createSpeech } from './speech.ts';

let player: Player | null = null;

/** The page's one player; a tap unlocks it for as long as the page lives. */
function pagePlayer(): Player {
  const synth = 'speechSynthesis' in window ? window.speechSynthesis : null;
  player ??= createPlayer(new Audio(), createSpeech(synth));
  return player;
}

/** Marks what starts and stops sounds itself, so that pressing it is no press beside. */
export const SOUND_CONTROL = { 'data-sound': '' } as const;

/** The volume may be changed, and a control of sounds used, without hands-free taking it for a wish to be quiet. */
const isPress = (event: Event): boolean => {
  const isKey = event instanceof KeyboardEvent;
  if (isKey && /^(Audio|Volume)/.test(event.key)) return false;
  const isOnControl = event.target instanceof Element && event.target.closest('[data-sound]') !== null;
  return !isOnControl || (isKey && event.key !== 'Enter' && event.key !== ' ');
};

const isHidden = (): boolean => document.visibilityState === 'hidden';

export type ReadAloud = SoundState & SoundActions;

/**
 * All that is heard of a review: a card's sounds by themselves (if set so), its words on request, hands-free. It falls silent with
 * the card, with the page, and hands-free with any press.
 */
export function useReadAloud({ shown, progress, media, reveal }: SoundSource): ReadAloud {
  const [store] = useState(() => new ReadAloudStore(pagePlayer, readSettings));
  const { done } = progress;
  useEffect(() => store.see({ shown, done, media, reveal }), [store, shown, done, media, reveal]);
  useEffect(() => {
    const listening = new AbortController();
    const on = (event: string, listener: (event: Event) => void) =>
      document.addEventListener(event, listener, { capture: true, signal: listening.signal });
    for (const event of ['pointerdown', 'keydown']) on(event, (it) => isPress(it) && store.actions.press());
    // Safari counts a tap once the finger is lifted.
    for (const event of ['touchend', 'click', 'keydown']) on(event, store.actions.unlock);
    on('visibilitychange', () => isHidden() && store.hide());
    return () => {
      listening.abort();
      store.hide();
    };
  }, [store]);
  const state = useSyncExternalStore(store.stage.subscribe, store.stage.state, () => QUIET);
  return { ...state, ...store.actions };
}

type SoundSource = Pick<ReviewSession, 'shown' | 'progress' | 'media' | 'reveal'>;
