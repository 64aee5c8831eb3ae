import type { GapReason } from '#lib/domain/cause.ts';

/** How the screens say why nothing was measured. */
export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
  asleep: 'asleep',
  stopped: 'Lifeline not running',
  frozen: 'Mac too busy to measure',
  clock: 'clock changed',
};
