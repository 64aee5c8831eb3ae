'use client';

import { useState } from 'react';
import { Figure } from '#components/chart/figure.tsx';
import { FreshnessLine } from '#components/freshness/freshness-line.tsx';
import { Card } from '#components/ui/card.tsx';
import { FailureCard } from '#components/ui/failure-card.tsx';
import { useNow } from '#lib/client/now.ts';
import { ACTIVITY_EVERY_MS, useActivity } from '#lib/client/review/activity.ts';
import { type ActivityMap, activityMap, ankiDay, type Strength } from '#lib/client/review/activity-map.ts';
import { activitySentence, dayText, monthText, streakText, todayText } from '#lib/client/review/activity-text.ts';

const STEP = 18;
const SIDE = 15;
const LEFT = 30;
const TOP = 18;
const DAYS = [
  { row: 0, name: 'Mon' },
  { row: 2, name: 'Wed' },
  { row: 4, name: 'Fri' },
] as const;

/** More reviews, more colour and a bigger square: it is told without colour too. */
const LOOKS: Readonly<Record<Strength, { readonly opacity: number; readonly side: number }>> = {
  0: { opacity: 1, side: 5 },
  1: { opacity: 0.45, side: 9 },
  2: { opacity: 0.6, side: 11 },
  3: { opacity: 0.8, side: 13 },
  4: { opacity: 1, side: SIDE },
};

function Square({ strength, x, y }: { readonly strength: Strength; readonly x: number; readonly y: number }) {
  const { opacity, side } = LOOKS[strength];
  const inset = (SIDE - side) / 2;
  return (
    <rect
      x={x + inset}
      y={y + inset}
      width={side}
      height={side}
      rx={side / 4}
      opacity={opacity}
      className={strength === 0 ? 'fill-hair' : 'fill-ready'}
    />
  );
}

/** The month's name over the first week that begins in it. */
function Months({ weeks }: Pick<ActivityMap, 'weeks'>) {
  const begun = weeks.map(([monday]) => (monday === undefined ? '' : monthText(monday.day)));
  return begun.map((month, week) =>
    // A name needs the room of three weeks.
    month === begun[week - 1] || week > weeks.length - 2 || begun[week + 1] !== month ? null : (
      <text key={month} x={LEFT + week * STEP} y={12}>
        {month}
      </text>
    ),
  );
}

function Squares({ weeks, sentence }: Pick<ActivityMap, 'weeks'> & { readonly sentence: string }) {
  return (
    <svg
      viewBox={`0 0 ${LEFT + weeks.length * STEP} ${TOP + 7 * STEP}`}
      role="img"
      aria-label={sentence}
      className="w-full fill-dim text-[11px]"
    >
      <Months weeks={weeks} />
      {DAYS.map(({ row, name }) => (
        <text key={name} x={0} y={TOP + row * STEP + 12}>
          {name}
        </text>
      ))}
      {weeks.map((week, column) =>
        week.map(({ day, strength }, row) => (
          <Square key={day} strength={strength} x={LEFT + column * STEP} y={TOP + row * STEP} />
        )),
      )}
    </svg>
  );
}

/** The days with reviews, newest first; made when it is opened. */
function DayTable({ weeks }: Pick<ActivityMap, 'weeks'>) {
  const [isOpen, setIsOpen] = useState(false);
  const days = isOpen ? weeks.flat().filter(({ reviews }) => reviews > 0) : [];
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)} className="-mb-2">
      <summary className="flex min-h-11 items-center text-[15px] font-semibold text-accent">
        {isOpen ? 'Hide figures' : 'Show figures'}
      </summary>
      {days.length === 0 ? null : (
        <table className="mb-2 w-full text-left text-note">
          <thead>
            <tr>
              <th className="py-1 font-semibold">day</th>
              <th className="py-1 text-right font-semibold">reviews</th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, reviews }) => (
              <tr key={day} className="border-t border-hair">
                <th className="py-1 font-normal">{dayText(day)}</th>
                <td className="py-1 text-right">{reviews.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

/** `isDirect`: Anki itself is in reach. Only then is it told when its log cannot be had. */
type HeatmapProps = { readonly isDirect: boolean };

/** How much was reviewed on each day of the last weeks, the streak and today in words. Not there where nothing tells of it. */
export function Heatmap({ isDirect }: HeatmapProps) {
  const { data, times, trouble, refresh } = useActivity();
  const now = useNow();
  if (data === undefined && !isDirect) return null;
  if (data === undefined && trouble !== null) return <FailureCard failure={trouble.failure} onRetry={refresh} />;
  if (data === undefined || now === 0) return <div className="h-[268px] rounded-card bg-card" />;
  const map = activityMap(data, ankiDay(now));
  const sentence = activitySentence(map);
  return (
    <Card className="appear">
      <Figure label="Reviews" figure={todayText(map)} note="" />
      <div className="mt-2.5">
        <Squares weeks={map.weeks} sentence={sentence} />
      </div>
      <p className="mt-1.5 text-note text-dim">
        {streakText(map)} {sentence}
      </p>
      {map.total === 0 ? null : <DayTable weeks={map.weeks} />}
      {trouble === null ? null : <FreshnessLine times={times} trouble={trouble} everyMs={ACTIVITY_EVERY_MS} />}
    </Card>
  );
}
