import { timeTicks } from '#lib/client/time-ticks.ts';
import type { History } from '#lib/contract/history.ts';

/** The labels below a strip or a chart, at their true places; the last one is now. Large text has room for every other one. */
export function TimeAxis({ window, from, to }: Pick<History, 'window' | 'from' | 'to'>) {
  return (
    <div aria-hidden="true" className="relative mt-1.5 h-[18px] text-note text-dim">
      {timeTicks(window, from, to).map(({ at, place, label }) =>
        place === 1 ? (
          <span key={at} className="absolute right-0">
            {label}
          </span>
        ) : (
          <span
            key={at}
            className="absolute -translate-x-1/2 max-[16rem]:nth-last-[even]:hidden"
            style={{ left: `${place * 100}%` }}
          >
            {label}
          </span>
        ),
      )}
    </div>
  );
}
