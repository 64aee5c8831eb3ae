import type { History } from '#lib/contract/history.ts';

/** What every chart gets; `sentence` tells it to those who cannot see it. */
export type ChartProps = { readonly history: History; readonly sentence: string };
