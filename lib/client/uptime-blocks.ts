import type { History } from '#lib/contract/history.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { Window } from '#lib/domain/window.ts';

/** How a stretch of time was spent, in the order a block stacks it from the top. */
export const STATES = ['gap', 'ready', 'degraded', 'down'] as const;
export type State = (typeof STATES)[number];

/** One block of the uptime strip: `from` inclusive, `to` exclusive, and how long each state lasted in it. */
export type Block = {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly spent: Readonly<Record<State, DurationMs>>;
};

/** Buckets in a block, so that a phone shows 48 to 90 of them. */
const BUCKETS_IN_BLOCK: Readonly<Record<Window, number>> = { '1h': 6, '24h': 6, '7d': 3, '30d': 6, '90d': 4, '1y': 7 };

/** A short outage is drawn at least this high, or nobody would see it. */
const LEAST_TROUBLE = 0.3;

/** The strip's blocks, oldest first. */
export function uptimeBlocks({ window, buckets, bucketMs, to }: History): readonly Block[] {
  const size = BUCKETS_IN_BLOCK[window];
  const blocks: Block[] = [];
  for (let start = 0; start < buckets.length; start += size) {
    const group = buckets.slice(start, start + size);
    const first = group[0];
    if (first === undefined) break;
    const spent = { gap: 0, ready: 0, degraded: 0, down: 0 };
    for (const bucket of group) {
      spent.gap += bucket.gapMs;
      spent.ready += bucket.readyMs;
      spent.degraded += bucket.degradedMs;
      spent.down += bucket.downMs;
    }
    blocks.push({ from: first.at, to: Math.min(to, first.at + group.length * bucketMs), spent });
  }
  return blocks;
}

/** How much of a block's height each state gets; they sum to 1, and trouble is never too thin to see. */
export function sharesOf({ spent }: Block): readonly { readonly state: State; readonly share: number }[] {
  const total = STATES.reduce((sum, state) => sum + spent[state], 0);
  if (total === 0) return [{ state: 'gap', share: 1 }];
  const wanted = STATES.filter((state) => spent[state] > 0).map((state) => {
    const share = spent[state] / total;
    const isTrouble = state === 'degraded' || state === 'down';
    return { state, share: isTrouble ? Math.max(LEAST_TROUBLE, share) : share };
  });
  const sum = wanted.reduce((all, { share }) => all + share, 0);
  return wanted.map(({ state, share }) => ({ state, share: share / sum }));
}
