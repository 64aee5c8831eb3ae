import { isIPv4 } from 'node:net';
import { placeOf, type Rule, type Ruleset } from './nft-ruleset.ts';

/** Whether something holds for the connection; `maybe` when it cannot be known from here. */
export type Tri = boolean | 'maybe';

export const and = (a: Tri, b: Tri): Tri =>
  a === false || b === false ? false : a === true && b === true ? true : 'maybe';
const not = (a: Tri): Tri => (a === 'maybe' ? a : !a);

/** What is looked at, as far as it is known of a new connection from some peer. */
type Subject =
  | { readonly is: 'number'; readonly from: number; readonly to: number }
  | { readonly is: 'word'; readonly words: readonly string[] }
  /** Of a protocol that the packet does not speak: no comparison holds. */
  | { readonly is: 'absent' };

/** Where an element of a set is looked up, and the port that is asked. */
export type Sight = { readonly rule: Rule; readonly sets: Ruleset['sets']; readonly port: number };

/** A field of a JSON object; undefined for anything else. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Does `left op right` hold for a new TCP connection from the tailnet? */
export function matches(match: unknown, sight: Sight): Tri {
  const [left, right, op] = [field(match, 'left'), field(match, 'right'), field(match, 'op')];
  const subject = subjectOf(left, sight.port);
  if (subject?.is === 'absent') return false;
  const flags = field(left, '&');
  const holds = flags === undefined ? compare({ left, right, op }, sight) : compareFlags(listOf(flags), right);
  return op === '!=' ? not(holds) : holds;
}

type Comparison = { readonly left: unknown; readonly right: unknown; readonly op: unknown };

function compare({ left, right, op }: Comparison, sight: Sight): Tri {
  const elements = elementsOf(right, sight);
  const bound = typeof right === 'number' ? BOUNDS.get(op)?.(right) : undefined;
  if (bound !== undefined) return isOneOf(left, [{ range: bound }], sight.port);
  if (elements === undefined || !['==', '!=', 'in'].includes(`${op}`)) return 'maybe';
  return isOneOf(left, elements, sight.port);
}

const TOP = 2 ** 32;
const BOUNDS = new Map<unknown, (than: number) => readonly [number, number]>([
  ['<', (than) => [0, than - 1]],
  ['<=', (than) => [0, than]],
  ['>', (than) => [than + 1, TOP]],
  ['>=', (than) => [than, TOP]],
]);

/** One value, an anonymous set, or the elements of a named one; undefined for a set that the ruleset does not show. */
function elementsOf(right: unknown, { rule, sets }: Sight): readonly unknown[] | undefined {
  if (typeof right === 'string' && right.startsWith('@')) return sets.get(placeOf(rule, right.slice(1)));
  return listOf(field(right, 'set') ?? right);
}

/** Is what is looked at among these values, ranges, prefixes? `ip saddr . tcp dport` is compared part by part. */
export function isOneOf(left: unknown, elements: readonly unknown[], port: number): Tri {
  const values = elements.map((element) => field(field(element, 'elem'), 'val') ?? element);
  const parts = field(left, 'concat');
  if (!Array.isArray(parts)) return isAmong(left, values, port);
  return any(values.map((value) => isEach(parts, field(value, 'concat'), port)));
}

function isEach(parts: readonly unknown[], values: unknown, port: number): Tri {
  if (!Array.isArray(values) || values.length !== parts.length) return 'maybe';
  return parts.map((part, index) => isAmong(part, [values[index]], port)).reduce(and, true);
}

function isAmong(left: unknown, values: readonly unknown[], port: number): Tri {
  const subject = subjectOf(left, port);
  if (subject?.is === 'word') return any(values.map((value) => isWord(subject.words, value)));
  return subject?.is === 'number' ? isWithin(subject, values.map(rangeOf)) : 'maybe';
}

const any = (all: readonly Tri[]): Tri => not(all.map(not).reduce(and, true));

function isWord(words: readonly string[], value: unknown): Tri {
  if (typeof value !== 'string' && typeof value !== 'number') return 'maybe';
  const text = `${value}`.toLowerCase();
  return text.endsWith('*') ? words.some((word) => word.startsWith(text.slice(0, -1))) : words.includes(text);
}

type Range = readonly [from: number, to: number];

/** Some values of a stretch may lie within and some without: then it depends on the peer. */
function isWithin(
  { from, to }: { readonly from: number; readonly to: number },
  ranges: readonly (Range | undefined)[],
): Tri {
  const known = ranges.filter((range) => range !== undefined).toSorted(([a], [b]) => a - b);
  let reached = from;
  for (const [start, end] of known) if (start <= reached) reached = Math.max(reached, end + 1);
  if (reached > to) return true;
  const touches = known.some(([start, end]) => start <= to && end >= from);
  return touches || known.length < ranges.length ? 'maybe' : false;
}

