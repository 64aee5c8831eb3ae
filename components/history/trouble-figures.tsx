import { durationText } from '#lib/client/duration-text.ts';
import type { History } from '#lib/contract/history.ts';

type Figures = Pick<History, 'meanTimeToRecoverMs' | 'commonestCause' | 'incidents'>;

type FigureProps = { readonly label: string; readonly children: React.ReactNode };

const Figure = ({ label, children }: FigureProps) => (
  <div className="flex items-baseline justify-between gap-x-4 max-[16rem]:flex-wrap">
    <dt className="whitespace-nowrap text-dim max-[16rem]:whitespace-normal">{label}</dt>
    <dd className="text-right max-[16rem]:text-left">{children}</dd>
  </div>
);

const Strong = ({ children }: { readonly children: React.ReactNode }) => (
  <strong className="font-semibold">{children}</strong>
);

/** How long it takes until it is ready again, and what it mostly is. Nothing without incidents. */
export function TroubleFigures({ meanTimeToRecoverMs, commonestCause, incidents }: Figures) {
  if (commonestCause === null) return null;
  const isOnly = incidents.length === 1;
  return (
    <dl className="mt-2 mb-1 flex flex-col gap-1 border-b border-hair pb-2.5 text-[15px]">
      <Figure label={isOnly ? 'Time to recover' : 'Mean time to recover'}>
        {meanTimeToRecoverMs === null ? 'not seen yet' : <Strong>{durationText(meanTimeToRecoverMs)}</Strong>}
      </Figure>
      {isOnly ? null : (
        <Figure label="Commonest cause">
          <Commonest {...commonestCause} />
        </Figure>
      )}
    </dl>
  );
}

function Commonest({ headline, incidents }: NonNullable<History['commonestCause']>) {
  if (incidents === 1) return 'none came twice';
  return (
    <>
      <Strong>{headline.replace(/\.$/, '')}</Strong>{' '}
      <span className="whitespace-nowrap text-dim">· {incidents} times</span>
    </>
  );
}
