import { clockText } from '#lib/client/clock-text.ts';
import { durationText } from '#lib/client/duration-text.ts';
import type { Check } from '#lib/client/setup/check.ts';
import type { Alerts, AlertTest } from '#lib/contract/alerts.ts';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { AlertsState } from './alerts-state.ts';
import type { Obstacle } from './obstacle.ts';

type Told = { readonly says: string; readonly todo: string };

/** What stands in the way, and what to do about it. On iOS a refusal is asked about once in an app's life. */
export function tellObstacle(obstacle: Obstacle, isIos: boolean): Told {
  switch (obstacle) {
    case 'insecure':
      return {
        says: 'Alerts need the https address.',
        todo: 'Open Lifeline by the https address of the first step; alerts can be switched on there.',
      };
    case 'not-installed':
      return {
        says: 'Alerts need Lifeline on the Home Screen.',
        todo: 'On an iPhone or iPad only an app on the Home Screen is called. Add Lifeline to it, open it from there, and switch alerts on here.',
      };
    case 'no-push':
      return {
        says: 'This browser cannot be called.',
        todo: isIos
          ? 'Alerts need iOS 16.4 or newer. Update in Settings → General → Software Update.'
          : 'It has no Web Push. Chrome, Edge, Firefox and Safari have; a private window has none.',
      };
    case 'denied':
      return {
        says: 'Notifications are not allowed for Lifeline here.',
        todo: isIos
          ? 'Allow them in Settings → Notifications → Lifeline. If it is not listed there, delete Lifeline from the Home Screen and add it again: iOS asks only once.'
          : 'Allow them in the settings of this browser for this address, then come back.',
      };
  }
}

/** "When it is down, after 5 min, not from 22:00 to 07:00." */
export function tellPreferences({ level, minimumMs, quiet }: AlertPreferences): string {
  const when = level === 'down' ? 'When it is down' : 'When it is down or degraded';
  const after = minimumMs === 0 ? 'at once' : `after ${durationText(minimumMs)}`;
  return `${when}, ${after}${quiet === null ? '' : `, not from ${quiet.from} to ${quiet.to}`}.`;
}

type Here = { readonly isIos: boolean; readonly preferences: AlertPreferences };

/** The state as a step of Setup. */
export function alertsCheck(state: AlertsState, { isIos, preferences }: Here): Check {
  switch (state.kind) {
    case 'looking':
      return { state: 'looking', says: 'Looking…' };
    case 'obstacle':
      return { state: stepOf(state.obstacle, preferences.isOn), says: tellObstacle(state.obstacle, isIos).says };
    case 'away':
      return { state: 'unknown', says: `${state.isOn ? 'Switched on here' : 'Off'}. The Mac does not answer.` };
    case 'reader':
      return { state: 'optional', says: 'The owner of the Mac sets them.' };
    case 'no-key':
      return { state: 'warn', says: 'The Mac cannot send alerts.' };
    case 'off':
      return { state: 'todo', says: 'This device is not called.' };
    case 'lost':
      return { state: 'warn', says: 'Switched on here, but the Mac cannot reach this device.' };
    case 'on':
      return state.problem === null
        ? { state: 'done', says: tellPreferences(preferences) }
        : { state: 'warn', says: 'Switched on here, but the Mac cannot send alerts now.' };
  }
}

/** Who said no on purpose is not warned; who wanted alerts, and has none, is. */
function stepOf(obstacle: Obstacle, isWanted: boolean): Check['state'] {
  if (obstacle === 'no-push') return 'optional';
  return obstacle === 'denied' && isWanted ? 'warn' : 'todo';
}

/** How a test alert went, in the Mac's words; of a subscription that is gone what the app does by itself. */
export const tellTest = ({ outcome, detail }: AlertTest): string =>
  outcome === 'gone' ? 'The push service no longer knew this device, so it is subscribed anew. Send another.' : detail;

type Delivery = Pick<NonNullable<Alerts['webhook']>, 'lastOkAt' | 'lastTry' | 'lastStatus'>;

/** How the last alert went with who takes them, as in "The webhook". */
export function tellDelivery({ lastOkAt, lastTry, lastStatus }: Delivery, taker: string, now: EpochMs): string {
  const at = lastOkAt === null ? null : clockText(lastOkAt, now);
  const before = at === null ? '' : ` and took one at ${at}`;
  switch (lastTry) {
    case 'none':
      return `${taker} was sent none yet.`;
    case 'taken':
      return `${taker} took the last one${at === null ? '' : ` at ${at}`}.`;
    case 'refused':
      return lastStatus === null
        ? `${taker} did not take the last one${before}.`
        : `${taker} refused the last one (${lastStatus})${before}.`;
    case 'unanswered':
      return `${taker} did not answer the last one${before}.`;
  }
}
