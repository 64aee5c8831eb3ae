import { useState } from 'react';
import type { ReviewSession } from '#lib/client/review/session.ts';
import type { Ease } from '#lib/domain/review/card.ts';

/** The answer that was pressed last, by hand or key; `count` tells one press from the next. */
export type Tick = { readonly ease: Ease; readonly count: number };

export type Pressing = { readonly tick: Tick | null; readonly press: (ease: Ease) => void };

/** Grades, and lets the answer's button show at once that it was pressed. */
export function useTick({ grade, isDead, mayGrade }: Pick<ReviewSession, 'grade' | 'isDead' | 'mayGrade'>): Pressing {
  const [tick, setTick] = useState<Tick | null>(null);
  const press = (ease: Ease) => {
    if (isDead || !mayGrade.allowed) return;
    setTick((before) => ({ ease, count: (before?.count ?? 0) + 1 }));
    grade(ease);
  };
  return { tick, press };
}
