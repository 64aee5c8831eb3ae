'use client';

import { memo, useState } from 'react';
import type { Picture } from '#lib/client/glance.ts';
import { RUNG_STATE_WORDS, RUNG_WORDS } from '#lib/client/words.ts';
import type { Status } from '#lib/contract/status.ts';
import { RUNGS, type Rung, type RungState } from '#lib/domain/ladder.ts';
import type { Later } from './later.ts';

type Step = Status['ladder'][number];

const PATHS: Readonly<Record<RungState, string>> = {
  ok: 'M5 10.5l3.4 3.4L15 7',
  broken: 'M6 6l8 8M14 6l-8 8',
  unknown: 'M7.6 7.6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2 1.7M10 14.6v.1',
  'not-reached': 'M6.5 10h7',
};

/** An eighth of a phone is too narrow for its name. */
function RungWord({ rung }: { readonly rung: Rung }) {
  if (rung !== 'ankiconnect') return RUNG_WORDS[rung];
  return (
    <>
      <span className="list:hidden">Add-on</span>
      <span className="hidden list:inline">{RUNG_WORDS[rung]}</span>
    </>
  );
}

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
        <span className="lg:w-24">
          <RungWord rung={rung} />
        </span>
        <span className="sr-only">: {RUNG_STATE_WORDS[state]}</span>
        <span className="hidden min-w-0 flex-1 truncate font-normal text-dim lg:block">{step.detail}</span>
      </button>
    </li>
  );
}

const blank = (rung: Rung): Step => ({ rung, state: 'unknown', detail: '', at: null });

type LadderProps = { readonly picture: Picture | null; readonly later: Later | null };

/** The path from the phone to the card. Each rung opens what is known of it below. Ages tick without it. */
export const Ladder = memo(({ picture, later }: LadderProps) => {
  const [open, setOpen] = useState<Rung | null>(null);
  const steps = picture?.status.ladder ?? RUNGS.map(blank);
  const shown = steps.find(({ rung }) => rung === open);
  return (
    <div className="wears-off">
      <h2 className="sr-only">The path from phone to card</h2>
      <ol className="isolate -mx-3.5 grid grid-cols-8 list:-mx-2 list:grid-cols-1 list:py-1">
        {steps.map((step) => (
          <RungButton
            key={step.rung}
            step={step}
            open={open === step.rung}
            onToggle={() => setOpen(open === step.rung ? null : step.rung)}
          />
        ))}
      </ol>
      <div id="rung-detail" className="not-empty:pt-1 not-empty:pb-2">
        {shown === undefined || picture === null || later === null ? null : (
          <later.RungDetail step={shown} picture={picture} />
        )}
      </div>
    </div>
  );
});
