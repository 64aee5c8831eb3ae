import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Listener } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { listeningAt, settleFamilies } from './listening-address.ts';
import { whyNoFile } from './why-no-file.ts';

/**
 * Every listening TCP socket of this Linux from the kernel's own tables, with the process where we may look at it. They do
 * not say whether an IPv6 socket takes IPv4 too; the system's default (`bindv6only`) proves nothing, since asyncio
 * overrides it. Never rejects. Reads every connection and every open file: 10–60 ms.
 */
export async function readProcNetTcp(proc = '/proc'): Promise<Told<readonly Listener[]>> {
  const table = await readFile(`${proc}/net/tcp`, 'utf8').catch(whyNoFile);
  if (typeof table !== 'string') return table;
  // A kernel without IPv6 has no such file.
  const table6 = await readFile(`${proc}/net/tcp6`, 'utf8').catch(() => '');
  const [sockets, sockets6] = [parseProcNetTcp(table), parseProcNetTcp(table6 || HEADER)];
  if (sockets === undefined || sockets6 === undefined)
    return { why: 'unreadable', detail: `${proc}/net/tcp is not as expected` };
  const all = [...sockets, ...sockets6];
  const holders = await holdersOf(new Set(all.map(({ inode }) => inode)), proc);
  return { told: settleFamilies(all.map(({ inode, ...listener }) => ({ ...listener, ...holders.get(inode) }))) };
}

const HEADER = '  sl  local_address rem_address';

type Socket = Listener & { readonly inode: string };

/** The listening rows of one table. Undefined without its header, or when one of them is not as expected. */
export function parseProcNetTcp(text: string): readonly Socket[] | undefined {
  const [header = '', ...lines] = text.split('\n');
  if (!header.includes('local_address')) return undefined;
  const rows = lines.map((line) => line.trim().split(/\s+/)).filter((columns) => columns[3] === LISTEN);
  const sockets = rows.map(parseRow).filter((socket) => socket !== undefined);
  return sockets.length === rows.length ? sockets : undefined;
}

const LISTEN = '0A';

/** `0: 0100007F:1F40 00000000:0000 0A 00000000:00000001 …`: local address and port, state, bytes or connections waiting. */
function parseRow(columns: readonly string[]): Socket | undefined {
  const [, local = '', , , queues = '', , , , , inode] = columns;
  const [, hex = '', port = ''] = /^([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4})$/i.exec(local) ?? [];
  const [, waiting] = /^[\dA-F]{8}:([\dA-F]{8})$/i.exec(queues) ?? [];
  const where = listeningAt(
    hex.length === 8 ? ipv4(hex) : ipv6(hex),
    decimal(port),
    hex.length === 8 ? 'ipv4' : 'ipv6',
  );
  if (where === undefined || waiting === undefined || !/^\d{1,20}$/.test(inode ?? '')) return undefined;
  return { ...where, waiting: Number.parseInt(waiting, 16), inode: inode ?? '' };
}

const decimal = (hex: string): string => `${Number.parseInt(hex, 16)}`;

/** Words of four bytes in the order of the processor, which is the least significant first on all that run Node 26. */
const bytes = (word: string): readonly string[] => (word.match(/../g) ?? []).toReversed();

const ipv4 = (word: string): string => bytes(word).map(decimal).join('.');

function ipv6(words: string): string {
  const hex = (words.match(/.{8}/g) ?? []).flatMap(bytes).join('').toLowerCase();
  const mapped = /^0{20}ffff(.{8})$/.exec(hex)?.[1];
  if (mapped !== undefined) return (mapped.match(/../g) ?? []).map(decimal).join('.');
  const groups = (hex.match(/.{4}/g) ?? []).join(':');
  // As everyone else writes it: no zeros in front, the longest run of them left out.
  return URL.parse(`http://[${groups}]/`)?.hostname.slice(1, -1) ?? '';
}

type Holder = Required<Pick<Listener, 'pid' | 'program'>>;

/** Who has these sockets open, in order of pid; only what we may look at. */
async function holdersOf(inodes: ReadonlySet<string>, proc: string): Promise<ReadonlyMap<string, Holder>> {
  const holders = new Map<string, Holder>();
  const pids = (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids.toSorted((a, b) => a - b)) {
    if (holders.size === inodes.size) break;
    const open = (await socketsOf(`${proc}/${pid}/fd`)).filter((inode) => inodes.has(inode) && !holders.has(inode));
    if (open.length === 0) continue;
    const program = (await readFile(`${proc}/${pid}/comm`, 'utf8').catch(() => '')).trimEnd();
    for (const inode of open) holders.set(inode, { pid, program });
  }
  return holders;
}

/** The inodes behind links such as `socket:[123]`. */
async function socketsOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]).filter((inode) => inode !== undefined);
}
