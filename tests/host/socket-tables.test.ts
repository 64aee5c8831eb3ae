import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Listener } from '#lib/domain/host-facts.ts';
import { parseLsof } from '#lib/host/lsof.ts';
import { parseNetstat } from '#lib/host/netstat.ts';
import { parseProcNetTcp } from '#lib/host/proc-net-tcp.ts';
import { parseSs } from '#lib/host/ss.ts';
import { fc } from '#tests/support/fast-check.ts';
import { mutated } from '#tests/support/mutated.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', 'sockets', `${name}.txt`), 'utf8');

describe('netstat of macOS', () => {
  test('12: pid and epid in their own columns', () => {
    expect(parseNetstat(fixture('netstat-12'))).toEqual([
      { address: '*', family: 'ipv4', port: 8000, pid: 5151 },
      { address: '::1', family: 'ipv6', port: 8765, pid: 812 },
      { address: '*', family: 'both', port: 8082, pid: 70902 },
      { address: 'fe80::1%lo0', family: 'ipv6', port: 631 },
    ]);
  });

  test('14: counters of bytes before them, and two programs on one port', () => {
    expect(parseNetstat(fixture('netstat-14'))).toEqual([
      { address: '127.0.0.1', family: 'ipv4', port: 8000, pid: 5151 },
      { address: '*', family: 'ipv6', port: 8000, pid: 5152 },
      { address: '*', family: 'both', port: 18970, pid: 777 },
    ]);
  });

  test('26: name and pid in one column, names with spaces, brackets, digits', () => {
    expect(parseNetstat(fixture('netstat-26'))).toEqual([
      { address: '*', family: 'ipv4', port: 8000, pid: 5151, program: 'python3.12' },
      { address: '*', family: 'both', port: 3283, pid: 1039, program: 'ARDAgent' },
      { address: 'fd7a:115c:a1e0::7', family: 'ipv6', port: 49615, pid: 1232, program: 'io.tailscale.ipn' },
      { address: '127.0.0.1', family: 'ipv4', port: 8765, pid: 1967, program: 'Cursor Helper (P' },
      { address: '127.0.0.1', family: 'ipv4', port: 8770, pid: 90095, program: '2.1.251' },
    ]);
  });

  test('a header that names other columns than the rows have: the rows are believed', () => {
    const mixed = fixture('netstat-26').replace('process:pid', 'pid   epid');
    expect(parseNetstat(mixed)).toEqual(parseNetstat(fixture('netstat-26')));
  });

  test('nothing listens: an empty table, not an unknown one', () => {
    const [title = '', header = '', established = ''] = fixture('netstat-26').split('\n');
    expect(parseNetstat([title, header, established].join('\n'))).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['no header', fixture('netstat-12').split('\n').slice(2).join('\n')],
    ['an address that was cut', fixture('netstat-12').replace('::1.8765', '2600:1700:5610:3.8765')],
    ['an interface without a name', fixture('netstat-12').replace('*.8000', '*%.8000')],
    ['a protocol of tomorrow', fixture('netstat-12').replace('tcp46', 'tcp66')],
    ['a port that is none', fixture('netstat-12').replace('*.8082', '*.80820')],
    [
      "Linux's own netstat",
      'Proto Recv-Q Send-Q Local Address Foreign Address State\ntcp 0 0 0.0.0.0:8000 0.0.0.0:* LISTEN 1/x',
    ],
  ])('%s is unreadable', (_, text) => {
    expect(parseNetstat(text)).toBeUndefined();
  });
});

describe('ss of Linux', () => {
  test('addresses, families, queues, and the parent of those that share a socket', () => {
    const queues = { waiting: 0, backlog: 511 };
    expect(parseSs(fixture('ss'))).toEqual([
      { address: '*', family: 'ipv4', port: 8000, pid: 6604, program: 'uvicorn', waiting: 0, backlog: 2048 },
      { address: '*', family: 'both', port: 8002, pid: 6605, program: 'node', waiting: 3, backlog: 511 },
      { address: '::1', family: 'ipv6', port: 8003, pid: 6606, program: 'my (odd) \\" name', ...queues },
      { address: '*', family: 'ipv6', port: 8004, ...queues },
      { address: 'fe80::fc:ff:fe00:1%eth0', family: 'ipv6', port: 8005, pid: 6607, program: 'node', ...queues },
      { address: '127.0.0.1', family: 'ipv4', port: 8006, pid: 6608, program: 'node', ...queues },
      { address: '127.0.0.53', family: 'ipv4', port: 53, waiting: 0, backlog: 128 },
      { address: '*%eth0', family: 'ipv4', port: 8007, pid: 6609, program: 'python3', waiting: 0, backlog: 5 },
    ]);
  });

  test('nothing listens: an empty table', () => {
    expect(parseSs('')).toEqual([]);
  });

  test.each([
    ['a header', 'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process'],
    ['IPv6 without brackets, as before 4.15', 'LISTEN 0 128 :::8000 :::*'],
    ['a port by name', 'LISTEN 0 128 0.0.0.0:http-alt 0.0.0.0:*'],
    ['a socket of another kind', 'ESTAB 0 0 127.0.0.1:8000 127.0.0.1:50000'],
  ])('%s is unreadable', (_, line) => {
    expect(parseSs(`${fixture('ss')}${line}\n`)).toBeUndefined();
  });
});

