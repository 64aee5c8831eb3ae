import type { FailureKind, RequestFailure } from '#lib/client/request.ts';

type Step = readonly [means: string, attempt: string];

const LOST: readonly Step[] = [
  ['Tailscale is off on this phone.', 'Open the Tailscale app and turn it on.'],
  ['The Mac sleeps or is switched off.', 'Wake it, and keep it awake while you review.'],
  ['Lifeline is not running on the Mac.', 'Start it there with npm start.'],
];

const STEPS: Readonly<Record<Exclude<FailureKind, 'unpaired'>, readonly Step[]>> = {
  unreachable: LOST,
  'not-running': [['The Mac is awake and answers, but Lifeline does not.', 'Start it there with npm start.']],
  refused: [['Lifeline is there, but could not tell what was asked.', 'Look at what it printed on the Mac.']],
  unreadable: [['Lifeline on the Mac is newer or older than this page.', 'Close this page and open it again.']],
};

/** What it means that the page gets no fresh data, and what to try. A phone that is not paired is told otherwise: see PairPhone. */
export function Meaning({ failure }: { readonly failure: RequestFailure }) {
  if (failure.kind === 'unpaired') return null;
  const steps = STEPS[failure.kind];
  return (
    <>
      <h2 className="font-semibold">{steps.length > 1 ? 'One of these is so' : 'What this means'}</h2>
      <ol className="mt-1">
        {steps.map(([means, attempt]) => (
          <li key={means} className="border-t border-hair py-2.5 text-[15px] first:border-0 last:pb-0.5">
            {means} <span className="block text-dim">{attempt}</span>
          </li>
        ))}
      </ol>
      {failure.kind === 'refused' ? <p className="mt-2 text-note text-dim">It said: {failure.message}</p> : null}
    </>
  );
}
