import type { Cause } from './cause.ts';
import type { Facts } from './facts.ts';
import type { PhonePath } from './host-facts.ts';
import type { Surroundings } from './remedies.ts';
import type { EpochMs } from './time.ts';

/** The path from the phone to the card, in the order a review walks it. */
export const RUNGS = ['iphone', 'tailnet', 'mac', 'port', 'server', 'ankiconnect', 'anki', 'card'] as const;
export type Rung = (typeof RUNGS)[number];

/** `not-reached`: an earlier rung is broken, so this one could not be asked. */
export const RUNG_STATES = ['ok', 'broken', 'unknown', 'not-reached'] as const;
export type RungState = (typeof RUNG_STATES)[number];

/** `at` is when the fact behind it was seen; null where there is none. */
export type RungView = {
  readonly rung: Rung;
  readonly state: RungState;
  readonly detail: string;
  readonly at: EpochMs | null;
};

export type LadderFacts = {
  readonly cause: Cause;
  readonly facts: Facts | null;
  /** What the owner told, with which the cause was concluded. Absent: what the facts alone say of it. */
  readonly around?: Surroundings;
  /** The tailnet address this very request came from; null when it was made on this machine. */
  readonly askedFrom: string | null;
  /** What tailscale tells of who has that address. Absent: nothing. */
  readonly asker?: Pick<PhonePath, 'node' | 'via' | 'relay'>;
  readonly now: EpochMs;
};
