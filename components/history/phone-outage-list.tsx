'use client';

import { useState } from 'react';
import { Card, CardHead } from '#components/ui/card.tsx';
import { outageWhen } from '#lib/client/phone/phone-words.ts';
import type { PhoneHistory } from '#lib/contract/phone.ts';
import { Unbroken } from './unbroken.tsx';

const FIRST = 3;

function told({ buckets, outages }: PhoneHistory): string | null {
  if (outages.length > 0) return null;
  return buckets.length > 0
    ? 'Never in this time, while Lifeline was open.'
    : 'A phone measures while Lifeline is open on it; nothing in this time.';
}

type ListProps = {
  /** Undefined until there is an answer. */
  readonly phone: PhoneHistory | undefined;
  /** There will be none before it is asked for again. */
  readonly hasFailed: boolean;
};

/** When a phone could not reach the Mac, newest first, each with what the Mac did meanwhile. */
export function PhoneOutageList({ phone, hasFailed }: ListProps) {
  const [showsAll, setShowsAll] = useState(false);
  const outages = phone?.outages ?? [];
  const shown = showsAll ? outages : outages.slice(0, FIRST);
  const empty = phone === undefined ? (hasFailed ? 'The Mac did not tell.' : ' ') : told(phone);
  return (
    <Card>
      <CardHead title="Phone could not reach the Mac" />
      {empty === null ? null : <p className="mt-1 min-h-[41px] text-[15px] text-dim">{empty}</p>}
      <ul className="mt-1">
        {shown.map((outage) => (
          <li key={`${outage.device} ${outage.from}`} className="border-t border-hair py-2 first:border-0">
            <p className="text-[15px] font-medium tabular-nums">
              <Unbroken text={outageWhen(outage, phone?.servedAt ?? outage.from)} />
            </p>
            <p className="mt-0.5 text-note text-dim">{outage.sentence}</p>
          </li>
        ))}
      </ul>
      {shown.length === outages.length ? null : (
        <button
          type="button"
          onClick={() => setShowsAll(true)}
          className="-mb-2 min-h-11 text-[15px] font-semibold text-accent"
        >
          Show {outages.length - shown.length} more
        </button>
      )}
    </Card>
  );
}
