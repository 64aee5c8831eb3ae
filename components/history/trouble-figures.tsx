import { durationText } from '#lib/client/duration-text.ts';
import type { History } from '#lib/contract/history.ts';

type Figures = Pick<History, 'meanTimeToRecoverMs' | 'commonestCause' | 'incidents'>;

/** How long it takes until it is ready again, and what it mostly is. Nothing without incidents. */
export function TroubleFigures({ meanTimeToRecoverMs, commonestCause, incidents }: Figures) {
  if (commonestCause === null) return null;
  const { headline, incidents: alike } = commonestCause;
  const isOnly = incidents.length === 1;
  return (
    <dl className="mt-2 mb-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 border-b border-hair pb-2.5 text-[15px]">
      <dt className="text-dim">{isOnly ? 'Time to recover' : 'Mean time to recover'}</dt>
      <dd className="text-right font-semibold">
        {meanTimeToRecoverMs === null ? 'not seen yet' : durationText(meanTimeToRecoverMs)}
      </dd>
      {isOnly ? null : (
        <>
          <dt className="text-dim">Commonest cause</dt>
          <dd className="text-right">
            <span className="font-semibold text-balance">{headline.replace(/\.$/, '')}</span>{' '}
            <span className="whitespace-nowrap text-dim">· {alike} ×</span>
          </dd>
        </>
      )}
    </dl>
  );
}
