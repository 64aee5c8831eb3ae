'use client';

import { type FormEvent, useState } from 'react';
import { mutate } from 'swr';
import { Card } from '#components/ui/card.tsx';
import { pairPhone, tokenIn } from '#lib/client/pair.ts';

type Step = { readonly is: 'idle' | 'asking' | 'paired' } | { readonly is: 'refused'; readonly why: string };

const NOTHING = 'Paste the link, or its token, first.';
const NO_TOKEN = 'There is no token in that link. It ends in ?token= and the token.';

/** Asks everything anew that any screen has asked for. */
const askAllAnew = () => mutate(() => true);

/** The way in for a phone that the Mac does not know: the link or its token, pasted once. Then everything comes by itself. */
export function PairPhone() {
  const [pasted, setPasted] = useState('');
  const [step, setStep] = useState<Step>({ is: 'idle' });
  const pair = async (event: FormEvent) => {
    event.preventDefault();
    if (step.is === 'asking') return;
    const token = tokenIn(pasted);
    if (token === '') return setStep({ is: 'refused', why: pasted.trim() === '' ? NOTHING : NO_TOKEN });
    setStep({ is: 'asking' });
    const why = await pairPhone(token);
    setStep(why === null ? { is: 'paired' } : { is: 'refused', why });
    if (why === null) await askAllAnew();
  };
  return (
    <Card className="appear">
      <h2 className="font-semibold">Let this phone in</h2>
      <p className="mt-1 text-[15px] text-dim">
        Lifeline shows what it knows only to devices that were let in. On the Mac, open Setup or run npm run tailnet:
        both show a link. Open it here, or paste it.
      </p>
      <form onSubmit={pair} className="mt-3 flex flex-col gap-2">
        <label htmlFor="pairing" className="text-[15px] font-semibold">
          Link or token
        </label>
        <input
          id="pairing"
          type="text"
          value={pasted}
          onChange={({ target }) => setPasted(target.value)}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={1_000}
          aria-describedby="pairing-told"
          aria-invalid={step.is === 'refused'}
          className="min-h-12 w-full rounded-[12px] border border-rest bg-bg px-3 text-[17px]"
        />
        <p id="pairing-told" role="status" className="min-h-9 text-[15px] text-down">
          {step.is === 'refused' ? step.why : ''}
          {step.is === 'paired' ? <span className="text-ready">Paired. Asking the Mac…</span> : null}
        </p>
        <button
          type="submit"
          aria-disabled={step.is === 'asking'}
          className="min-h-[50px] touch-manipulation rounded-[14px] bg-fill px-4 font-semibold text-white select-none active:opacity-70 aria-disabled:opacity-60"
        >
          {step.is === 'asking' ? 'Pairing…' : 'Pair this phone'}
        </button>
      </form>
    </Card>
  );
}
