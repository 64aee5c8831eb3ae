'use client';

import { type ReadAloud, SOUND_CONTROL } from '#lib/client/review/read-aloud.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';

type AudioStripProps = { readonly sound: ReadAloud; readonly card: ReviewCard };

/** All sounds of a card whose marks could not be told apart, a button each; nothing for other cards. */
export function AudioStrip({ sound, card }: AudioStripProps) {
  if (card.sounds !== null || card.looseSounds.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 items-center gap-2 overflow-x-auto">
      <legend className="sr-only">Sounds of this note</legend>
      <span aria-hidden="true" className="flex-none px-1 text-note text-dim">
        Audio
      </span>
      {card.looseSounds.map((name, index) => (
        <button
          key={name}
          type="button"
          {...SOUND_CONTROL}
          title={name}
          aria-label={`Play ${name}`}
          onClick={() => sound.playFile(name)}
          className="min-h-11 min-w-14 flex-none touch-manipulation rounded-[12px] bg-card px-3 text-[15px] font-semibold text-accent select-none active:opacity-70"
        >
          <span aria-hidden="true">▶</span> {index + 1}
        </button>
      ))}
    </fieldset>
  );
}
