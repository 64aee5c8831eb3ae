import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Target } from '#lib/domain/probe.ts';
import { probeHttp } from '#lib/probe/http-probe.ts';
import { osResolver } from '#lib/probe/resolve.ts';
import { type Figure, median, printFigures } from './figures.ts';

const WARM_UPS = 500;
const PROBES = 3_000;

/** What one probe costs this process, beside the least and the most usual way to ask a server something. */
export async function run(): Promise<void> {
  const server = fork(fileURLToPath(import.meta.resolve('./health-server.ts'))); // elsewhere, so that its work is not counted
  const [port] = await once(server, 'message');
  const target: Target = { kind: 'name', url: `http://127.0.0.1:${port}/health` };
  const resolve = osResolver();
  printFigures([
    ...(await measure('net.connect', () => connectOnce(port))),
    ...(await measure('fetch', () => fetchOnce(target.url))),
    ...(await measure('probeHttp', () => probeHttp(target, { resolve }), { target: '≤ 1,000 µs', peer: '5,000 µs' })),
  ]);
  server.disconnect();
}

async function connectOnce(port: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  socket.destroy();
}

async function fetchOnce(url: string): Promise<void> {
  const response = await fetch(url, { headers: { connection: 'close' } });
  await response.json();
}

/** One after another, as rounds are. The mean of CPU time holds the garbage collector's share. */
async function measure(
  what: string,
  ask: () => Promise<unknown>,
  beside: Pick<Figure, 'target' | 'peer'> = {},
): Promise<readonly Figure[]> {
  for (let nth = 0; nth < WARM_UPS; nth += 1) await ask();
  const wallUs: number[] = [];
  const before = process.cpuUsage();
  for (let nth = 0; nth < PROBES; nth += 1) {
    const start = performance.now();
    await ask();
    wallUs.push((performance.now() - start) * 1_000);
  }
  const { user, system } = process.cpuUsage(before);
  const microseconds = (value: number) => `${Math.round(value).toLocaleString('en')} µs`;
  return [
    {
      what: `CPU per ${what}, mean of ${PROBES.toLocaleString('en')}`,
      ours: microseconds((user + system) / PROBES),
      ...beside,
    },
    { what: `wall time per ${what}, median`, ours: microseconds(median(wallUs)) },
  ];
}

if (import.meta.main) await run();
