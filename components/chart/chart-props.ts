import type { History } from '#lib/contract/history.ts';
import type { PhoneHistory } from '#lib/contract/phone.ts';

/** What every chart gets; `sentence` tells it to those who cannot see it. */
export type ChartProps = {
  readonly history: History;
  readonly sentence: string;
  /** What phones measured, for the chart that shows it; null while it is not known, absent where it is not asked for. */
  readonly phone?: PhoneHistory | null;
};
