'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHead } from '#components/ui/card.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { type ReportCopy, useReport } from '#lib/client/report.ts';
import type { AppCode } from '#lib/domain/facts.ts';

const LABELS: Readonly<Record<ReportCopy['step'], string>> = {
  idle: 'Copy report',
  fetching: 'Looking closer…',
  copied: 'Copied',
  shown: 'Copy report',
  failed: 'Copy report',
};

function noteOf(state: ReportCopy, isMasked: boolean): string {
  switch (state.step) {
    case 'idle':
    case 'fetching':
      return 'All that is known as plain text, to paste where you ask for help.';
    case 'copied':
      return isMasked ? 'Names and addresses are masked in it.' : 'It holds your names and addresses.';
    case 'shown':
      return 'This browser would not copy it. Select it here, or share it.';
    case 'failed':
      return state.failure.message;
  }
}

/** The report where the browser would not copy it. A tap selects all of it. */
function ByHand({ text }: { readonly text: string }) {
  const share = 'share' in navigator ? () => void navigator.share({ text }).catch(() => undefined) : null;
  return (
    <>
      <textarea
        readOnly
        aria-label="The report"
        value={text}
        onFocus={({ currentTarget }) => currentTarget.select()}
        className="mt-2 block h-40 w-full rounded-[10px] bg-bg p-3 font-mono text-[16px]"
      />
      {share === null ? null : (
        <Button onClick={share} className="mt-2">
          Share…
        </Button>
      )}
    </>
  );
}

/** One tap to ask for help: the whole report on the clipboard, without names and addresses unless they are wanted. */
export function CopyReport({ app }: { readonly app: AppCode | null }) {
  const [isMasked, setIsMasked] = useState(true);
  const { state, copy, forget } = useReport();
  return (
    <Card>
      <CardHead title="Ask for help" />
      <p role="status" className="mt-1 min-h-10 text-[15px] text-dim">
        {noteOf(state, isMasked)}
      </p>
      <Button
        busy={state.step === 'fetching'}
        onClick={() => copy({ app, asText: { masked: isMasked } })}
        className="mt-2.5"
      >
        {LABELS[state.step]}
      </Button>
      {state.step === 'shown' ? <ByHand text={state.text} /> : null}
      <Switch
        label="With names and addresses"
        isOn={!isMasked}
        onChange={(isOn) => {
          setIsMasked(!isOn);
          forget();
        }}
      />
    </Card>
  );
}
