import { type Block, type State, sharesOf, uptimeBlocks } from '#lib/client/uptime-blocks.ts';
import type { History } from '#lib/contract/history.ts';
import { TimeAxis } from './time-axis.tsx';

const LOOKS: Readonly<Record<State, string>> = {
  gap: 'hatched',
  ready: 'bg-ready',
  degraded: 'bg-degraded',
  down: 'bg-down',
};

function StripBlock({ block }: { readonly block: Block }) {
  return (
    <span className="flex h-full flex-1 flex-col overflow-hidden rounded-[2.5px]">
      {sharesOf(block).map(({ state, share }) => (
        <span key={state} className={LOOKS[state]} style={{ flexGrow: share }} />
      ))}
    </span>
  );
}

/** Uptime over time: each block's height tells how its time was spent, trouble at the foot, hatched where nothing was measured. */
export function UptimeStrip({ history, sentence }: { readonly history: History; readonly sentence: string }) {
  const blocks = uptimeBlocks(history);
  return (
    <div>
      <div role="img" aria-label={sentence} className="flex h-[34px] gap-[min(2px,0.3vw)]">
        {blocks.map((block) => (
          <StripBlock key={block.from} block={block} />
        ))}
      </div>
      <TimeAxis {...history} />
    </div>
  );
}

/** The strip's place before its data: the same height. */
export const StripSpace = () => (
  <div className="h-[58px]">
    <div className="skeleton h-[34px]" />
  </div>
);
