/** A moment: milliseconds since 1970-01-01T00:00Z by the wall clock. For people and for storage, never for durations. */
export type EpochMs = number;

/** A length of time in milliseconds, taken from a monotonic clock. */
export type DurationMs = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
