import type { DurationMs, EpochMs } from './time.ts';

/** One listening TCP socket of this machine. */
export type Listener = {
  /** An IP literal without brackets; `*` for every address of its family, `*%en0` for those of one interface. */
  readonly address: string;
  /** `both`: one IPv6 socket that takes IPv4 too. */
  readonly family: 'ipv4' | 'ipv6' | 'both';
  /** This table cannot tell `both` from an IPv6 socket that refuses IPv4. */
  readonly mayBeIpv6Only?: true;
  readonly port: number;
  /** Absent where the table does not say, as for another user's process. That is not "nobody". */
  readonly pid?: number;
  readonly program?: string;
  /** Connections that wait to be accepted, and how many may; Linux only. */
  readonly waiting?: number;
  readonly backlog?: number;
};

export const PROCESS_STATES = ['running', 'sleeping', 'stopped', 'zombie', 'other'] as const;

export type Process = {
  readonly pid: number;
  readonly parentPid: number;
  /** `stopped`: suspended by a signal (Ctrl-Z), so it holds its sockets and does nothing. */
  readonly state: (typeof PROCESS_STATES)[number];
  readonly startedAt: EpochMs;
  /** Its command line with secrets left out, at most 500 characters. */
  readonly command: string;
};

/** How a process ended: by itself with a code, or by a signal such as `SIGKILL`. */
export type Exit = { readonly code: number } | { readonly signal: string };

/** A job of the service manager, or the owner's start command that Lifeline itself ran (`lifeline`). */
export type Service = {
  readonly manager: 'launchd' | 'systemd' | 'lifeline';
  readonly label: string;
  /**
   * restarting: it ended and is started again in a moment. spawn-failed: the manager could not even start it.
   * not-loaded: the manager does not know it. disabled: it knows it and was told not to start it.
   */
  readonly state: 'running' | 'restarting' | 'stopped' | 'spawn-failed' | 'not-loaded' | 'disabled';
  readonly pid?: number;
  /** How often it was started since it was loaded; grows with every restart. */
  readonly starts?: number;
  readonly lastExit?: Exit;
  readonly startedAt?: EpochMs;
  readonly exitedAt?: EpochMs;
  /** Whether the manager starts it again when it ends. */
  readonly isKeptAlive?: boolean;
  /** The manager started it again so often in a short time that it stopped trying. */
  readonly hasGivenUp?: true;
  /** Where it writes its errors. */
  readonly logPath?: string;
};

/** How often a service was started anew within a stretch of time, as two readings of it tell. */
export type Restarts = { readonly times: number; readonly withinMs: DurationMs };

/** The end of the review server's log, secrets left out. */
export type LogTail = {
  readonly path: string;
  readonly writtenAt: EpochMs;
  /** At most 20, oldest first. */
  readonly lines: readonly string[];
  /** The last line of the last traceback or the last line that names an error; absent when there is none. */
  readonly error?: string;
};

/** When this machine started, and when it last fell asleep and woke, where it says. */
export type Boot = { readonly bootedAt: EpochMs; readonly sleptAt?: EpochMs; readonly wokeAt?: EpochMs };

/** Processes that want to run, per processor, over the last minute: above 1 they wait for each other. */
export type Load = { readonly perCore: number };

/**
 * What stands between the network and the port. `why` is the rule or setting that decides, in its own words. by-program:
 * it goes by the program that listens, and that is not known.
 */
export type Firewall = {
  readonly tool: 'alf' | 'nft';
  readonly verdict: 'allows' | 'drops' | 'rejects' | 'by-program';
  readonly why: string;
  /** macOS: a closed port answers with silence instead of a refusal. */
  readonly isStealthy: boolean;
};

/** `not-running`: the CLI said that its daemon is not there. There is no "expired": see `keyExpiresAt` and `isExpired`. */
export const TAILSCALE_STATES = [
  'running',
  'stopped',
  'starting',
  'needs-login',
  'needs-approval',
  'used-by-another-user',
  'not-running',
] as const;

/** What tailscale says of this machine. */
export type Tailscale = {
  readonly state: (typeof TAILSCALE_STATES)[number];
  /** This machine's name in its tailnet, without a dot at the end; empty when it has none. */
  readonly dnsName: string;
  /** This machine's addresses in its tailnet, IPv4 first as the daemon tells them. */
  readonly addresses: readonly string[];
  /** Null when it did not say. */
  readonly isMagicDnsEnabled: boolean | null;
  /** The tailnet may have certificates, so `tailscale serve` can speak https. */
  readonly isHttpsEnabled: boolean;
  /** Connected to the coordination server; null when it did not say. */
  readonly isOnline: boolean | null;
  /** False in userspace mode, in which connections from the tailnet arrive on loopback. Null when it did not say. */
  readonly hasTun: boolean | null;
  /** Null when the key does not expire. */
  readonly keyExpiresAt: EpochMs | null;
  readonly isExpired: boolean;
  /** The daemon's complaints about itself, in its own sentences. */
  readonly health: readonly string[];
  /** The login this machine belongs to; null when it did not say, and for a tagged node. */
  readonly login: string | null;
};

/** A port of this machine's tailnet address that `tailscale serve` answers, and where it leads. */
export type Forward = {
  readonly port: number;
  readonly speaks: 'tcp' | 'http' | 'https';
  /** `127.0.0.1:8000` or `http://127.0.0.1:3000`. */
  readonly to: string;
  /** Reachable from the public internet too. */
  readonly isPublic: boolean;
};

/** What MagicDNS (100.100.100.100) itself says of the name, whatever this machine's own resolver says. */
export type MagicDns = { readonly addresses: readonly string[] } | { readonly failed: 'not-found' | 'silent' };

/** The phone as this machine's tailscale sees it. */
export type PhonePath = {
  /** Its tailnet address, from which it last asked for a page. */
  readonly address: string;
  /** First label of its name; absent when the tailnet does not say. */
  readonly node?: string;
  /** Connected to the coordination server: its VPN is on. */
  readonly isOnline?: boolean;
  readonly lastSeenAt?: EpochMs;
  /** The way its packets take now; absent when the tailnet does not say. */
  readonly via?: 'direct' | 'relay';
  /** The code of the DERP region they go through, such as `fra`; absent when they go directly or by a peer. */
  readonly relay?: string;
  /** When it last asked for a page of Lifeline. */
  readonly askedAt?: EpochMs;
  /** The answer to one `tailscale ping`; `none` when there was none. Absent when it was not tried. */
  readonly pong?: { readonly via: 'direct' | 'relay'; readonly ms: DurationMs } | 'none';
};
