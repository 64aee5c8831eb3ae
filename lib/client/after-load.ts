import { keepBadge } from './alerts/badge.ts';
import { followAlerts, keepAlerts } from './alerts/keep-alerts.ts';
import { watchWay } from './phone/watch-way.ts';
import { keepUpToDate } from './worker-update.ts';

/** What runs beside every screen while the app is open. Each begins and returns how to stop. */
const BESIDE: readonly (() => () => void)[] = [keepUpToDate, followAlerts, keepAlerts, keepBadge, watchWay];

/** Begins all of it, each in a task of its own, so that none holds up a tap. Returns how to stop. */
export function beginAfterLoad(): () => void {
  const stops: (() => void)[] = [];
  const timers = BESIDE.map((begin) => setTimeout(() => stops.push(begin())));
  return () => {
    for (const timer of timers) clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
