'use client';

import { StaleLine } from '#components/history/stale-line.tsx';
import { Card } from '#components/ui/card.tsx';
import { FailureCard } from '#components/ui/failure-card.tsx';
import { useNow } from '#lib/client/now.ts';
import { checksOf, nextStep, progressOf } from '#lib/client/setup/checks.ts';
import { useSetup } from '#lib/client/setup/setup-feed.ts';
import { useThisDevice } from '#lib/client/setup/this-device.ts';
import { BUILD } from '#lib/contract/build.ts';
import { Steps } from './steps.tsx';
import { WhoCard } from './who-card.tsx';

/** Gets Lifeline onto the phone: steps that are checks, and turn green by themselves. */
export function SetupScreen() {
  const { data, failure, refresh } = useSetup();
  const setup = data ?? null;
  const { device, lookAgain } = useThisDevice();
  const now = useNow();
  const alerts = { state: 'optional', says: 'Not built yet.' } as const;
  const checks = checksOf({ setup, isAsking: failure === null, device, alerts, build: BUILD });
  const progress = progressOf(checks);
  return (
    <>
      <p role="status" className="-mt-2 min-h-6 px-1 text-[15px] text-dim">
        {progress === null ? 'Looking…' : progressWords(progress)}
      </p>
      {failure === null ? null : setup === null ? (
        <FailureCard failure={failure} onRetry={refresh} />
      ) : (
        <StaleLine servedAt={setup.servedAt} />
      )}
      <Steps checks={checks} next={nextStep(checks)} setup={setup} device={device} onLookAgain={lookAgain} />
      {setup === null ? (
        failure === null ? (
          <Card className="min-h-[150px]">
            <div className="skeleton h-5 w-2/5" />
            <div className="skeleton mt-3 h-4 w-4/5" />
          </Card>
        ) : null
      ) : (
        <WhoCard setup={setup} now={now} isFresh={failure === null} onRevoked={refresh} />
      )}
    </>
  );
}

function progressWords({ done, of }: { readonly done: number; readonly of: number }): string {
  return done === of ? 'Everything is set up.' : `${done} of ${of} done`;
}
