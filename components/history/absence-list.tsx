'use client';

import { useState } from 'react';
import { Card, CardHead } from '#components/ui/card.tsx';
import { durationText } from '#lib/client/duration-text.ts';
import { absenceText } from '#lib/client/gap-words.ts';
import { gapText } from '#lib/client/sentences.ts';
import type { History } from '#lib/contract/history.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { Unbroken } from './unbroken.tsx';

/** As many as a week of nights would make too long a list; the rest is there for those who ask. */
const FIRST = 3;

function AbsenceRow({ absence, now }: { readonly absence: History['absences'][number]; readonly now: EpochMs }) {
  const { from, to } = absence;
  return (
    <li className="flex items-baseline justify-between gap-3 border-t border-hair py-2 text-[15px] first:border-0">
      <span>
        <Unbroken text={absenceText(absence, now)} />
      </span>
      <span className="text-note whitespace-nowrap text-dim">{durationText((to ?? now) - from)}</span>
    </li>
  );
}

/** When nothing was measured and why, newest first. Nothing when somebody always looked. */
export function AbsenceList({ history }: { readonly history: History }) {
  const [showsAll, setShowsAll] = useState(false);
  const { absences, servedAt } = history;
  if (absences.length === 0) return null;
  const shown = showsAll ? absences : absences.slice(0, FIRST);
  return (
    <Card>
      <CardHead title="Not measured" note={gapText(history)} />
      <ul className="mt-1">
        {shown.map((absence) => (
          <AbsenceRow key={absence.from} absence={absence} now={servedAt} />
        ))}
      </ul>
      {shown.length === absences.length ? null : (
        <button
          type="button"
          onClick={() => setShowsAll(true)}
          className="-mb-2 min-h-11 text-[15px] font-semibold text-accent"
        >
          Show {absences.length - shown.length} more
        </button>
      )}
    </Card>
  );
}
