'use client';

import type { ReviewSession, Shown } from '#lib/client/review/session.ts';
import { useSettings } from '#lib/client/review/settings.ts';
import { AnswerButtons } from './answer-buttons.tsx';
import { useSwipe } from './swipe.ts';
import type { Pressing } from './tick.ts';

type AnswerPanelProps = Pick<ReviewSession, 'mayGrade' | 'isDead' | 'skip'> & Pressing & { readonly shown: Shown };

/** What the thumb grades with, or why it cannot, and the way on without. */
export function AnswerPanel({ shown, mayGrade, isDead, skip, tick, press }: AnswerPanelProps) {
  const swipes = useSwipe(useSettings().swipes && shown.side === 'answer', press);
  return (
    <div {...swipes} className="flex-none">
      {mayGrade.allowed ? (
        <AnswerButtons buttons={shown.card.buttons} isDead={isDead} tick={tick} onPress={press} />
      ) : (
        <div className="flex min-h-[66px] items-center gap-2 rounded-[14px] bg-card py-2 pl-4">
          <p className="min-w-0 flex-1 text-[15px] text-dim">
            {mayGrade.detail ?? 'You can read here, but not grade.'}
          </p>
          <button
            type="button"
            data-next
            aria-disabled={isDead}
            onClick={skip}
            className="min-h-[50px] flex-none touch-manipulation px-4 font-semibold text-accent select-none active:opacity-70"
          >
            Next card
          </button>
        </div>
      )}
    </div>
  );
}
