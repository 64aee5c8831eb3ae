const TABS = [
  { href: '/', label: 'Status', path: 'M2 12h5l3-8 4 16 3-8h5' },
  { href: '/history', label: 'History', path: 'M4 20V10M10 20V4M16 20v-7M21 20H3' },
  {
    href: '/review',
    label: 'Review',
    path: 'M8 5h8M6 8h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z',
  },
  {
    href: '/setup',
    label: 'Setup',
    path: 'M9 2.5h6a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2zM11 18h2',
  },
] as const;

export type Tab = (typeof TABS)[number]['href'];

/**
 * The way between the screens: below the thumb on a phone, on top of a desktop. Plain links, which `watchTabs` makes fast after the
 * load: Next's own cost every first paint 3 KB.
 */
export function TabBar({ current }: { readonly current: Tab | null }) {
  return (
    <nav
      aria-label="Screens"
      className="tab-bar sticky bottom-0 z-10 order-last mt-auto border-t border-hair bg-card pr-[env(safe-area-inset-right)] pb-[max(10px,env(safe-area-inset-bottom))] pl-[env(safe-area-inset-left)] lg:top-0 lg:bottom-auto lg:order-none lg:mt-0 lg:border-t-0 lg:bg-bg lg:pb-0"
    >
      <ul className="mx-auto grid max-w-[1120px] grid-cols-4 justify-items-center lg:flex lg:justify-start lg:gap-2 lg:px-3">
        {TABS.map(({ href, label, path }) => (
          <li key={href}>
            <a
              href={href}
              data-way="tab"
              aria-current={current === href ? 'page' : undefined}
              className="flex min-h-[52px] min-w-[min(88px,23vw)] flex-col items-center touch-manipulation gap-0.5 pt-2 text-[11px] text-dim select-none aria-[current=page]:font-semibold aria-[current=page]:text-accent lg:flex-row lg:gap-2 lg:px-3 lg:pt-0 lg:text-[15px]"
            >
              <svg
                viewBox="0 0 24 24"
                aria-hidden="true"
                className="size-6 fill-none stroke-current stroke-[1.8] [stroke-linecap:round] [stroke-linejoin:round] lg:size-5"
              >
                <path d={path} />
              </svg>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
