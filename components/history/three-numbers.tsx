import { percentText } from '#lib/client/percent-text.ts';
import type { History } from '#lib/contract/history.ts';

type NumbersProps = { readonly uptime: History['uptime'] | null };

/** Uptime in three numbers, because one would lie: what was not measured is neither up nor down. */
export function ThreeNumbers({ uptime }: NumbersProps) {
  const numbers = [
    { label: 'ready', ratio: uptime?.ready },
    { label: 'reachable', ratio: uptime?.reachable },
    { label: 'measured', ratio: uptime?.measured },
  ];
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,88px),1fr))] gap-2">
      {numbers.map(({ label, ratio }) => (
        <div key={label} className="flex min-h-[66px] flex-col-reverse justify-end rounded-[14px] bg-card px-3 py-2.5">
          <dt className="text-note text-dim">{label}</dt>
          <dd className="text-[20px] leading-7 font-semibold tracking-[-0.01em] whitespace-nowrap">
            {ratio === undefined ? '…' : ratio === null ? '–' : percentText(ratio)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
