import type { DurationMs } from './time.ts';

/** An incident is told of once when it is confirmed and once when it ends. */
export const ALERT_KINDS = ['began', 'ended'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** From which level on a device wants to know. */
export const ALERT_LEVELS = ['down', 'degraded'] as const;
/** What the number on the app's icon tells. */
export const BADGES = ['down', 'due', 'none'] as const;

/** How the last message fared: unanswered is also what never got there. */
export const LAST_TRIES = ['none', 'taken', 'refused', 'unanswered'] as const;
export type LastTry = (typeof LAST_TRIES)[number];

/** A stretch of every day, by the clock of a place; it may pass midnight. */
export type QuietHours = {
  /** `HH:MM`, inclusive. */
  readonly from: string;
  /** `HH:MM`, exclusive. */
  readonly to: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
};

/** When a device wants to be called. */
export type AlertPreferences = {
  readonly isOn: boolean;
  /** `degraded`: of both levels. */
  readonly level: (typeof ALERT_LEVELS)[number];
  /** How long an incident has to last before it is told of. */
  readonly minimumMs: DurationMs;
  readonly quiet: QuietHours | null;
  readonly badge: (typeof BADGES)[number];
};

/** What a device gets that has not chosen yet. */
export const USUAL_PREFERENCES: AlertPreferences = {
  isOn: true,
  level: 'down',
  minimumMs: 0,
  quiet: null,
  badge: 'down',
};
