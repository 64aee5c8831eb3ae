import type * as z from 'zod/mini';
import { statusSchema } from '#lib/contract/tailscale.ts';
import type { Tailscale } from '#lib/domain/host-facts.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { askTailscale } from './tailscale-cli.ts';

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

/**
 * What tailscale says of this machine (not of its peers); that its daemon is not there is knowledge too. `now` judges
 * whether its key has expired. Never rejects. Takes 10–60 ms of another process.
 */
export async function tailscaleStatus(now: EpochMs = Date.now()): Promise<Told<Tailscale>> {
  const answer = await askTailscale(['status', '--json', '--peers=false'], statusSchema);
  if ('why' in answer) return answer.why === 'not-running' ? { told: NOT_RUNNING } : answer;
  const { BackendState } = answer.told;
  const state = Object.entries(STATES).find(([theirs]) => theirs === BackendState)?.[1];
  if (state === undefined)
    return { why: 'unreadable', detail: `tailscale is in a state “${BackendState.slice(0, 40)}”` };
  return { told: { state, ...readStatus(answer.told, now) } };
}

const NOT_RUNNING: Tailscale = { state: 'not-running', ...readStatus({ BackendState: '' }, 0) };

function readStatus({ Self, ...told }: z.infer<typeof statusSchema>, now: EpochMs): Omit<Tailscale, 'state'> {
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
    login: loginOf({ Self, User: told.User }),
  };
}

function loginOf({ Self, User }: Pick<z.infer<typeof statusSchema>, 'Self' | 'User'>): string | null {
  const isTagged = (Self?.Tags ?? []).length > 0;
  if (isTagged || Self?.UserID == null) return null;
  return User?.[String(Self.UserID)]?.LoginName || null;
}

/** A moment in RFC 3339; null for none, which Go also writes as the year 1. */
export function momentOf(text: string | null | undefined): EpochMs | null {
  const moment = Date.parse(text ?? '');
  return moment > 0 ? moment : null;
}
