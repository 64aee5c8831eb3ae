import type { Firewall } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { askAlf } from './alf.ts';
import { askNft } from './nft.ts';

type About = {
  /** The real path of the program that holds the port (`programPath`), or null. macOS decides by it. */
  readonly program: string | null;
  readonly platform?: NodeJS.Platform;
};

/** What this machine's firewall does with a new TCP connection to the port from the tailnet. Never rejects. */
export async function firewallFor(port: number, about: About): Promise<Told<Firewall>> {
  const { program, platform = process.platform } = about;
  if (platform === 'darwin') return askAlf(program);
  if (platform === 'linux') return askNft(port);
  return { why: 'not-here', detail: `the firewall of ${platform} is not known` };
}
