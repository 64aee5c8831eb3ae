import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Listener } from '#lib/domain/host-facts.ts';
import { firstTold } from '#lib/host/first-told.ts';
import { listeningSockets } from '#lib/host/listeners.ts';
import { askLsof } from '#lib/host/lsof.ts';
import { askNetstat } from '#lib/host/netstat.ts';
import { readProcNetTcp } from '#lib/host/proc-net-tcp.ts';
import { askSs } from '#lib/host/ss.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';
import { scriptedTool } from '#tests/support/scripted-tool.ts';

const isLinux = process.platform === 'linux';
const ss = await askSs();
const lsof = await askLsof();

/** What is listened on, and what a table that sees everything says of it. */
const BINDS: readonly (readonly [string, ListenOptions, Pick<Listener, 'address' | 'family'>])[] = [
  ['every IPv4 address', { host: '0.0.0.0' }, { address: '*', family: 'ipv4' }],
  ['loopback', { host: '127.0.0.1' }, { address: '127.0.0.1', family: 'ipv4' }],
  ['loopback of IPv6', { host: '::1' }, { address: '::1', family: 'ipv6' }],
  ['both families', { host: '::' }, { address: '*', family: 'both' }],
  ['every IPv6 address only', { host: '::', ipv6Only: true }, { address: '*', family: 'ipv6' }],
  ['an IPv4 address by an IPv6 socket', { host: '::ffff:127.0.0.1' }, { address: '127.0.0.1', family: 'ipv4' }],
];

const servers: Server[] = [];
const portOf = (index: number): number => {
  const address = servers[index]?.address();
  return typeof address === 'object' && address !== null ? address.port : expect.unreachable();
};

beforeAll(async () => {
  for (const [, options] of BINDS) {
    const server = createServer().listen({ ...options, port: 0 });
    servers.push(server);
    await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  }
});
afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))));

async function found(ask: () => ReturnType<typeof listeningSockets>, port: number): Promise<readonly Listener[]> {
  const answer = await ask();
  return 'told' in answer ? answer.told.filter((socket) => socket.port === port) : expect.unreachable(answer.detail);
}

describe.each(BINDS.map((bind, index) => [...bind, index] as const))(
  'a socket on %s',
  (_, _options, expected, index) => {
    /** What lsof and /proc say of a socket on every IPv6 address. */
    const open = expected.address === '*' && expected.family !== 'ipv4';
    const vague = open ? { address: '*', family: 'both', mayBeIpv6Only: true } : expected;
    const mine = { port: 0, pid: process.pid };

    test.skipIf(!isLinux || !('told' in ss))('is seen by ss', async () => {
      const port = portOf(index);
      const [socket, ...others] = await found(listeningSockets, port);
      expect(socket).toMatchObject({ ...expected, ...mine, port, waiting: 0, backlog: 511 });
      expect(socket).not.toHaveProperty('mayBeIpv6Only');
      expect(others).toEqual([]);
    });

    test.skipIf(!isLinux)('is seen in /proc', async () => {
      const port = portOf(index);
      const sockets = await found(readProcNetTcp, port);
      expect(sockets).toEqual([{ ...vague, ...mine, port, waiting: 0, program: expect.stringMatching(/./) }]);
    });

    test.skipIf(!('told' in lsof))('is seen by lsof', async () => {
      const port = portOf(index);
      expect(await found(askLsof, port)).toEqual([{ ...vague, ...mine, port, program: expect.stringMatching(/./) }]);
    });
  },
);

test.skipIf(!isLinux)('IPv6 beside IPv4 on the same port is IPv6 only in every table', async () => {
  const port = portOf(0);
  const server = createServer().listen({ host: '::', ipv6Only: true, port });
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  for (const ask of [listeningSockets, readProcNetTcp, ...('told' in lsof ? [askLsof] : [])]) {
    const sockets = await found(ask, port);
    expect(sockets.map(({ family }) => family).toSorted()).toEqual(['ipv4', 'ipv6']);
    expect(sockets.some((socket) => 'mayBeIpv6Only' in socket)).toBe(false);
  }
});

describe('a Linux without ss', () => {
  test.skipIf(!isLinux)('is told from /proc', async () => {
    await scriptedPath({ ss: 'exit 255' });
    expect(await found(() => listeningSockets('linux'), portOf(0))).toHaveLength(1);
  });

  test('without IPv6 has one table, and one whose processes we may not see has no pids', async () => {
    const proc = await folder();
    await mkdir(join(proc, 'net'));
    await writeFile(join(proc, 'net', 'tcp'), HEADER + row('00000000:1F40'));
    expect(await readProcNetTcp(proc)).toEqual({ told: [{ address: '*', family: 'ipv4', port: 8000, waiting: 0 }] });
  });

  test('without its tables, or with others, is unknown', async () => {
    const proc = await folder();
    expect(await readProcNetTcp(proc)).toMatchObject({ why: 'not-here' });
    await mkdir(join(proc, 'net'));
    await writeFile(join(proc, 'net', 'tcp'), HEADER + row('0000:1F40'));
    expect(await readProcNetTcp(proc)).toMatchObject({ why: 'unreadable' });
  });
});

const HEADER = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string) =>
  `   0: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1066 1 0 100 0 0 10 0\n`;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'proc-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe('a Mac', () => {
  const NETSTAT = `[ "$*" = "-anlv -p tcp" ] && cat '${join(import.meta.dirname, 'fixtures', 'sockets', 'netstat-26.txt')}'`;
  const LSOF = `cat '${join(import.meta.dirname, 'fixtures', 'sockets', 'lsof.txt')}'`;

  test('is told by netstat, which is not allowed to cut addresses', async () => {
    await scriptedPath({ netstat: NETSTAT, lsof: 'exit 9' });
    expect(await found(() => listeningSockets('darwin'), 8000)).toMatchObject([{ pid: 5151 }]);
  });

  test.each([
    ['fails', 'exit 1'],
    ['prints another table', 'echo Proto Local Foreign'],
    ['prints 100 MB', 'head -c 100000000 /dev/zero'],
  ])('whose netstat %s is told by lsof', async (_, lines) => {
    await scriptedPath({ netstat: lines, lsof: LSOF });
    expect(await found(() => listeningSockets('darwin'), 8000)).toHaveLength(2);
  });

  test('lsof that ends with 1 but told something is believed', async () => {
    expect(await askLsof([await scriptedTool(`${LSOF}; exit 1`)])).toMatchObject({ told: { length: 5 } });
  });

  test('lsof that tells nothing may not have been permitted to', async () => {
    expect(await askLsof([await scriptedTool('exit 1')])).toMatchObject({ why: 'not-permitted' });
  });

  test('netstat that hangs is silent, not empty', async () => {
    expect(await askNetstat([await scriptedTool('sleep 600')])).toMatchObject({ why: 'silent' });
  });
});

describe('when nobody tells', () => {
  test('the first that is there says why', async () => {
    const told = await firstTold([() => askSs(['/nowhere/ss']), () => askNetstat(['/nowhere', '/bin/false'])]);
    expect(told).toMatchObject({ why: 'unreadable' });
  });

  test('no tool at all is not installed', async () => {
    expect(await askSs(['/nowhere/ss', '/nowhere/else/ss'])).toMatchObject({ why: 'not-installed' });
  });
});
