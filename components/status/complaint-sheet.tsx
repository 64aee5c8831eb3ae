'use client';

import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { APP_SIGNS, type AppSign, codeText } from '#lib/client/app-words.ts';
import { type Look, useDeepLook } from '#lib/client/deep-look.ts';
import { durationText } from '#lib/client/duration-text.ts';
import { useNow } from '#lib/client/now.ts';
import type { AppCode } from '#lib/domain/facts.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { ComplaintResult } from './complaint-result.tsx';

type Choose = (app: AppCode | null) => void;

function SignRow({ sign, onChoose }: { readonly sign: AppSign; readonly onChoose: Choose }) {
  return (
    <li className="border-t border-hair first:border-0">
      <button
        type="button"
        onClick={() => onChoose(sign.code)}
        className="flex min-h-[50px] w-full touch-manipulation items-center justify-between gap-3 py-2.5 text-left text-[15px] active:opacity-70"
      >
        {sign.text}
        <span className="flex-none text-note text-dim">{codeText(sign.code)}</span>
      </button>
    </li>
  );
}

/** All that the app can show, under its own captions. */
function Choices({ onChoose }: { readonly onChoose: Choose }) {
  return (
    <>
      <p className="px-1 text-[15px] text-dim">Choose what it says. The number tells the most.</p>
      {APP_SIGNS.map(({ caption, signs }) => (
        <Card key={caption} className="py-1.5!">
          <h3 className="pt-2 text-note text-dim">{caption}</h3>
          <ul>
            {signs.map((sign) => (
              <SignRow key={sign.code} sign={sign} onChoose={onChoose} />
            ))}
          </ul>
        </Card>
      ))}
      <Button onClick={() => onChoose(null)} className="bg-card!">
        Something else
      </Button>
    </>
  );
}

function Looking({ since }: { readonly since: EpochMs }) {
  const now = useNow();
  return (
    <Card className="min-h-[132px]">
      <h3 className="font-semibold">
        <span aria-live="polite">Looking closer…</span>
      </h3>
      <p className="mt-1 text-[15px] text-dim">
        At ports, processes, the firewall, Tailscale and Anki. It takes up to 6 s.
      </p>
      <p className="mt-1 text-note text-dim">{durationText(Math.max(0, now - since))}</p>
    </Card>
  );
}

type LookedProps = { readonly look: Look; readonly onChoose: Choose };

function Looked({ look, onChoose }: LookedProps) {
  switch (look.step) {
    case 'idle':
      return <Choices onChoose={onChoose} />;
    case 'looking':
      return <Looking since={look.since} />;
    case 'found':
      return <ComplaintResult report={look.report} receivedAt={look.receivedAt} />;
    case 'failed':
      return (
        <Card>
          <h3 className="font-semibold">It could not be looked at</h3>
          <p role="alert" className="mt-1 mb-3 text-[15px] text-dim">
            {look.failure.message}
          </p>
          <Button onClick={() => onChoose(look.app)}>Try again</Button>
        </Card>
      );
  }
}

/** Asks what the phone app shows, looks closer with that, and says what it comes to. */
export function ComplaintSheet({ onClose }: { readonly onClose: () => void }) {
  const { look, start, forget } = useDeepLook();
  return (
    <Sheet title={look.step === 'found' ? 'What it comes to' : 'What does it show?'} onClose={onClose}>
      <Looked look={look} onChoose={start} />
      {look.step === 'idle' ? null : (
        <button type="button" onClick={forget} className="min-h-11 font-semibold text-accent active:opacity-70">
          It shows something else
        </button>
      )}
    </Sheet>
  );
}
