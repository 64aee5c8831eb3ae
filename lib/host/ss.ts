import type { Listener } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { listeningAt } from './listening-address.ts';
import { runFirst } from './run-first.ts';
import { whyNot } from './why-not.ts';

const PLACES = ['ss', '/usr/sbin/ss', '/sbin/ss', '/usr/bin/ss'];

/** Every listening TCP socket of this Linux, asked of the kernel by iproute2's `ss`. Never rejects. Takes about 10 ms. */
export async function askSs(places: readonly string[] = PLACES): Promise<Told<readonly Listener[]>> {
  const result = await runFirst(places, ['-Hltnp']);
  if (result.outcome !== 'ok') return whyNot('ss', result);
  const told = parseSs(result.stdout);
  return told === undefined ? { why: 'unreadable', detail: 'ss printed another table than expected' } : { told };
}

/** Undefined when a line is not as iproute2 4.15 and newer print it, for then the table may lack a socket. */
export function parseSs(text: string): readonly Listener[] | undefined {
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  const listeners = rows.map(parseRow).filter((listener) => listener !== undefined);
  return listeners.length === rows.length ? listeners : undefined;
}

/** `LISTEN 0 2048 0.0.0.0:8000 0.0.0.0:* users:(("uvicorn",pid=6604,fd=19))` */
const ROW = /^LISTEN\s+(\d{1,10})\s+(\d{1,10})\s+(\S+):(\d+)\s+\S+(?:\s+(.*))?$/;

function parseRow(line: string): Listener | undefined {
  const [, waiting, backlog, host = '', port = '', users = ''] = ROW.exec(line) ?? [];
  // `[::1]`, `[fe80::1]%eth0`, `*` for IPv6 that takes IPv4 too. The brackets are what tells IPv6.
  const [, ipv6, zone = ''] = /^\[(.*)\](%.+)?$/.exec(host) ?? [];
  const where = ipv6 === undefined ? ofBare(host, port) : listeningAt(ipv6 + zone, port, 'ipv6');
  if (where === undefined) return undefined;
  return { ...where, ...holder(users), waiting: Number(waiting), backlog: Number(backlog) };
}

function ofBare(host: string, port: string): ReturnType<typeof listeningAt> {
  // Before 4.15 IPv6 had no brackets and `*` was IPv4.
  if (host.includes(':')) return undefined;
  return listeningAt(host, port, host.startsWith('*') ? 'both' : 'ipv4');
}

/** Processes that share a socket are a parent and its children: the smallest pid is, as a rule, the parent's. */
function holder(users: string): Pick<Listener, 'pid' | 'program'> {
  const all = [...users.matchAll(/\("(.{0,64}?)",pid=(\d{1,10}),fd=\d+\)/g)];
  const [first] = all.map(([, program = '', pid]) => ({ pid: Number(pid), program })).sort((a, b) => a.pid - b.pid);
  return first ?? {};
}
