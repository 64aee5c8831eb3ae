import { keepBadge } from './alerts/badge.ts';
import { followAlerts, keepAlerts } from './alerts/keep-alerts.ts';
import { watchTabs } from './tabs/watch-tabs.ts';
import { keepUpToDate } from './worker-update.ts';

/** What runs beside every screen while the app is open. Each begins at once and returns how to stop. */
const BESIDE: readonly (() => () => void)[] = [keepUpToDate, followAlerts, keepAlerts, keepBadge, watchTabs];

/** Begins all of it. Returns how to stop. */
export function beginAfterLoad(): () => void {
  const stops = BESIDE.map((begin) => begin());
  return () => {
    for (const stop of stops) stop();
  };
}
