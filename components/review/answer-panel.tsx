'use client';

import { useLayoutEffect, useRef } from 'react';
import type { ReviewSession, Shown } from '#lib/client/review/session.ts';
import { useSettings } from '#lib/client/review/settings.ts';
import type { Ease } from '#lib/domain/review/card.ts';
import { AnswerButtons } from './answer-buttons.tsx';
import { useSwipe } from './swipe.ts';
import type { Tick } from './tick.ts';

/** Moves the focus on with the card, where it was here or nowhere: to the usual answer once there is one to give, else to the button that shows it. */
function useFocusOnward({ turn, side }: Shown) {
  const panel = useRef<HTMLDivElement>(null);
  const seen = useRef({ turn, side });
  useLayoutEffect(() => {
    if (seen.current.turn === turn && seen.current.side === side) return;
    seen.current = { turn, side };
    const { activeElement, body } = document;
    if (activeElement !== body && activeElement !== null && !panel.current?.contains(activeElement)) return;
    const next = panel.current?.querySelector<HTMLElement>(side === 'question' ? '[data-show]' : '[data-ease="3"]');
    next?.focus({ preventScroll: true });
  }, [turn, side]);
  return panel;
}

type AnswerPanelProps = Pick<ReviewSession, 'mayGrade' | 'isDead' | 'reveal'> & {
  readonly shown: Shown;
  readonly tick: Tick | null;
  readonly press: (ease: Ease) => void;
};

/** What the thumb reaches: show the answer, and grade. Nothing in it moves when the answer shows. */
export function AnswerPanel({ shown, mayGrade, isDead, reveal, tick, press }: AnswerPanelProps) {
  const panel = useFocusOnward(shown);
  const swipes = useSwipe(useSettings().swipes && shown.side === 'answer', press);
  return (
    <div ref={panel} {...swipes} className="flex flex-none flex-col gap-2">
      <button
        type="button"
        data-show
        aria-disabled={isDead}
        onClick={reveal}
        className={`show-answer ${shown.side === 'answer' ? 'invisible' : ''}`}
      >
        Show answer
      </button>
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
