import type { Listener } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { listeningAt } from './listening-address.ts';
import { runFirst } from './run-first.ts';
import { whyNot } from './why-not.ts';

const PLACES = ['netstat', '/usr/sbin/netstat'];

/**
 * Every listening TCP socket of this Mac, also those of other users. `-l` keeps it from cutting IPv6 addresses after 16
 * characters. Never rejects. Reported at about 7 ms, where lsof takes seconds under load.
 */
export async function askNetstat(places: readonly string[] = PLACES): Promise<Told<readonly Listener[]>> {
  const result = await runFirst(places, ['-anlv', '-p', 'tcp']);
  if (result.outcome !== 'ok') return whyNot('netstat', result);
  const told = parseNetstat(result.stdout);
  return told === undefined ? { why: 'unreadable', detail: 'netstat printed another table than expected' } : { told };
}

/**
 * Reads the three layouts of macOS; its header decides which (network reference §2.7). Undefined without a header, or when
 * a listening row is not as expected, for then the table may lack a socket.
 */
export function parseNetstat(text: string): readonly Listener[] | undefined {
  const lines = text.split('\n');
  const header = lines.find((line) => line.startsWith('Proto') && line.includes('Local Address'));
  if (header === undefined) return undefined;
  // rhiwat and shiwat, since macOS 13 with rxbytes and txbytes before them.
  const counters = header.includes('rxbytes') ? 4 : 2;
  const rows = lines.filter((line) => line.startsWith('tcp') && /\sLISTEN\s/.test(line));
  const listeners = rows.map((row) => parseRow(row, counters)).filter((listener) => listener !== undefined);
  return listeners.length === rows.length ? listeners : undefined;
}

const FAMILIES = new Map<string, Listener['family']>([
  ['tcp4', 'ipv4'],
  ['tcp6', 'ipv6'],
  ['tcp46', 'both'],
]);

/** `tcp46 0 0 *.8000 *.* LISTEN 0 0 131072 131072 Python:5151 00100 …`: the port is behind the last dot. */
const ROW = /^(tcp\d+)\s+\d+\s+\d+\s+(\S+)\.(\S+)\s+\S+\s+LISTEN\s+(.*)$/;

function parseRow(line: string, counters: number): Listener | undefined {
  const [, protocol = '', address = '', port = '', rest = ''] = ROW.exec(line) ?? [];
  const family = FAMILIES.get(protocol);
  const where = family && listeningAt(address, port, family);
  return where && { ...where, ...holder(rest.split(/\s+/).slice(counters).join(' ')) };
}

/** `5151 0 …` (pid, epid) or, since macOS 15, `Cursor Helper (P:1967 00100 …`: a name may have spaces and is cut. */
function holder(columns: string): Pick<Listener, 'pid' | 'program'> {
  const [, alone] = /^(\d{1,10}) \d+( |$)/.exec(columns) ?? [];
  const [, program = '', named] = /^(.*?):(\d{1,10}) /.exec(`${columns} `) ?? [];
  const pid = Number(alone ?? named ?? 0);
  // The kernel's own sockets have pid 0.
  if (pid === 0) return {};
  return alone === undefined && program !== '' ? { pid, program } : { pid };
}
