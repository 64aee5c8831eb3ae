const SIZE = { width: 20, height: 10, viewBox: '0 0 20 10' } as const;

/** Which line is which: by colour, by dash and in words. */
export function LineLegend({ hasLost }: { readonly hasLost: boolean }) {
  return (
    <ul className="mt-2 flex min-h-[18px] flex-wrap gap-x-3 gap-y-1 text-note text-dim">
      <li className="flex items-center gap-1.5">
        <svg {...SIZE} aria-hidden="true" className="text-accent">
          <path d="M1 5h18" stroke="currentColor" strokeWidth={2} />
        </svg>
        Mac → review server
      </li>
      <li className="flex items-center gap-1.5">
        <svg {...SIZE} aria-hidden="true" className="text-ink">
          <path d="M1 5h18" stroke="currentColor" strokeWidth={1.5} strokeDasharray="4 3" />
        </svg>
        phone → Mac
      </li>
      {hasLost ? (
        <li className="flex items-center gap-1.5">
          <svg {...SIZE} aria-hidden="true" className="text-ink">
            <path d="M6.5 1.5l7 7m0 -7l-7 7" stroke="currentColor" strokeWidth={1.5} />
          </svg>
          phone cut off
        </li>
      ) : null}
    </ul>
  );
}
