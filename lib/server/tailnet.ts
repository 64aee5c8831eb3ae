import type { Tailscale } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { tailnetAddress } from '#lib/host/addresses.ts';
import { tailscaleStatus } from '#lib/host/tailscale.ts';
import { createOwnLogin } from '#lib/host/tailscale-login.ts';

/** This machine in its tailnet, as it was last told. */
export type Tailnet = {
  /** Asks now, and keeps the answer. Never rejects. */
  readonly ask: () => Promise<Told<Tailscale>>;
  /** Resolves when it was asked once. */
  readonly asked: () => Promise<unknown>;
  /** Its MagicDNS name; the last one that was told stays, also while Tailscale is off. Null before the first. */
  readonly name: () => string | null;
  /** Its address; told by its interfaces, so it is gone at once when Tailscale is. */
  readonly address: () => string | null;
};

export function createTailnet(): Tailnet {
  let name: string | null = null;
  const ownLogin = createOwnLogin();
  let first: Promise<unknown> | null = null;
  const ask = async (): Promise<Told<Tailscale>> => {
    const answer = await tailscaleStatus({ ownLogin });
    if ('told' in answer && answer.told.dnsName !== '') name = answer.told.dnsName;
    return answer;
  };
  return {
    ask,
    asked: () => {
      first ??= ask();
      return first;
    },
    name: () => name,
    address: () => tailnetAddress() ?? null,
  };
}
