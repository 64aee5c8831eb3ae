import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

/** How one family's question about a name is answered. A list of addresses that is empty is an answer without data. */
export type DnsAnswer = readonly string[] | 'nxdomain' | 'servfail' | 'refused' | 'garbage' | 'silence';
/** The answers for one name; a family that is not named has no data. */
export type DnsZone = { readonly a?: DnsAnswer; readonly aaaa?: DnsAnswer };

type DnsOptions = {
  readonly zones: Readonly<Record<string, DnsZone>>;
  /** For names that are in no zone. */
  readonly otherwise?: DnsAnswer;
  readonly address?: string;
  /** 0 for any that is free. */
  readonly port?: number;
};

export type DnsStub = {
  /** `127.0.0.1:5353`, as a resolver takes it. */
  readonly server: string;
  /** Every question in order: `A macbook.tail1234.ts.net`. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
};

const CODES = { nxdomain: 3, servfail: 2, refused: 5 } as const;
const TYPES: Readonly<Record<number, 'a' | 'aaaa'>> = { 1: 'a', 28: 'aaaa' };

/** A name server on UDP that answers as told, for IPv4 and IPv6 addresses. Formats: RFC 1035 §4, RFC 3596. */
export async function dnsStub({ zones, otherwise = 'nxdomain', address, port = 0 }: DnsOptions): Promise<DnsStub> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  const answerFor = (name: string, type: number): DnsAnswer => {
    const [family, zone] = [TYPES[type], zones[name.toLowerCase()]];
    if (zone === undefined) return otherwise;
    return family === undefined ? [] : (zone[family] ?? []);
  };
  socket.on('message', (query: Buffer, from: RemoteInfo) => {
    const { name, type, end } = questionOf(query);
    asked.push(`${(TYPES[type] ?? String(type)).toUpperCase()} ${name}`);
    const answer = answerFor(name, type);
    if (answer !== 'silence') socket.send(replyTo(query.subarray(0, end), type, answer), from.port, from.address);
  });
  socket.bind(port, address ?? '127.0.0.1');
  await once(socket, 'listening');
  const bound = socket.address();
  return {
    server: `${bound.address}:${bound.port}`,
    asked,
    stop: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** `end` is where the question ends, so that what follows (EDNS) can be left out of the answer. */
function questionOf(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function replyTo(query: Buffer, type: number, answer: Exclude<DnsAnswer, 'silence'>): Buffer {
  if (answer === 'garbage') return Buffer.concat([query.subarray(0, 2), Buffer.from('this is not a DNS message')]);
  const records = typeof answer === 'string' ? [] : answer.map((address) => recordOf(type, address));
  const reply = Buffer.concat([query, ...records]);
  reply.writeUInt16BE(0x8180 | (typeof answer === 'string' ? CODES[answer] : 0), 2); // a response, recursion available
  reply.writeUInt16BE(1, 4);
  reply.writeUInt16BE(records.length, 6);
  reply.writeUInt32BE(0, 8);
  return reply;
}

/** Names the question by a pointer to it; lives for a second. */
function recordOf(type: number, address: string): Buffer {
  const data = type === 28 ? ipv6Bytes(address) : Buffer.from(address.split('.').map(Number));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(1, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function ipv6Bytes(address: string): Buffer {
  const [before = [], after = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
