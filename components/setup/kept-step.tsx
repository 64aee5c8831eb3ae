'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { sizeText } from '#lib/client/setup/bytes-text.ts';
import type { ThisDevice } from '#lib/client/setup/this-device.ts';

type KeptStepProps = { readonly device: ThisDevice; readonly onAsked: () => Promise<void> };

/** Whether what is kept here stays, and the question to the browser to keep it. */
export function KeptStep({ device: { storage, isSecure, kind, isInstalled }, onAsked }: KeptStepProps) {
  const [asked, setAsked] = useState<'no' | 'asking' | 'refused'>('no');
  const keepIt = async () => {
    setAsked('asking');
    const isGranted = await navigator.storage.persist().catch(() => false);
    setAsked(isGranted ? 'no' : 'refused');
    await onAsked();
  };
  return (
    <>
      <p>
        The last picture of Status and History, the cards for the way, and grades that the Mac has not counted yet
        {storage?.usedBytes == null ? '' : `: ${sizeText(storage.usedBytes)} so far`}.
      </p>
      {!isSecure ? <p className="mt-2">Without https the browser promises nothing.</p> : null}
      {storage === null || storage.isPersisted ? null : (
        <>
          <Button onClick={keepIt} busy={asked === 'asking'} className="mt-3">
            {asked === 'asking' ? 'Asking…' : 'Keep it for good'}
          </Button>
          <p role="status" className="mt-2 text-dim empty:hidden">
            {asked === 'refused' ? refusal(kind, isInstalled) : null}
          </p>
        </>
      )}
    </>
  );
}

/** A browser decides by itself, and asks nobody. Source: WebKit's storage policy. */
function refusal(kind: ThisDevice['kind'], isInstalled: boolean): string {
  const meaning =
    'The browser said no. What is kept works as before, but may be gone one day: grades that still wait with it.';
  if (isInstalled) return `${meaning} Ask again when the app has been used for a while.`;
  return kind === 'desktop' ? meaning : `${meaning} It says yes to an app on the Home Screen.`;
}
