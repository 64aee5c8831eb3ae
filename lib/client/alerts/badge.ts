import { keptAtOnce } from '#lib/client/kept/answers.ts';
import { RequestFailure, request } from '#lib/client/request.ts';
import { totalDue } from '#lib/client/review/due-offer.ts';
import { STATUS_URL } from '#lib/client/status-url.ts';
import { dueSchema } from '#lib/contract/review.ts';
import { type Status, statusSchema } from '#lib/contract/status.ts';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import { type DurationMs, type EpochMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import { keptAlerts } from './kept-alerts.ts';

/** An older picture tells nothing of now. */
const FRESH_MS: DurationMs = MINUTE;
const LOOK_EVERY_MS: DurationMs = 30 * SECOND;
/** The first answer of a visit is there by then. */
const FIRST_LOOK_MS: DurationMs = 3 * SECOND;

type Known = { readonly level: Status['level'] | null; readonly due: number | null };

/** The number for the icon, 0 for none; null where what it would tell is not known, and the icon stays as it is. */
export function badgeOf(wanted: AlertPreferences['badge'], { level, due }: Known): number | null {
  switch (wanted) {
    case 'none':
      return 0;
    case 'due':
      return due;
    case 'down':
      return level === null || level === 'no-data' ? null : Number(level === 'down');
  }
}

/** The level as this phone was told within the last minute; null where it was not. */
function levelKnown(now: EpochMs): Status['level'] | null {
  const kept = keptAtOnce(STATUS_URL, statusSchema);
  return kept !== null && Math.abs(now - kept.receivedAt) <= FRESH_MS ? kept.data.level : null;
}

/** How many cards are due; null where nobody says. */
async function dueNow(): Promise<number | null> {
  try {
    const { counts } = await request('/api/review/due', dueSchema);
    return counts === null ? null : totalDue(counts);
  } catch (failure) {
    if (!(failure instanceof RequestFailure)) throw failure;
    return null;
  }
}

/** Sets the number on the app's icon as the owner wants it. Does nothing in a browser that knows no badges. */
export async function showBadge(): Promise<void> {
  if (!('setAppBadge' in navigator)) return;
  const { badge: wanted } = keptAlerts.read().preferences;
  const due = wanted === 'due' ? await dueNow() : null;
  const badge = badgeOf(wanted, { level: levelKnown(Date.now()), due });
  // Refused to an app that is not installed, or has no leave to notify.
  if (badge !== null) await navigator.setAppBadge(badge).catch(() => undefined);
}

/** Keeps the badge up to date while the app is open, and as it is left: nobody sees the icon before. Returns how to stop. */
export function keepBadge(): () => void {
  const show = (): void => void showBadge();
  const first = setTimeout(show, FIRST_LOOK_MS);
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') show();
  }, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', show);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
    document.removeEventListener('visibilitychange', show);
  };
}
