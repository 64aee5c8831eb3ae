import type { Metadata } from 'next';
import Link from 'next/link';
import { Screen } from '#components/shell/screen.tsx';

export const metadata: Metadata = { title: 'Not on this phone' };

const KEPT = [
  { href: '/', name: 'Status', holds: 'The last known picture, and how old it is' },
  { href: '/history', name: 'History', holds: 'What was looked at before' },
  { href: '/review', name: 'Review', holds: 'The next due cards' },
  { href: '/setup', name: 'Setup', holds: 'What of the setup is done' },
] as const;

/** Where an address leads that this phone does not hold, while the Mac gives no answer. */
export default function OfflinePage() {
  return (
    <Screen title="Not on this phone">
      <section className="rounded-card bg-card px-4 py-3.5">
        <p>The Mac gave no answer, and this address is not among what Lifeline keeps on this phone.</p>
        <p className="mt-2 text-dim">The Mac may be asleep, or Tailscale off on the phone or on the Mac.</p>
        {/* biome-ignore lint/a11y/useValidAnchor: the empty address is the one that was asked for, also without scripts. */}
        <a href="" className="mt-1 flex min-h-11 items-center font-semibold text-accent">
          Try again
        </a>
      </section>
      <section className="rounded-card bg-card px-4 pt-3.5 pb-1">
        <h2 className="font-semibold">These open without the Mac</h2>
        <ul className="mt-1 divide-y divide-hair">
          {KEPT.map(({ href, name, holds }) => (
            <li key={href}>
              <Link href={href} className="flex min-h-11 flex-col justify-center py-2">
                <span className="font-semibold text-accent">{name}</span>
                <span className="text-note text-dim">{holds}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </Screen>
  );
}
