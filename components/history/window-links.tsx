import Link from 'next/link';
import { WINDOWS, type Window } from '#lib/domain/window.ts';

const WINDOW_WORDS: Readonly<Record<Window, { readonly short: string; readonly long: string }>> = {
  '1h': { short: '1 h', long: 'last hour' },
  '24h': { short: '24 h', long: 'last 24 hours' },
  '7d': { short: '7 d', long: 'last 7 days' },
  '30d': { short: '30 d', long: 'last 30 days' },
  '90d': { short: '90 d', long: 'last 90 days' },
  '1y': { short: '1 y', long: 'last year' },
};

/** Which stretch of time is shown; each is an address, so that it can be shared and gone back to. */
export function WindowLinks({ current }: { readonly current: Window | null }) {
  return (
    <nav aria-label="Time shown">
      <ul className="grid grid-cols-6 max-[18rem]:grid-cols-3 rounded-[12px] bg-hair p-0.5 text-[14px] font-semibold">
        {WINDOWS.map((window) => (
          <li key={window}>
            <Link
              href={`/history?window=${window}`}
              scroll={false}
              prefetch={false}
              aria-label={`${WINDOW_WORDS[window].short}: ${WINDOW_WORDS[window].long}`}
              aria-current={window === current ? 'page' : undefined}
              className="flex min-h-11 items-center justify-center rounded-[10px] aria-[current=page]:bg-raised aria-[current=page]:shadow-sm"
            >
              {WINDOW_WORDS[window].short}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
