import { Unreachable } from '#components/freshness/unreachable.tsx';
import type { RequestFailure } from '#lib/client/request.ts';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { some } from '#lib/client/review/words.ts';
import type { GatewayKind } from '#lib/domain/review/gateway.ts';
import { LookAgain } from './look-again.tsx';
import { TroubleCard } from './trouble-card.tsx';

const GATEWAY_WORDS: Readonly<Record<GatewayKind, string>> = {
  'anki-connect': 'Directly from Anki',
  'review-server': 'Through the review server',
};

type NothingProps = Pick<ReviewSession, 'troubles' | 'silence' | 'waiting' | 'refresh'> & {
  /** Why the Mac itself does not answer; null while it does. */
  readonly failure: RequestFailure | null;
};

function whatWasTried(troubles: number, silence: string | null): string {
  if (troubles === 0)
    return `${silence ?? 'The Mac does not answer.'} Whenever this screen is open while it does, cards are kept here.`;
  return troubles === 1 ? 'It was tried just now.' : 'Both ways were tried just now.';
}

/** No card is to be had: each way that was tried, what is the matter with it, and what mends it. */
export function Nothing({ troubles, silence, waiting, refresh, failure }: NothingProps) {
  return (
    <div className="appear mx-auto flex w-full max-w-[520px] flex-col gap-3 pb-4">
      <div className="px-1 pt-4">
        <h2 className="text-[22px] font-bold tracking-[-0.01em]">
          {troubles.length === 0 ? 'No cards on this phone' : 'No way to Anki'}
        </h2>
        <p className="mt-1 text-[15px] text-dim">{whatWasTried(troubles.length, silence)}</p>
        {waiting === 0 ? null : (
          <p className="mt-1 text-[15px]">{some(waiting, 'grade')} wait on this phone, and nothing of it is lost.</p>
        )}
      </div>
      {troubles.map(({ kind, trouble }) => (
        <TroubleCard key={kind} title={GATEWAY_WORDS[kind]} trouble={trouble} />
      ))}
      {failure === null ? null : <Unreachable failure={failure} />}
      <LookAgain primary refresh={refresh} />
    </div>
  );
}
