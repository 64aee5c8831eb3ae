'use client';

import type { ReviewSession, Shown } from '#lib/client/review/session.ts';
import { useSettings } from '#lib/client/review/settings.ts';
import { AnswerButtons } from './answer-buttons.tsx';
import { useSwipe } from './swipe.ts';
import type { Pressing } from './tick.ts';

type AnswerPanelProps = Pick<ReviewSession, 'mayGrade' | 'isDead'> & Pressing & { readonly shown: Shown };

/** What the thumb grades with, or why it cannot. */
export function AnswerPanel({ shown, mayGrade, isDead, tick, press }: AnswerPanelProps) {
  const swipes = useSwipe(useSettings().swipes && shown.side === 'answer', press);
  return (
    <div {...swipes} className="flex-none">
      {mayGrade.allowed ? (
        <AnswerButtons buttons={shown.card.buttons} isDead={isDead} tick={tick} onPress={press} />
      ) : (
        <p className="grid min-h-[66px] place-items-center rounded-[14px] bg-card px-4 py-2 text-center text-[15px] text-dim">
          {mayGrade.detail ?? 'You can read here, but not grade.'}
        </p>
      )}
    </div>
  );
}
