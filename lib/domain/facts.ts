import type { AnkiConnect, Bridge, Current } from './anki-facts.ts';
import type {
  Boot,
  Firewall,
  Forward,
  Listener,
  Load,
  LogTail,
  MagicDns,
  PhonePath,
  Process,
  Restarts,
  Service,
  Tailscale,
} from './host-facts.ts';
import type { PhoneView } from './phone-sample.ts';
import type { ProbeResult } from './probe.ts';
import type { EpochMs } from './time.ts';
import type { Why } from './told.ts';

/** Which `/current` a review server has: the old one asks the bridge add-on, the new one AnkiConnect. */
export const GENERATIONS = ['bridge', 'ankiconnect'] as const;
export type Generation = (typeof GENERATIONS)[number];

/** One observation with its time. An observation that could not be made is absent: unknown proves nothing. */
export type Fact<T> = { readonly value: T; readonly at: EpochMs };

/** What our own history says of the server. */
export type Past = {
  /** The end of the last probe it answered; null when it never did while we looked. */
  readonly lastUpAt: EpochMs | null;
  /** The start of the first probe it did not answer after that; null while it answers. */
  readonly firstFailedAt: EpochMs | null;
  /** Since when we have looked without a gap. */
  readonly watchedSince: EpochMs;
  /** The last time this machine is known to have slept. */
  readonly lastSleep?: { readonly from: EpochMs; readonly to: EpochMs };
};

/** NSURLError codes that a person can read off the phone app. Source: network reference §1.2. */
export const APP_CODES = [-1001, -1003, -1004, -1005, -1009, -1022, -1200, -1202] as const;
export type AppCode = (typeof APP_CODES)[number];

/** What the person says their phone app shows, where that is not what we see. */
export type Complaint = { readonly code: AppCode };

/** What is known beside the probes. Every field may be missing, and then it is unknown. */
export type SideFacts = {
  readonly listeners?: Fact<readonly Listener[]>;
  /** Those that hold the port, look like the review server or are its service, and their children. */
  readonly processes?: Fact<readonly Process[]>;
  readonly service?: Fact<Service>;
  readonly restarts?: Fact<Restarts>;
  readonly log?: Fact<LogTail>;
  readonly boot?: Fact<Boot>;
  readonly load?: Fact<Load>;
  readonly tailscale?: Fact<Tailscale>;
  readonly forwards?: Fact<readonly Forward[]>;
  readonly magicDns?: Fact<MagicDns>;
  readonly firewall?: Fact<Firewall>;
  readonly phone?: Fact<PhonePath>;
  readonly phoneView?: Fact<PhoneView>;
  readonly anki?: Fact<AnkiConnect>;
  readonly bridge?: Fact<Bridge>;
  readonly current?: Fact<Current>;
  readonly generation?: Fact<Generation>;
  readonly past?: Fact<Past>;
  readonly complaint?: Fact<Complaint>;
};

/**
 * What is known when a diagnosis is made. The probe at the name is always there; the others only where they were made in
 * the same situation, so that yesterday's answer on loopback never explains today's refusal.
 */
export type Facts = SideFacts & {
  readonly name: ProbeResult;
  readonly tailnet?: ProbeResult;
  readonly loopback?: ProbeResult;
  /** Whether the address behind the name belongs to this machine; absent when it was not resolved. */
  readonly here?: boolean;
  /** Whether the name is this machine's own name in the tailnet, so that it ought to lead here. */
  readonly ownName?: boolean;
};

/** The facts that a conclusion can rest on. */
export type FactName = 'name' | 'tailnet' | 'loopback' | keyof SideFacts;

/** What could not be looked at, and why. It takes no part in any conclusion. */
export type Blind = {
  readonly what: keyof SideFacts;
  readonly why: Why;
  readonly detail: string;
  readonly at: EpochMs;
};
