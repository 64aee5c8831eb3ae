import type { Health } from './health.ts';
import type { DurationMs, EpochMs } from './time.ts';

/** How long the phone app waits for an answer before it calls the server unreachable. */
export const PATIENCE_MS = 1_000;
/** How long a probe waits, to tell a slow server from a dead one. */
export const TRUTH_MS = 5_000;

/** The steps of one request, in the order they happen. Their places are stored. */
export const PHASES = ['dns', 'tcp', 'tls', 'firstByte', 'download'] as const;
export type Phase = (typeof PHASES)[number];

/** Absent means "never entered" (an address needs no DNS, plain HTTP no TLS); that is not 0 ms. */
export type PhaseTimings = Readonly<Partial<Record<Phase, DurationMs>>>;

/** Why a probe did not get the answer of a review server. New ones go to the end: their places are stored. */
export const REASONS = [
  'not-found', // the name does not exist
  'dns-failure', // the resolver did not answer, or answered with an error
  'refused', // RST to the SYN: nothing listens there
  'unreachable', // no route, or the network said so
  'timeout', // silence until the deadline, in the phase named
  'reset', // RST after the connection stood
  'closed-early', // FIN before any response
  'bad-certificate', // which one: see detail
  'tls-failure', // no TLS spoken, or no version in common
  'not-http', // bytes that are no HTTP response
  'malformed', // HTTP whose framing contradicts itself
  'truncated', // the body ended before its announced end
  'too-large', // headers or body beyond their bound
  'redirect', // 3xx, not followed
  'wrong-status', // any other status than 200
  'wrong-server', // 200, but not the review server's
  'bad-body', // the review server's health, but unreadable
  'unexplained', // an error none of the above describes; its code is in `code`
] as const;
export type Reason = (typeof REASONS)[number];

/** By which address the review server is probed: as the phone does, at its tailnet address, on this machine. Their places are stored. */
export const TARGET_KINDS = ['name', 'tailnet', 'loopback'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

export type Target = {
  readonly kind: TargetKind;
  /** Absolute http or https URL of the health endpoint; its host is sent as `Host` and as TLS server name. */
  readonly url: string;
  /** The IP literal to connect to instead of resolving the URL's host. */
  readonly address?: string;
};

type Common = {
  readonly target: Target;
  readonly startedAt: EpochMs;
  /** The IP literal that was connected to; absent when none was found. */
  readonly address?: string;
  /** Everything the OS resolved the name to; absent when nothing was resolved. */
  readonly addresses?: readonly string[];
  /** A phase that failed holds the time until it failed. */
  readonly timings: PhaseTimings;
  readonly totalMs: DurationMs;
};

/** The review server answered its health in full. What the health says is another matter. */
export type Answered = Common & {
  readonly outcome: 'answered';
  readonly status: 200;
  readonly health: Health;
};

export type Failed = Common & {
  readonly outcome: 'failed';
  readonly failedIn: Phase;
  readonly reason: Reason;
  /** HTTP status, where one was read. */
  readonly status?: number;
  /** Node's error code (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, …), where there was an error. */
  readonly code?: string;
  /** A short fact for people: the `Server` header, the redirect's location, the certificate fault. At most 200 characters. */
  readonly detail?: string;
  /** True when this machine refused before a packet left it (no route, interface down). */
  readonly local?: boolean;
};

/** What one probe saw. A dead network is a result, not an exception. */
export type ProbeResult = Answered | Failed;

/** Would the phone app have had this answer in time? It has a resolver of its own, whatever this machine's takes for an answer. */
export const withinPatience = ({ outcome, totalMs, timings }: ProbeResult): boolean =>
  totalMs - (outcome === 'answered' ? (timings.dns ?? 0) : 0) <= PATIENCE_MS;
