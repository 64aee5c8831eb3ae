'use client';

import { useState } from 'react';
import { durationText } from '#lib/client/duration-text.ts';
import { type Picture, serverNow } from '#lib/client/glance.ts';
import { useNow } from '#lib/client/now.ts';
import { RUNG_STATE_WORDS, RUNG_WORDS } from '#lib/client/words.ts';
import type { Status } from '#lib/contract/status.ts';
import { RUNGS, type Rung, type RungState } from '#lib/domain/ladder.ts';

type Step = Status['ladder'][number];

const PATHS: Readonly<Record<RungState, string>> = {
  ok: 'M5 10.5l3.4 3.4L15 7',
  broken: 'M6 6l8 8M14 6l-8 8',
  unknown: 'M7.6 7.6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2 1.7M10 14.6v.1',
  'not-reached': 'M6.5 10h7',
};

const LOOKS: Readonly<Record<RungState, string>> = {
  ok: 'rounded-full bg-ready-soft text-ready',
  broken: 'rounded-[9px] bg-down text-card',
  unknown: 'rounded-full bg-card text-dim outline-dashed outline-[1.5px] -outline-offset-[1.5px] outline-rest',
  'not-reached': 'rounded-full bg-card text-dim outline-solid outline-[1.5px] -outline-offset-[1.5px] outline-hair',
};

function RungButton({
  step,
  open,
  onToggle,
}: {
  readonly step: Step;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const { rung, state } = step;
  return (
    <li className="relative flex-1 before:absolute before:-z-10 first:before:hidden before:top-[23px] before:right-1/2 before:left-[-50%] before:h-0.5 before:bg-hair lg:before:top-[-50%] lg:before:right-auto lg:before:bottom-1/2 lg:before:left-[21px] lg:before:h-auto lg:before:w-0.5">
      <button
        type="button"
        aria-expanded={open}
        aria-controls="rung-detail"
        onClick={onToggle}
        className="flex min-h-[64px] w-full flex-col items-center gap-1.5 rounded-xl pt-2.5 text-[11px] text-dim lg:min-h-12 lg:flex-row lg:gap-3 lg:px-2 lg:pt-0 lg:text-left lg:text-[15px] lg:text-ink aria-expanded:font-semibold aria-expanded:text-ink data-[state=broken]:font-semibold data-[state=broken]:text-down"
        data-state={state}
      >
        <span className={`grid size-7 place-items-center ring-4 ring-card ${LOOKS[state]}`}>
          <svg
            viewBox="0 0 20 20"
            aria-hidden="true"
            className="size-5 fill-none stroke-current stroke-2 [stroke-linecap:round] [stroke-linejoin:round]"
          >
            <path d={PATHS[state]} />
          </svg>
        </span>
        <span className="lg:w-16">{RUNG_WORDS[rung]}</span>
        <span className="sr-only">: {RUNG_STATE_WORDS[state]}</span>
        <span className="hidden min-w-0 flex-1 truncate font-normal text-dim lg:block">{step.detail}</span>
      </button>
    </li>
  );
}

function RungDetail({ step, picture }: { readonly step: Step; readonly picture: Picture }) {
  const macNow = serverNow(picture, useNow());
  const age = step.at === null ? 'not looked at yet' : `${durationText(macNow - step.at)} ago`;
  return (
    <p className="border-t border-hair pt-3 text-[15px]">
      <strong className="font-semibold">
        {RUNG_WORDS[step.rung]}: {RUNG_STATE_WORDS[step.state]}.
      </strong>{' '}
      {step.detail} <span className="text-note text-dim">· {age}</span>
    </p>
  );
}

const blank = (rung: Rung): Step => ({ rung, state: 'unknown', detail: '', at: null });

/** The path from the phone to the card. Each rung opens what is known of it below. */
export function Ladder({ picture }: { readonly picture: Picture | null }) {
  const [open, setOpen] = useState<Rung | null>(null);
  const steps = picture?.status.ladder ?? RUNGS.map(blank);
  const shown = steps.find(({ rung }) => rung === open);
  return (
    <div className="wears-off">
      <h2 className="sr-only">The path from phone to card</h2>
      <ol className="isolate -mx-2 flex lg:flex-col lg:py-1">
        {steps.map((step) => (
          <RungButton
            key={step.rung}
            step={step}
            open={open === step.rung}
            onToggle={() => setOpen(open === step.rung ? null : step.rung)}
          />
        ))}
      </ol>
      <div id="rung-detail" aria-live="polite" className="not-empty:pt-1 not-empty:pb-2">
        {shown === undefined || picture === null ? null : <RungDetail step={shown} picture={picture} />}
      </div>
    </div>
  );
}
