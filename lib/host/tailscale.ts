import type * as z from 'zod/mini';
import { statusSchema } from '#lib/contract/tailscale.ts';
import type { Tailscale } from '#lib/domain/host-facts.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { askTailscale } from './tailscale-cli.ts';
import { createOwnLogin, type OwnLogin } from './tailscale-login.ts';

/** What the daemon calls its states, and what we do. There is no "expired": it is `needs-login` with `isExpired`. */
const STATES = {
  Running: 'running',
  Stopped: 'stopped',
  Starting: 'starting',
  NoState: 'starting',
  NeedsLogin: 'needs-login',
  NeedsMachineAuth: 'needs-approval',
  InUseOtherUser: 'used-by-another-user',
} as const;

/** A notice, not a complaint. */
const UPDATE = /^An update from version /;

type Asking = {
  /** Judges whether the key has expired. */
  readonly now?: EpochMs;
  /** Who asks more than once hands in one that remembers. */
  readonly ownLogin?: OwnLogin;
};

/**
 * What tailscale says of this machine (not of its peers); that its daemon is not there is knowledge too. Never rejects.
 * Takes 10–60 ms of another process, and of a second one where the login must be asked for.
 */
export async function tailscaleStatus(asking: Asking = {}): Promise<Told<Tailscale>> {
  const { now = Date.now(), ownLogin = createOwnLogin() } = asking;
  const answer = await askTailscale(['status', '--json', '--peers=false'], statusSchema);
  if ('why' in answer) return answer.why === 'not-running' ? { told: NOT_RUNNING } : answer;
  const { BackendState, TailscaleIPs, Self } = answer.told;
  const state = Object.entries(STATES).find(([theirs]) => theirs === BackendState)?.[1];
  if (state === undefined)
    return { why: 'unreadable', detail: `tailscale is in a state “${BackendState.slice(0, 40)}”` };
  const login = await ownLogin({
    address: TailscaleIPs?.[0] ?? null,
    userId: String(Self?.UserID ?? ''),
    isTagged: (Self?.Tags ?? []).length > 0,
    isRunning: state === 'running',
  });
  return { told: { state, ...readStatus(answer.told, now), login } };
}

const NOT_RUNNING: Tailscale = { state: 'not-running', ...readStatus({ BackendState: '' }, 0), login: null };

function readStatus({ Self, ...told }: z.infer<typeof statusSchema>, now: EpochMs): Omit<Tailscale, 'state' | 'login'> {
  const keyExpiresAt = momentOf(Self?.KeyExpiry);
  return {
    dnsName: (Self?.DNSName ?? '').replace(/\.$/, ''),
    addresses: told.TailscaleIPs ?? [],
    isMagicDnsEnabled: told.CurrentTailnet?.MagicDNSEnabled ?? null,
    isHttpsEnabled: (told.CertDomains ?? []).length > 0,
    isOnline: Self?.Online ?? null,
    hasTun: told.TUN ?? null,
    keyExpiresAt,
    isExpired: Self?.Expired === true || (keyExpiresAt !== null && keyExpiresAt < now),
    health: (told.Health ?? []).filter((sentence) => !UPDATE.test(sentence)),
  };
}

/** A moment in RFC 3339; null for none, which Go also writes as the year 1. */
export function momentOf(text: string | null | undefined): EpochMs | null {
  const moment = Date.parse(text ?? '');
  return moment > 0 ? moment : null;
}
