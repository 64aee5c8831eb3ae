import type * as z from 'zod/mini';
import { statusSchema } from '#lib/contract/tailscale.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { askTailscale, type Unknown } from './tailscale-cli.ts';

/** What the daemon calls its states, and what we do. There is no "expired": it is `needs-login` with a past `keyExpiresAt`. */
const STATES = {
  Running: 'running',
  Stopped: 'stopped',
  Starting: 'starting',
  NoState: 'starting',
  NeedsLogin: 'needs-login',
  NeedsMachineAuth: 'needs-approval',
  InUseOtherUser: 'used-by-another-user',
} as const;

export type TailscaleState = {
  readonly state: (typeof STATES)[keyof typeof STATES];
  /** This machine's name in its tailnet, without a dot at the end; empty when it has none. */
  readonly dnsName: string;
  /** This machine's addresses in its tailnet, IPv4 first as the daemon tells them. */
  readonly addresses: readonly string[];
  readonly magicDnsEnabled: boolean;
  /** The tailnet may have certificates, so `tailscale serve` can speak https. */
  readonly httpsEnabled: boolean;
  /** Connected to the coordination server; null when it did not say. */
  readonly online: boolean | null;
  /** Null when the key does not expire. */
  readonly keyExpiresAt: EpochMs | null;
  /** The daemon's complaints about itself, in its own sentences. */
  readonly health: readonly string[];
};

export type TailscaleStatus = TailscaleState | ({ readonly state: 'unknown' } & Unknown);

/** What tailscale says of this machine (not of its peers). Never rejects. Takes 10–60 ms of another process. */
export async function tailscaleStatus(): Promise<TailscaleStatus> {
  const answer = await askTailscale(['status', '--json', '--peers=false'], statusSchema);
  if ('why' in answer) return { state: 'unknown', ...answer };
  const { BackendState } = answer.told;
  const state = Object.entries(STATES).find(([theirs]) => theirs === BackendState)?.[1];
  if (state === undefined) return { state: 'unknown', why: 'unreadable', detail: `state ${BackendState}` };
  return { state, ...readStatus(answer.told) };
}

function readStatus({ Self, ...told }: z.infer<typeof statusSchema>): Omit<TailscaleState, 'state'> {
  const expiry = Date.parse(Self?.KeyExpiry ?? '');
  return {
    dnsName: (Self?.DNSName ?? '').replace(/\.$/, ''),
    addresses: told.TailscaleIPs ?? [],
    magicDnsEnabled: told.CurrentTailnet?.MagicDNSEnabled ?? false,
    httpsEnabled: (told.CertDomains ?? []).length > 0,
    online: Self?.Online ?? null,
    keyExpiresAt: Number.isNaN(expiry) ? null : expiry,
    health: told.Health ?? [],
  };
}
