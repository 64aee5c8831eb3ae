import { setTimeout as sleep } from 'node:timers/promises';
import type { EpochMs } from '#lib/domain/time.ts';
import type { GradingClock } from './writer.ts';

/** Anki's "Next day starts at", unless somebody changed it; no action of AnkiConnect tells. Hours past midnight, local time. */
const ROLLOVER_HOUR = 4;

/** The clock of this machine, which is Anki's. */
export const GRADING_CLOCK: GradingClock = { now: Date.now, dayBegan, sleep: (ms) => sleep(ms) };

function dayBegan(at: EpochMs): EpochMs {
  const day = new Date(at);
  if (day.getHours() < ROLLOVER_HOUR) day.setDate(day.getDate() - 1);
  return day.setHours(ROLLOVER_HOUR, 0, 0, 0);
}
