'use client';

import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { durationText } from '#lib/client/duration-text.ts';
import { type Picture, serverNow } from '#lib/client/glance.ts';
import { useNow } from '#lib/client/now.ts';
import type { FailureKind, RequestFailure } from '#lib/client/request.ts';
import { isMendedByStarting, runToShow } from '#lib/client/start-offer.ts';
import { type Press, useStart } from '#lib/client/start-server.ts';
import type { RunView, StartAction } from '#lib/contract/action.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { RunCard } from './run-card.tsx';

/** What follows from each failure of the request itself; a refusal says all of it. */
const AFTERWARDS: Readonly<Record<FailureKind, string>> = {
  unreachable: ' It may have been started all the same: that shows here as soon as the Mac answers.',
  'not-running': ' Nothing was started.',
  unpaired: '',
  refused: '',
  unreadable: ' It may have been started all the same.',
};

/** The run that this press began, until the status has seen it. */
function newestRun(press: Press, picture: Picture): RunView | null {
  const isNews = press.step === 'begun' && picture.status.servedAt <= press.run.startedAt;
  return runToShow(picture.status, isNews ? press.run : undefined);
}

function StartFailure({ failure }: { readonly failure: RequestFailure }) {
  return (
    <p role="alert" className="px-1 text-[15px] text-dim">
      {failure.message}
      {AFTERWARDS[failure.kind]}
    </p>
  );
}

type OfferProps = {
  readonly start: StartAction;
  /** A run under way. */
  readonly run: RunView | null;
  readonly press: Press;
  readonly macNow: EpochMs;
  readonly primary: boolean;
  readonly onPress: () => void;
};

/** The button, or why this person has none. It stays in its place while the server is being started. */
function Offer({ start, run, press, macNow, primary, onPress }: OfferProps) {
  if (run === null && (start.state === 'not-owner' || start.state === 'not-now')) {
    return (
      <Card className="basis-full">
        <h2 className="text-[15px] font-semibold">{start.label}</h2>
        <p className="mt-0.5 text-[15px] text-dim">{start.detail ?? 'Not from here.'}</p>
      </Card>
    );
  }
  const isBusy = press.step === 'asking' || run !== null || start.state === 'busy';
  const elapsed = run === null ? '' : ` ${durationText(macNow - run.startedAt)}`;
  return (
    <Button
      primary={primary}
      busy={isBusy}
      onClick={onPress}
      className={`flex-1 basis-[150px] ${primary ? '' : 'bg-card!'}`}
    >
      {isBusy ? `Starting…${elapsed}` : start.label}
    </Button>
  );
}

type StartServerProps = {
  readonly picture: Picture;
  readonly start: StartAction;
  readonly refresh: () => void;
  /** What else can be done, before it in the same row; null for nothing. */
  readonly beside: React.ReactNode;
};

/** Starts the review server where that is what mends it, and follows the run until it is up or has failed. */
export function StartServer({ picture, start, refresh, beside }: StartServerProps) {
  const { press, start: ask } = useStart(refresh);
  const macNow = serverNow(picture, useNow());
  const run = newestRun(press, picture);
  const underWay = run?.outcome === null ? run : null;
  // The server answers already, and a second check is on its way to say so.
  const isRecovering = picture.status.pending?.level === 'ready';
  const isOffered = underWay !== null || (!isRecovering && isMendedByStarting(picture.status.diagnosis.cause));
  return (
    <>
      <div className="flex flex-wrap gap-3 empty:hidden">
        {beside}
        {isOffered ? (
          <Offer start={start} run={underWay} press={press} macNow={macNow} primary={beside === null} onPress={ask} />
        ) : null}
      </div>
      {press.step === 'failed' && underWay === null && start.state !== 'busy' ? (
        <StartFailure failure={press.failure} />
      ) : null}
      {run === null ? null : <RunCard run={run} macNow={macNow} />}
    </>
  );
}
