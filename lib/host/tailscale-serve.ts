import { type ServeConfig, serveSchema } from '#lib/contract/tailscale.ts';
import { askTailscale, type Unknown } from './tailscale-cli.ts';

/** Whether `tailscale serve` publishes a local port, and where. `funnel`: the public internet can reach it there too. */
export type ServeTarget =
  | { readonly outcome: 'served'; readonly url: string; readonly funnel: boolean }
  | { readonly outcome: 'not-served' }
  | ({ readonly outcome: 'unknown' } & Unknown);

/** The https URL (no slash at the end) whose root leads to this port of this machine. Never rejects. */
export async function tailscaleServeTarget(port: number): Promise<ServeTarget> {
  const answer = await askTailscale(['serve', 'status', '--json'], serveSchema);
  if ('why' in answer) return { outcome: 'unknown', ...answer };
  if (answer.told === null) return { outcome: 'not-served' };
  const { Foreground, ...background } = answer.told;
  const configs = [background, ...Object.values(Foreground ?? {})].filter((config) => config != null);
  const found = configs.flatMap((config) => published(config, port));
  // One that Funnel covers comes first: it is the one to warn of.
  return found.find(({ funnel }) => funnel) ?? found[0] ?? { outcome: 'not-served' };
}

function published(config: ServeConfig, port: number): Extract<ServeTarget, { outcome: 'served' }>[] {
  return Object.entries(config.Web ?? {})
    .filter(([at, { Handlers }]) => speaksHttps(config, at) && leadsTo(Handlers?.['/']?.Proxy, port))
    .map(([at]) => ({
      outcome: 'served',
      url: `https://${at.replace(/:443$/, '')}`,
      funnel: config.AllowFunnel?.[at] ?? false,
    }));
}

function speaksHttps({ TCP }: ServeConfig, at: string): boolean {
  return TCP?.[at.slice(at.lastIndexOf(':') + 1)]?.HTTPS ?? false;
}

/** `proxy` is a URL like `http://127.0.0.1:3000`. */
function leadsTo(proxy: string | null | undefined, port: number): boolean {
  const url = URL.parse(proxy ?? '');
  return url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) && url.port === String(port);
}
