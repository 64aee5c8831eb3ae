'use client';

import { useId } from 'react';
import type { Check, CheckState } from '#lib/client/setup/check.ts';
import { CHECK_WORDS } from '#lib/client/setup/check.ts';

/** A shape for each state, so that nobody needs the colour: tick, open ring, triangle, broken ring. */
const MARKS: Readonly<Record<CheckState, { readonly className: string; readonly path: string }>> = {
  done: { className: 'fill-ready-soft text-ready', path: 'M7.5 12.5l3 3 6-6.5' },
  todo: { className: 'fill-none text-accent', path: '' },
  warn: { className: 'fill-degraded text-card', path: 'M12 9.5v4M12 16.8v.3' },
  optional: { className: 'fill-none text-rest', path: '' },
  unknown: { className: 'fill-none text-dim [stroke-dasharray:3_3]', path: '' },
  looking: { className: 'fill-none text-hair', path: '' },
};

function StepMark({ state }: { readonly state: CheckState }) {
  const { className, path } = MARKS[state];
  const isRing = state !== 'done' && state !== 'warn';
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={`mt-px size-6 flex-none stroke-2 [stroke-linecap:round] [stroke-linejoin:round] ${className}`}
    >
      {state === 'warn' ? <path d="M12 3 22 21H2z" /> : null}
      {state === 'warn' ? null : <circle cx="12" cy="12" r="10" className={isRing ? 'stroke-current' : ''} />}
      <path d={path} className="fill-none stroke-current" />
    </svg>
  );
}

type StepProps = {
  readonly title: string;
  readonly check: Check;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** What there is to see and to do; shown while it is open. */
  readonly children: React.ReactNode;
};

/** One check of Setup: its mark, what is so in a sentence, and, opened, what to do. */
export function Step({ title, check: { state, says }, isOpen, onToggle, children }: StepProps) {
  const bodyId = useId();
  return (
    <li className="rounded-card bg-card">
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={onToggle}
          className="flex min-h-[68px] w-full touch-manipulation gap-3 px-4 py-3 text-left select-none active:opacity-70"
        >
          <StepMark state={state} />
          <span className="min-w-0 flex-1">
            <span className="flex items-baseline justify-between gap-x-2 max-[20rem]:block">
              <span className="font-semibold tracking-[-0.01em]">{title}</span>
              <span className="text-note whitespace-nowrap text-dim max-[20rem]:block">{CHECK_WORDS[state]}</span>
            </span>
            <span className="block text-[15px] break-words text-dim">{says}</span>
          </span>
        </button>
      </h2>
      <div id={bodyId} hidden={!isOpen} className="appear px-4 pb-4 text-[15px]">
        {isOpen ? children : null}
      </div>
    </li>
  );
}