function rangeOf(value: unknown): Range | undefined {
  const range = field(value, 'range');
  if (Array.isArray(range)) return rangeBetween(numberOf(range[0]), numberOf(range[1]));
  const prefix = field(value, 'prefix');
  const [address, length] = [numberOf(field(prefix, 'addr')), field(prefix, 'len')];
  if (address !== undefined && typeof length === 'number' && length >= 0 && length <= 32) {
    const size = 2 ** (32 - length);
    const start = Math.floor(address / size) * size;
    return [start, start + size - 1];
  }
  const number = numberOf(value);
  return rangeBetween(number, number);
}

const rangeBetween = (from: number | undefined, to: number | undefined): Range | undefined =>
  from === undefined || to === undefined ? undefined : [from, to];

/** A number, or an IPv4 address as one. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !isIPv4(value)) return undefined;
  return value.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

/** `tcp flags & (fin | syn | rst | ack) == syn`: a new connection has SYN, and perhaps the two of ECN. */
function compareFlags([left, mask]: readonly unknown[], right: unknown): Tri {
  const isFlags = field(field(left, 'payload'), 'field') === 'flags';
  const [looked, wanted] = [flagsOf(mask), flagsOf(right)];
  if (!isFlags || looked === undefined || wanted === undefined || looked.some((flag) => ECN.includes(flag)))
    return 'maybe';
  const seen = looked.filter((flag) => flag === 'syn');
  return seen.length === wanted.length && seen.every((flag) => wanted.includes(flag));
}

const ECN = ['ecn', 'ece', 'cwr'];

/** `0`, `syn`, `[fin, syn]`, `{ | : [{ | : [fin, syn] }, rst] }`; undefined for anything else. */
function flagsOf(value: unknown, depth = 0): readonly string[] | undefined {
  if (value === 0) return [];
  if (typeof value === 'string') return [value];
  const parts = Array.isArray(value) ? value : field(value, '|');
  if (!Array.isArray(parts) || depth > 16) return undefined;
  const all = parts.map((part) => flagsOf(part, depth + 1));
  return all.includes(undefined) ? undefined : all.flatMap((flags) => flags ?? []);
}

const word = (...words: readonly string[]): Subject => ({ is: 'word', words });
const number = (from: number, to = from): Subject => ({ is: 'number', from, to });
const PEERS = number(0x64_40_00_00, 0x64_7f_ff_ff); // 100.64.0.0/10
const TCP = word('tcp', '6');

const SUBJECTS = new Map<string, Subject>([
  ['meta iifname', word('tailscale0')],
  ['meta iif', word('tailscale0')],
  ['meta l4proto', TCP],
  ['meta nfproto', word('ipv4', '2')],
  ['meta protocol', word('ip', '2048')],
  ['meta pkttype', word('host', 'unicast')],
  ['ct state', word('new')],
  ['ct direction', word('original')],
  ['ip saddr', PEERS],
  ['ip daddr', PEERS],
  ['ip protocol', TCP],
  ['ip version', number(4)],
  ['tcp sport', number(1, 65_535)],
  ['th sport', number(1, 65_535)],
  ['fib daddr type', word('local')],
]);
/** What an IPv4 TCP packet has headers of; `th` is whatever the transport is. */
const SPOKEN = ['ip', 'tcp', 'th', 'ether', 'vlan'];

function subjectOf(left: unknown, port: number): Subject | undefined {
  const name = nameOf(left);
  if (name === 'tcp dport' || name === 'th dport') return number(port);
  const protocol = field(field(left, 'payload'), 'protocol');
  if (typeof protocol === 'string' && !SPOKEN.includes(protocol)) return { is: 'absent' };
  return SUBJECTS.get(name);
}

/** `tcp dport`, `meta iifname`, `ct state`, `fib daddr type`; empty for what has no such name. */
export function nameOf(left: unknown): string {
  const payload = field(left, 'payload');
  if (payload !== undefined) return `${field(payload, 'protocol')} ${field(payload, 'field')}`;
  const fib = field(left, 'fib');
  if (fib !== undefined) return `fib ${listOf(field(fib, 'flags')).join(' . ')} ${field(fib, 'result')}`;
  for (const kind of ['meta', 'ct'])
    if (field(left, kind) !== undefined) return `${kind} ${field(field(left, kind), 'key')}`;
  return '';
}
