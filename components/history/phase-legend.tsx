import { PHASE_WORDS } from '#lib/client/probe-words.ts';
import type { Phase } from '#lib/domain/probe.ts';

/** Which colour is which phase, in the order they happen and are stacked. */
export function PhaseLegend({ phases }: { readonly phases: readonly Phase[] }) {
  return (
    <ul className="mt-2 flex min-h-[18px] flex-wrap gap-x-3 gap-y-1 text-note text-dim">
      {phases.map((phase) => (
        <li key={phase} className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2.5 rounded-[3px]" style={{ background: `var(--phase-${phase})` }} />
          {PHASE_WORDS[phase]}
        </li>
      ))}
    </ul>
  );
}
