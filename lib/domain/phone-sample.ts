import type { DurationMs, EpochMs } from './time.ts';

/** How a request of the phone to Lifeline went. Places are stored, so new ones are appended. */
export const PHONE_OUTCOMES = [
  'answered', // Lifeline answered, whatever it said
  'unreachable', // no answer within the phone's timeout, or none at all
  'not-running', // something answered in Lifeline's place: `tailscale serve` says 502
] as const;
export type PhoneOutcome = (typeof PHONE_OUTCOMES)[number];

/** One request of the phone to Lifeline, as the phone measured it. */
export type PhoneSample = {
  /** When it was begun, by the phone's clock. With the device it is the sample's name: handing it in twice keeps it once. */
  readonly at: EpochMs;
  readonly outcome: PhoneOutcome;
  /** Until the whole answer was there, or until the phone gave up. */
  readonly ms: DurationMs;
};

/** Why the phone had no answer for a while, as far as the Mac's own measuring tells. */
export const PHONE_OUTAGE_VERDICTS = [
  'phone-path', // the Mac measured for most of it at least: Tailscale on the phone, or the network between
  'mac-asleep', // the Mac slept
  'not-running', // Lifeline was not running, or was frozen
  'tailnet-off', // Tailscale on the Mac was not connected
  'unknown', // the Mac's own history does not tell
] as const;
export type PhoneOutageVerdict = (typeof PHONE_OUTAGE_VERDICTS)[number];

/** What a phone itself measured of its way to Lifeline in the last minutes. One of the two is there at least. */
export type PhoneView = {
  /** What it is called in the tailnet; absent where that is not known. */
  readonly node?: string;
  /** Its last request that was answered. */
  readonly answered?: { readonly at: EpochMs; readonly ms: DurationMs };
  /** The last stretch in which it had no answer, to the end of its last failed request, and why as far as this machine tells. */
  readonly outage?: { readonly from: EpochMs; readonly to: EpochMs; readonly verdict: PhoneOutageVerdict };
};
