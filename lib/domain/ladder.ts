/** The path from the phone to the card, in the order a review walks it. */
export const RUNGS = ['iphone', 'tailnet', 'mac', 'server', 'anki', 'card'] as const;
export type Rung = (typeof RUNGS)[number];

/** `not-reached`: an earlier rung is broken, so this one could not be asked. */
export const RUNG_STATES = ['ok', 'broken', 'unknown', 'not-reached'] as const;
export type RungState = (typeof RUNG_STATES)[number];
