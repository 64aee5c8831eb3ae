import { type ServeConfig, serveSchema } from '#lib/contract/tailscale.ts';
import type { Forward } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { askTailscale } from './tailscale-cli.ts';

/** Where `tailscale serve` publishes a local port (https, no slash at the end). `isPublic`: by Funnel to the internet too. */
export type ServeTarget = { readonly url: string; readonly isPublic: boolean };

/** The https URL whose root leads to this port of this machine; null when there is none. Never rejects. */
export async function tailscaleServeTarget(port: number): Promise<Told<ServeTarget | null>> {
  const answer = await tailscaleRoots();
  if ('why' in answer) return answer;
  const found = answer.told
    .filter(({ speaks, to }) => speaks === 'https' && leadsTo(to, port))
    .flatMap(({ host, port: at, isPublic }) => (host === null ? [] : [{ url: httpsUrl(host, at), isPublic }]));
  // One that Funnel covers comes first: it is the one to warn of.
  return { told: found.find(({ isPublic }) => isPublic) ?? found[0] ?? null };
}

/** The ports of the tailnet address that lead on, as a whole or at their root `/`; others serve files. Never rejects. */
export async function tailscaleForwards(): Promise<Told<readonly Forward[]>> {
  const answer = await tailscaleRoots();
  if ('why' in answer) return answer;
  const forwards = answer.told.filter(({ leadsOn }) => leadsOn);
  return { told: forwards.map(({ port, speaks, to, isPublic }) => ({ port, speaks, to, isPublic })) };
}

/** What answers at the root `/` of a port of the tailnet address, or takes all of it. */
export type Root = Forward & {
  /** The name it is asked by; null where any name will do. */
  readonly host: string | null;
  /** A command in a terminal serves it, and it ends with that. */
  readonly isForeground: boolean;
  /** It leads on to a port; else `to` says in words what it answers with. */
  readonly leadsOn: boolean;
};

/** All that the tailnet address answers at a root, whatever it leads to. Never rejects. */
export async function tailscaleRoots(): Promise<Told<readonly Root[]>> {
  const answer = await askTailscale(['serve', 'status', '--json'], serveSchema);
  if ('why' in answer) return answer;
  const { Foreground, ...background } = answer.told ?? {};
  const running = Object.values(Foreground ?? {}).filter((config) => config != null);
  const rootsOf = (config: ServeConfig, isForeground: boolean): readonly Root[] =>
    [...forwarded(config), ...answered(config)].map((root) => ({ ...root, isForeground }));
  return { told: [...rootsOf(background, false), ...running.flatMap((config) => rootsOf(config, true))] };
}

type Served = Omit<Root, 'isForeground'>;

function forwarded({ TCP, AllowFunnel }: ServeConfig): readonly Served[] {
  return Object.entries(TCP ?? {}).flatMap(([at, handler]) => {
    const port = portOf(at);
    if (port === null || !handler?.TCPForward) return [];
    const isPublic = Object.entries(AllowFunnel ?? {}).some(([where, allowed]) => allowed && where.endsWith(`:${at}`));
    // Whoever connects must encrypt where tailscale ends the encryption.
    const speaks = handler.TerminateTLS ? 'https' : 'tcp';
    return [{ port, speaks, to: handler.TCPForward, isPublic, host: handler.TerminateTLS || null, leadsOn: true }];
  });
}

function answered({ TCP, Web, AllowFunnel }: ServeConfig): readonly Served[] {
  return Object.entries(Web ?? {}).flatMap(([at, site]) => {
    const colon = at.lastIndexOf(':');
    const port = portOf(at.slice(colon + 1));
    const root = site?.Handlers?.['/'] ?? {};
    const to = whereTo(root);
    const handler = TCP?.[at.slice(colon + 1)];
    if (port === null || to === null || !(handler?.HTTPS || handler?.HTTP)) return [];
    const speaks = handler.HTTPS ? 'https' : 'http';
    const isPublic = AllowFunnel?.[at] ?? false;
    return [{ port, speaks, to, isPublic, host: at.slice(0, colon), leadsOn: Boolean(root.Proxy) }];
  });
}

type Handler = { readonly [key in 'Proxy' | 'Path' | 'Text']?: string | null | undefined };

/** Null for a handler of a kind that is not known. */
function whereTo({ Proxy: url, Path: path, Text: text }: Handler): string | null {
  if (url) return url;
  if (path) return `the files in ${path}`;
  return text ? 'a text' : null;
}

/** Without a slash at the end. */
export const httpsUrl = (host: string, port: number): string => `https://${host}${port === 443 ? '' : `:${port}`}`;

function portOf(digits: string): number | null {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

/** Whether `to`, a URL like `http://127.0.0.1:3000`, is that port of this machine. */
export function leadsTo(to: string, port: number): boolean {
  const url = URL.parse(to);
  return url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) && url.port === String(port);
}
