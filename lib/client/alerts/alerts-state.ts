import type { RequestFailure } from '#lib/client/request.ts';
import type { Alerts } from '#lib/contract/alerts.ts';
import type { Obstacle } from './obstacle.ts';

/** How alerts stand on this device. */
export type AlertsState =
  | { readonly kind: 'looking' }
  /** Something of this device has to be mended first. */
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle }
  /** The Mac does not say; `isOn` as it was chosen here. */
  | { readonly kind: 'away'; readonly isOn: boolean; readonly failure: RequestFailure }
  /** Somebody else sets alerts, as `refusal` says. */
  | { readonly kind: 'reader'; readonly refusal: string }
  /** The Mac can send none, as `problem` says. */
  | { readonly kind: 'no-key'; readonly problem: string }
  | { readonly kind: 'off' }
  /** They were switched on here, but the Mac would not reach this device. */
  | { readonly kind: 'lost' }
  /** `problem`: why the Mac can send none now all the same; null where it can. */
  | { readonly kind: 'on'; readonly problem: string | null };

/** What the device says of itself. */
export type AlertsHere = { readonly obstacle: Obstacle | null; readonly endpoint: string | null };

type Known = {
  /** Null before the first look. */
  readonly here: AlertsHere | null;
  readonly isWanted: boolean;
  readonly answer: Alerts | undefined;
  readonly failure: RequestFailure | null;
};

const NO_KEY = 'The Mac has no key for alerts; its log says why.';

/** The first of them that holds. On is only what the Mac bears out: it knows this device by the subscription that it has now. */
export function alertsStateOf({ here, isWanted, answer, failure }: Known): AlertsState {
  if (here === null) return { kind: 'looking' };
  if (here.obstacle !== null) return { kind: 'obstacle', obstacle: here.obstacle };
  if (answer === undefined) return failure === null ? { kind: 'looking' } : { kind: 'away', isOn: isWanted, failure };
  if (answer.refusal !== null) return { kind: 'reader', refusal: answer.refusal };
  if (answer.publicKey === null) return { kind: 'no-key', problem: answer.problem ?? NO_KEY };
  if (!isWanted) return { kind: 'off' };
  const isReached = here.endpoint !== null && answer.device?.endpoint === here.endpoint;
  return isReached ? { kind: 'on', problem: answer.problem } : { kind: 'lost' };
}
