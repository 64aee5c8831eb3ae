'use client';

import { useState } from 'react';
import { causesText, momentText } from '#lib/client/bucket-text.ts';
import { durationText } from '#lib/client/duration-text.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import { phoneBucketsByMoment } from '#lib/client/phone/phone-series.ts';
import type { BucketView, History } from '#lib/contract/history.ts';
import type { PhoneHistory } from '#lib/contract/phone.ts';

const lasting = (ms: number): string => (ms === 0 ? '–' : durationText(ms));
const taking = (ms: number | undefined): string => (ms === undefined ? '–' : latencyText(ms));

type Column = { readonly head: string; readonly cell: (bucket: BucketView) => string };

const COLUMNS: readonly Column[] = [
  { head: 'ready', cell: ({ readyMs }) => lasting(readyMs) },
  { head: 'degraded', cell: ({ degradedMs }) => lasting(degradedMs) },
  { head: 'down', cell: ({ downMs }) => lasting(downMs) },
  { head: 'not measured', cell: ({ gapMs }) => lasting(gapMs) },
  { head: 'median', cell: ({ p50Ms }) => taking(p50Ms) },
  { head: 'p95', cell: ({ p95Ms }) => taking(p95Ms) },
  { head: 'failed checks', cell: (bucket) => causesText(bucket) || '–' },
];

/** What phones measured in the same steps. */
function phoneColumns(phone: PhoneHistory | undefined): readonly Column[] {
  const byMoment = phoneBucketsByMoment(phone);
  return [
    { head: 'phone → Mac median', cell: ({ at }) => taking(byMoment.get(at)?.p50Ms) },
    { head: 'phone → Mac p95', cell: ({ at }) => taking(byMoment.get(at)?.p95Ms) },
    { head: 'phone had no answer', cell: ({ at }) => String(byMoment.get(at)?.failed ?? '–') },
  ];
}

type TableProps = { readonly history: History; readonly phone: PhoneHistory | undefined };

function Rows({ history: { buckets, window }, phone }: TableProps) {
  const columns = [...COLUMNS, ...phoneColumns(phone?.window === window ? phone : undefined)];
  return (
    <table className="w-full text-left text-note whitespace-nowrap">
      <thead>
        <tr>
          <th className="sticky top-0 bg-card py-1 pr-4 font-semibold">from</th>
          {columns.map(({ head }) => (
            <th key={head} className="sticky top-0 bg-card py-1 pr-4 font-semibold">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets.toReversed().map((bucket) => (
          <tr key={bucket.at} className="border-t border-hair">
            <th className="py-1 pr-4 font-normal">{momentText(bucket.at)}</th>
            {columns.map(({ head, cell }) => (
              <td key={head} className="py-1 pr-4">
                {cell(bucket)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The charts' figures as a table, newest first; made when it is opened. */
export function BucketTable({ history, phone }: TableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} className="rounded-card bg-card px-4">
      <summary className="flex min-h-12 items-center font-semibold text-accent">
        {open ? 'Hide figures' : 'Show figures'}
      </summary>
      {open ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        <section aria-label="Figures" tabIndex={0} className="mb-3 max-h-[420px] overflow-auto">
          <Rows history={history} phone={phone} />
        </section>
      ) : null}
    </details>
  );
}
