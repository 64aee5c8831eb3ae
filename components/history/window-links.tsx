import Link from 'next/link';
import { WINDOW_WORDS } from '#lib/client/words.ts';
import { WINDOWS, type Window } from '#lib/domain/window.ts';

/** Which stretch of time is shown; each is an address, so that it can be shared and gone back to. */
export function WindowLinks({ current }: { readonly current: Window | null }) {
  return (
    <nav aria-label="Time shown">
      <ul className="flex rounded-[12px] bg-hair p-0.5 text-[14px] font-semibold">
        {WINDOWS.map((window) => (
          <li key={window} className="flex-1">
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
