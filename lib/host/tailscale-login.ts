import { type DurationMs, MINUTE } from '#lib/domain/time.ts';
import { tailscaleWhois } from './tailscale-whois.ts';

/** This machine by its own status. A change of `address` or `userId` (all its digits) may mean another owner. */
export type OwnNode = {
  /** Of its tailnet; null while it has none. */
  readonly address: string | null;
  readonly userId: string;
  readonly isTagged: boolean;
  /** Only then the daemon can be asked whose an address is. */
  readonly isRunning: boolean;
};

/** The login this machine belongs to; null while that is not known, and for a tagged node. Never rejects. */
export type OwnLogin = (own: OwnNode) => Promise<string | null>;

/** `whois` is another process, so it is not run at every look where it does not tell. */
const ASK_AGAIN_MS = MINUTE;

/** Asks `whois` once for each owner; again a minute later where it did not tell. `mono` is a monotonic clock. */
export function createOwnLogin(mono: () => DurationMs = () => performance.now()): OwnLogin {
  let known: { readonly node: string; readonly login: Promise<string | null>; until: DurationMs } | null = null;
  return ({ address, userId, isTagged, isRunning }) => {
    const node = `${userId} ${address}`;
    if (address === null || isTagged) return Promise.resolve(null);
    if (known?.node === node && mono() < known.until) return known.login;
    if (!isRunning) return Promise.resolve(null);
    const login = async () => {
      const answer = await tailscaleWhois(address);
      if ('told' in answer) return answer.told.login;
      asked.until = mono() + ASK_AGAIN_MS;
      return null;
    };
    const asked = { node, login: login(), until: Number.POSITIVE_INFINITY };
    known = asked;
    return asked.login;
  };
}
