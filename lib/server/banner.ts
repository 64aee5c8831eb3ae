import { tailscaleServeTarget } from '#lib/host/tailscale-serve.ts';
import type { Services } from './services.ts';

/** Tells a person at a terminal where to look and what is watched. */
export async function printBanner({ config, version, monitor, tailnet }: Services): Promise<void> {
  const { host, port, probeIntervalMs, dataDir } = config;
  const local = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const served = await tailscaleServeTarget(port);
  await monitor.probeNow();
  const lines = [
    `Lifeline ${version}`,
    `  here      ${local}`,
    `  phone     ${servedWords(served, { port, tailnetName: tailnet.name() })}`,
    `  watching  ${monitor.snapshot().target?.url ?? ''} every ${probeIntervalMs / 1_000} s`,
    `  history   ${dataDir}`,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

type Served = Awaited<ReturnType<typeof tailscaleServeTarget>>;

function servedWords(served: Served, { port, tailnetName }: { port: number; tailnetName: string | null }): string {
  const target = 'told' in served ? served.told : null;
  if (target !== null)
    return target.isPublic ? `${target.url}  (open to the whole internet by Funnel: turn it off)` : target.url;
  return tailnetName === null
    ? 'needs Tailscale, which does not answer here'
    : `not published yet: npm run tailnet, or tailscale serve --bg ${port}`;
}
