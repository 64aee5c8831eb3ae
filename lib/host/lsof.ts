import type { Listener } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { listeningAt, settleFamilies } from './listening-address.ts';
import { runFirst } from './run-first.ts';
import { wholeNumber } from './whole-number.ts';
import { whyNot } from './why-not.ts';

const PLACES = ['lsof', '/usr/sbin/lsof', '/usr/bin/lsof'];
/** Names in full, no warnings, numbers only; per socket: type, device (its identity) and address. */
const ARGS = ['+c', '0', '-w', '-nP', '-iTCP', '-sTCP:LISTEN', '-Fpcftdn'];
/** It was seen to take 10 s on a busy Mac. */
const PATIENCE_MS = 10_000;

/**
 * The listening TCP sockets that lsof sees: without root only those of processes of the same user, so it never tells that
 * there is none. Never rejects. Takes about 30 ms, on a busy Mac seconds.
 */
export async function askLsof(places: readonly string[] = PLACES): Promise<Told<readonly Listener[]>> {
  const result = await runFirst(places, ARGS, { patienceMs: PATIENCE_MS });
  // It ends with 1 also when it found some and could not look at others.
  const hasAnswer = result.outcome === 'ok' || (result.outcome === 'exited' && result.stdout !== '');
  if (!hasAnswer) {
    const isEmpty = result.outcome === 'exited' && result.code === 1 && result.stderr === '';
    return isEmpty ? { why: 'not-permitted', detail: 'lsof saw no listening socket' } : whyNot('lsof', result);
  }
  const told = parseLsof(result.stdout);
  return told === undefined ? { why: 'unreadable', detail: 'lsof printed other fields than expected' } : { told };
}

type Found = Listener & { readonly socket: string };

/** One field a line, told by its first letter. Undefined when a socket is not as expected. */
export function parseLsof(text: string): readonly Listener[] | undefined {
  // A new process begins with `p`, a new file of it with `f`.
  const processes = `\n${text}`.split(/\n(?=p)/).slice(1);
  const found = processes.flatMap((process) => {
    const [head = '', ...files] = process.split(/\n(?=f)/);
    return files.map((file) => parseFile(fieldsOf(head), fieldsOf(file)));
  });
  if (found.includes(undefined) || (found.length === 0 && text.trim() !== '')) return undefined;
  return settleFamilies(withoutShared(found.filter((each) => each !== undefined)));
}

const fieldsOf = (lines: string): ReadonlyMap<string, string> =>
  new Map(lines.split('\n').map((line) => [line.slice(0, 1), line.slice(1)]));

function parseFile(process: ReadonlyMap<string, string>, file: ReadonlyMap<string, string>): Found | undefined {
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(file.get('n') ?? '') ?? [];
  const type = file.get('t');
  if (type !== 'IPv4' && type !== 'IPv6') return undefined;
  const where = listeningAt(host.replace(/^\[(.*)\]$/, '$1'), port, type === 'IPv4' ? 'ipv4' : 'ipv6');
  const pid = wholeNumber(process.get('p'));
  if (where === undefined || pid === undefined) return undefined;
  const program = process
    .get('c')
    ?.replace(/\\x([\da-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return { ...where, pid, ...(program ? { program } : {}), socket: file.get('d') ?? `${host} ${port} ${type}` };
}

/** Processes that share a socket are a parent and its children: the smallest pid is, as a rule, the parent's. */
function withoutShared(found: readonly Found[]): readonly Listener[] {
  const inOrder = found.toSorted((a, b) => (b.pid ?? 0) - (a.pid ?? 0));
  return [...new Map(inOrder.map(({ socket, ...listener }) => [socket, listener])).values()];
}
