import type { PhonePath } from '#lib/domain/host-facts.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import type { Whois } from '#lib/host/tailscale-whois.ts';
import { remembered } from './remembered.ts';

/** Which phone has a tailnet address and which way its packets take, as tailscale told within the last minute. */
export type PhoneWays = {
  /** Waits for a fresh answer. Never rejects. */
  readonly ask: (address: string) => Promise<Told<PhonePath>>;
  /** For a screen, within a quarter of a second: the last answer, while a fresh one is asked for. Never rejects. */
  readonly glance: (address: string) => Promise<Told<PhonePath>>;
};

type Needs = {
  readonly path: (address: string) => Promise<Told<PhonePath>>;
  readonly whois: (address: string) => Promise<Told<Whois>>;
  readonly mono: () => DurationMs;
};

/** Joins what the two commands of tailscale tell; unknown where neither did. */
export function createPhoneWays({ path, whois, mono }: Needs): PhoneWays {
  const question = async (address: string): Promise<Told<PhonePath>> => {
    const [way, device] = await Promise.all([path(address), whois(address)]);
    const node = 'told' in device ? device.told.node : null;
    if (node === null) return way;
    return { told: { address, ...('told' in way ? way.told : {}), node } };
  };
  return remembered(question, mono);
}
