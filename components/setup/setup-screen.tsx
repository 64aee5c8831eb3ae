'use client';

import { FreshnessLine } from '#components/freshness/freshness-line.tsx';
import { NoAnswer } from '#components/freshness/no-answer.tsx';
import { useAlerts } from '#lib/client/alerts/use-alerts.ts';
import { useNow } from '#lib/client/now.ts';
import { checksOf, nextStep, progressOf, STEPS } from '#lib/client/setup/checks.ts';
import { SETUP_EVERY_MS, useSetup } from '#lib/client/setup/setup-feed.ts';
import { useThisDevice } from '#lib/client/setup/this-device.ts';
import { BUILD } from '#lib/contract/build.ts';
import { Steps } from './steps.tsx';
import { WhoCard } from './who-card.tsx';

/** Gets Lifeline onto the phone: steps that are checks, and turn green by themselves. */
export function SetupScreen() {
  const { data, times, trouble, refresh } = useSetup();
  const { device, lookAgain } = useThisDevice();
  const alerts = useAlerts();
  const now = useNow();
  const setup = data ?? null;
  const checks = checksOf({ setup, why: trouble?.failure.kind ?? null, device, alerts: alerts.check, build: BUILD });
  const progress = progressOf(checks);
  return (
    <>
      <Progress progress={progress} />
      {setup === null && trouble !== null ? (
        <NoAnswer trouble={trouble} refresh={refresh} />
      ) : (
        <FreshnessLine times={times} trouble={trouble} everyMs={SETUP_EVERY_MS} />
      )}
      {progress === null ? (
        <StepsSkeleton />
      ) : (
        <>
          <Steps checks={checks} next={nextStep(checks)} known={{ setup, device, alerts }} onLookAgain={lookAgain} />
          {setup === null ? null : <WhoCard setup={setup} now={now} isFresh={trouble === null} onRevoked={refresh} />}
        </>
      )}
    </>
  );
}

/** How far it has come: in words, and as a bar for those who see it. */
function Progress({ progress }: { readonly progress: ReturnType<typeof progressOf> }) {
  const share = progress === null ? 0 : progress.done / progress.of;
  return (
    <div className="-mt-1 px-1">
      <p role="status" className="text-[15px] text-dim">
        {progress === null ? 'Looking…' : progressWords(progress)}
      </p>
      <svg
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="mt-2 block h-1 w-full rounded-full"
      >
        <path d="M0 0h100v4H0z" className="fill-hair" />
        <path d={`M0 0h${100 * share}v4H0z`} className="fill-ready" />
      </svg>
    </div>
  );
}

const progressWords = ({ done, of }: { readonly done: number; readonly of: number }): string =>
  done === of ? 'Everything is set up.' : `${done} of ${of} done`;

/** Until every step is judged: rows that grow and open one after the other would push what is read. */
const StepsSkeleton = () => (
  <div aria-hidden="true" className="grid gap-2">
    {STEPS.map((name) => (
      <div key={name} className="flex min-h-[68px] gap-3 rounded-card bg-card px-4 py-3">
        <div className="skeleton size-6 flex-none rounded-full" />
        <div className="flex-1">
          <div className="skeleton h-5 w-2/5" />
          <div className="skeleton mt-1.5 h-4 w-4/5" />
        </div>
      </div>
    ))}
  </div>
);
