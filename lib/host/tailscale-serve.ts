import { type ServeConfig, serveSchema } from '#lib/contract/tailscale.ts';
import type { Forward } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { askTailscale } from './tailscale-cli.ts';

/** Where `tailscale serve` publishes a local port (https, no slash at the end). `isPublic`: by Funnel to the internet too. */
export type ServeTarget = { readonly url: string; readonly isPublic: boolean };

/** The https URL whose root leads to this port of this machine; null when there is none. Never rejects. */
export async function tailscaleServeTarget(port: number): Promise<Told<ServeTarget | null>> {
  const answer = await served();
  if ('why' in answer) return answer;
  const found = answer.told
    .filter(({ speaks, to }) => speaks === 'https' && leadsTo(to, port))
    .flatMap(({ host, port: at, isPublic }) =>
      host === null ? [] : [{ url: `https://${host}${at === 443 ? '' : `:${at}`}`, isPublic }],
    );
  // One that Funnel covers comes first: it is the one to warn of.
  return { told: found.find(({ isPublic }) => isPublic) ?? found[0] ?? null };
}

/** The ports of the tailnet address that lead on, as a whole or at their root `/`; others serve files. Never rejects. */
export async function tailscaleForwards(): Promise<Told<readonly Forward[]>> {
  const answer = await served();
  return 'why' in answer ? answer : { told: answer.told.map(({ host: _, ...forward }) => forward) };
}

/** `host` is the name it is asked by; null where any name will do. */
type Served = Forward & { readonly host: string | null };

async function served(): Promise<Told<readonly Served[]>> {
  const answer = await askTailscale(['serve', 'status', '--json'], serveSchema);
  if ('why' in answer) return answer;
  const { Foreground, ...background } = answer.told ?? {};
  const configs = [background, ...Object.values(Foreground ?? {})].filter((config) => config != null);
  return { told: configs.flatMap((config) => [...forwarded(config), ...proxied(config)]) };
}

function forwarded({ TCP, AllowFunnel }: ServeConfig): readonly Served[] {
  return Object.entries(TCP ?? {}).flatMap(([at, handler]) => {
    const port = portOf(at);
    if (port === null || !handler?.TCPForward) return [];
    const isPublic = Object.entries(AllowFunnel ?? {}).some(([where, allowed]) => allowed && where.endsWith(`:${at}`));
    // Whoever connects must encrypt where tailscale ends the encryption.
    const speaks = handler.TerminateTLS ? 'https' : 'tcp';
    return [{ port, speaks, to: handler.TCPForward, isPublic, host: handler.TerminateTLS || null }];
  });
}

function proxied({ TCP, Web, AllowFunnel }: ServeConfig): readonly Served[] {
  return Object.entries(Web ?? {}).flatMap(([at, site]) => {
    const colon = at.lastIndexOf(':');
    const port = portOf(at.slice(colon + 1));
    const to = site?.Handlers?.['/']?.Proxy;
    const handler = TCP?.[at.slice(colon + 1)];
    if (port === null || !to || !(handler?.HTTPS || handler?.HTTP)) return [];
    const speaks = handler.HTTPS ? 'https' : 'http';
    return [{ port, speaks, to, isPublic: AllowFunnel?.[at] ?? false, host: at.slice(0, colon) }];
  });
}

function portOf(digits: string): number | null {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

/** `to` is a URL like `http://127.0.0.1:3000`. */
function leadsTo(to: string, port: number): boolean {
  const url = URL.parse(to);
  return url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) && url.port === String(port);
}
