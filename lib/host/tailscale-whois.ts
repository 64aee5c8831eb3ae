import { isIP } from 'node:net';
import { whoisSchema } from '#lib/contract/tailscale.ts';
import type { Told } from '#lib/domain/told.ts';
import { askTailscale } from './tailscale-cli.ts';

/** Whose device has an address. `node` is the first label of its name; `login` is null for a tagged one, nobody's own. */
export type Whois = { readonly login: string | null; readonly node: string | null; readonly tags: readonly string[] };

/** Asks the daemon whose tailnet address (an IP literal) this is; `not-here` when it is nobody's. Never rejects. */
export async function tailscaleWhois(address: string): Promise<Told<Whois>> {
  // Nothing but an address may stand where the CLI would also take an option.
  if (isIP(address) === 0) return { why: 'not-here', detail: 'that is not an address' };
  const answer = await askTailscale(['whois', '--json', address], whoisSchema);
  if ('why' in answer) return answer;
  const { Node, UserProfile } = answer.told;
  const tags = Node?.Tags ?? [];
  return {
    told: { login: tags.length > 0 ? null : UserProfile?.LoginName || null, node: firstLabel(Node?.Name), tags },
  };
}

/** `iphone` of `iphone.tail1234.ts.net.`; null where there is none. */
export const firstLabel = (name: string | null | undefined): string | null => name?.split('.')[0] || null;
