'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { askForNewest, reloadToNewest } from '#lib/client/setup/newest.ts';
import type { ThisDevice } from '#lib/client/setup/this-device.ts';

type Asked = 'no' | 'asking' | 'newest' | 'silent';

const ANSWERS: Readonly<Record<Asked, string | null>> = {
  no: null,
  asking: null,
  newest: 'Asked just now: this is the newest.',
  silent: 'The Mac did not answer.',
};

type OfflineStepProps = { readonly device: ThisDevice; readonly onAsked: () => Promise<void> };

/** What opens while the Mac sleeps, and whether it is the newest. */
export function OfflineStep({ device: { worker, isSecure }, onAsked }: OfflineStepProps) {
  const [asked, setAsked] = useState<Asked>('no');
  const look = async () => {
    setAsked('asking');
    setAsked((await askForNewest()) ? 'newest' : 'silent');
    await onAsked();
  };
  if (!isSecure) return <p>Without https a browser keeps no files, so the app opens only while the Mac answers.</p>;
  if (worker.state === 'unsupported')
    return <p>Some browsers keep them off in private windows. Open it in an ordinary one.</p>;
  if (worker.state === 'none')
    return <p>They are fetched once the page has loaded. Should this stay so, load it again.</p>;
  if (worker.state === 'waiting') {
    return (
      <>
        <p>It takes over when the page is loaded again, which happens by itself once you leave it.</p>
        <Button onClick={reloadToNewest} primary className="mt-3">
          Update now
        </Button>
      </>
    );
  }
  return (
    <>
      <p>Every screen opens at once from this device, also while the Mac sleeps, and tells how old it is.</p>
      <Button onClick={look} busy={asked === 'asking'} className="mt-3">
        {asked === 'asking' ? 'Asking…' : 'Look for a newer version'}
      </Button>
      <p role="status" className="mt-2 text-dim empty:hidden">
        {ANSWERS[asked]}
      </p>
    </>
  );
}
