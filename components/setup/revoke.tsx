'use client';

import { useState } from 'react';
import { revokeDevice } from '#lib/client/setup/revoke-device.ts';
import type { DeviceView } from '#lib/contract/setup.ts';

const BUTTON = 'min-h-11 min-w-11 rounded-[10px] px-2 text-[15px] font-semibold active:opacity-70';

type RevokeProps = { readonly device: DeviceView; readonly onRevoked: () => void };

/** Turns a device out, after a second press. What it keeps stays on it; it gets nothing new. */
export function Revoke({ device: { id, name, isThis }, onRevoked }: RevokeProps) {
  const [step, setStep] = useState<'idle' | 'sure' | 'asking'>('idle');
  const [refusal, setRefusal] = useState<string | null>(null);
  const revoke = async () => {
    setStep('asking');
    setRefusal(await revokeDevice(id));
    setStep('idle');
    onRevoked();
  };
  if (step === 'idle') {
    return (
      <span className="ml-auto text-right">
        <button type="button" onClick={() => setStep('sure')} className={`${BUTTON} text-accent`}>
          Turn out<span className="sr-only"> {name}</span>
        </button>
        <span role="alert" className="block text-note text-down empty:hidden">
          {refusal}
        </span>
      </span>
    );
  }
  return (
    <fieldset className="flex w-full flex-wrap items-center justify-end gap-x-2">
      <legend className="float-left mr-auto py-2.5 text-[15px]">
        {isThis ? 'Turn this device out?' : 'Turn it out?'}
      </legend>
      <button type="button" onClick={() => setStep('idle')} className={`${BUTTON} text-accent`}>
        Cancel
      </button>
      <button
        type="button"
        onClick={step === 'asking' ? undefined : revoke}
        aria-disabled={step === 'asking'}
        className={`${BUTTON} text-down`}
      >
        {step === 'asking' ? 'Turning out…' : 'Turn out'}
      </button>
    </fieldset>
  );
}
