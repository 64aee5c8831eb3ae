'use client';

import { useEffect } from 'react';
import { type ReadAloud, SOUND_CONTROL } from '#lib/client/review/read-aloud.ts';
import type { Loop } from '#lib/client/review/read-aloud-loop.ts';
import { THINK_MS } from '#lib/client/review/read-aloud-store.ts';
import { SECOND } from '#lib/domain/time.ts';

type SoundProps = { readonly sound: ReadAloud };

const SPEAKER = 'M4 9v6h4l5 4V5L8 9zM16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12';
const SQUARE = 'M7 7h10v10H7z';

/** Reads the side that is shown, and stops whatever is heard. */
export function ReadButton({ sound }: SoundProps) {
  const { isPlaying, read } = sound;
  return (
    <button
      type="button"
      {...SOUND_CONTROL}
      onClick={read}
      className="flex min-h-11 touch-manipulation items-center gap-1.5 rounded-[10px] px-2 text-note text-accent select-none active:opacity-70"
    >
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        className="size-5 flex-none fill-none stroke-current stroke-[1.8] [stroke-linecap:round] [stroke-linejoin:round]"
      >
        <path d={isPlaying ? SQUARE : SPEAKER} />
      </svg>
      <span className="min-w-[2.7em] text-left">{isPlaying ? 'Stop' : 'Read'}</span>
      <span className="sr-only">{isPlaying ? ' reading' : ' aloud'}</span>
    </button>
  );
}

const LOOP_WORDS: Readonly<Record<Loop['step'], string>> = {
  off: 'Reads question and answer; you grade.',
  question: 'Reading the question.',
  pause: `Time to think: ${THINK_MS / SECOND} s.`,
  answer: 'Reading the answer.',
  grade: 'Waiting for your answer.',
  stopped: 'Stopped. It goes on with the next card.',
};

/** Hands-free: what it does now, and the button that begins or ends it. Leaving it ends it. */
export function HandsFreeBar({ sound }: SoundProps) {
  const { loop, beginLoop, endLoop } = sound;
  useEffect(() => endLoop, [endLoop]);
  const isOn = loop.step !== 'off';
  return (
    <div className="flex min-h-11 items-center justify-between gap-3 rounded-[14px] bg-card pl-4 text-[15px]">
      <p className="min-w-0 py-1.5 text-dim">
        <span className="sr-only">Hands-free: </span>
        {LOOP_WORDS[loop.step]}
      </p>
      <button
        type="button"
        {...SOUND_CONTROL}
        onClick={isOn ? endLoop : beginLoop}
        className="min-h-11 flex-none touch-manipulation px-4 font-semibold text-accent select-none active:opacity-70"
      >
        {isOn ? 'Stop' : 'Start'}
        <span className="sr-only"> hands-free</span>
      </button>
    </div>
  );
}

/** Why something was not heard. */
export function SoundNotice({ sound }: SoundProps) {
  return (
    <p role="status" className={sound.notice === null ? 'sr-only' : 'px-1 text-center text-note text-dim'}>
      {sound.notice}
    </p>
  );
}