describe('lsof', () => {
  test('one socket shared by two processes is one, names are unescaped, IPv6 stays open where it is', () => {
    const helper = { pid: 6605, program: 'Cursor Helper' };
    const sockets = parseLsof(fixture('lsof'));
    expect(sockets).toHaveLength(5);
    expect(sockets).toEqual(
      expect.arrayContaining([
        { address: '*', family: 'ipv4', port: 8000, pid: 6604, program: 'uvicorn' },
        { address: '*', family: 'both', port: 8002, ...helper, mayBeIpv6Only: true },
        { address: '::1', family: 'ipv6', port: 8003, ...helper },
        // Beside a socket on every IPv4 address it gets IPv6 only.
        { address: '*', family: 'ipv6', port: 8000, ...helper },
        { address: '127.0.0.1', family: 'ipv4', port: 8006, ...helper },
      ]),
    );
  });

  test.each([
    [
      'a table for people',
      'COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME\nnode 1 me 7u IPv4 0x1 0t0 TCP *:8443 (LISTEN)',
    ],
    ['a process without files', 'p123\ncnode\n'],
    ['an address without a port', 'p1\ncx\nf3\ntIPv4\nd1\nn127.0.0.1\n'],
    ['a connection', 'p1\ncx\nf3\ntIPv4\nd1\nn127.0.0.1:1->127.0.0.1:2x\n'],
  ])('%s is unreadable', (_, text) => {
    expect(parseLsof(text)).toBeUndefined();
  });
});

describe("the kernel's own tables", () => {
  test('IPv4', () => {
    expect(parseProcNetTcp(fixture('proc-tcp'))).toEqual([
      { address: '127.0.0.1', family: 'ipv4', port: 8001, waiting: 2, inode: '1019151' },
      { address: '*', family: 'ipv4', port: 8000, waiting: 0, inode: '1066' },
    ]);
  });

  test('IPv6', () => {
    expect(parseProcNetTcp(fixture('proc-tcp6'))).toMatchObject([
      { address: '::1', family: 'ipv6', port: 18003 },
      { address: '127.0.0.1', family: 'ipv4', port: 18006 },
      { address: '*', family: 'ipv6', port: 18004 },
      { address: 'fd7a:115c:a1e0::7', family: 'ipv6', port: 18005 },
    ]);
  });

  test('a row that is cut off makes the table unreadable', () => {
    expect(parseProcNetTcp(fixture('proc-tcp').replace('0100007F:1F41', '0100007F:1F4'))).toBeUndefined();
    expect(parseProcNetTcp('')).toBeUndefined();
  });
});

const PARSERS: readonly [string, (text: string) => readonly Listener[] | undefined, readonly string[]][] = [
  ['netstat', parseNetstat, [fixture('netstat-12'), fixture('netstat-14'), fixture('netstat-26')]],
  ['ss', parseSs, [fixture('ss')]],
  ['lsof', parseLsof, [fixture('lsof')]],
  ['/proc', parseProcNetTcp, [fixture('proc-tcp'), fixture('proc-tcp6')]],
];

describe.each(PARSERS)('whatever %s prints', (_, parse, texts) => {
  test('a socket that is told has a real port and address and no pid that cannot be', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), mutated(texts)), (text) => {
        for (const { address, port, pid = 1 } of parse(text) ?? []) {
          expect(address).toMatch(/^[\da-f.:*]+(%.+)?$/i);
          expect(Number.isInteger(port) && port >= 1 && port <= 65_535).toBe(true);
          expect(Number.isSafeInteger(pid) && pid >= 0).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['a', ' ', '\n', ':', '0 ', 'tcp4 ', 'LISTEN 0 0 ', 'p1\nf1\n', '("', '[', '0A '])(
    'a megabyte of %j is read to its end',
    (piece) => {
      // Looking back and forth for each character would take longer than a test may.
      parse(piece.repeat(1_048_576 / piece.length));
      for (const text of texts) parse(`${text.trimEnd()}${piece.repeat(1_048_576 / piece.length)}`);
    },
  );
});
