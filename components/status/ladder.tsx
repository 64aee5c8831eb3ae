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
    <li className="rung">
      <button
        type="button"
        aria-expanded={open}
        aria-controls="rung-detail"
        onClick={onToggle}
        className="rung-button"
        data-state={state}
      >
        <span className="rung-mark">
          <svg viewBox="0 0 20 20" aria-hidden="true">
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
      <ol className="isolate -mx-2 grid grid-cols-8 lg:grid-cols-1 lg:py-1">
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
