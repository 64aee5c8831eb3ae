import { execFile, spawn, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { scriptedTool } from './scripted-tool.ts';

const run = promisify(execFile);

const MACHINE = `lifeline-${process.pid}-machine`;
const PHONE = `lifeline-${process.pid}-phone`;
const LISTENS = "require('node:net').createServer((s) => s.end()).listen(8000, () => console.log('listening'))";
const CONNECTS = `const socket = require('node:net').connect(8000, '100.64.0.7');
socket.on('connect', () => end('allows')).on('error', ({ code }) => end(code === 'ECONNREFUSED' ? 'rejects' : code));
setTimeout(end, 500, 'drops');
function end(what) { console.log(what); process.exit(); }`;

/** Only root on Linux can make networks and firewalls of its own. */
export const canPair =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('nft', ['--version']).status === 0 &&
  spawnSync('ip', ['netns', 'add', MACHINE]).status === 0;
if (canPair) spawnSync('ip', ['netns', 'delete', MACHINE]);

/**
 * Two networks that see nothing but each other, through an interface called tailscale0: a machine at 100.64.0.7 whose port
 * 8000 is listened on, and a phone at 100.64.0.9.
 */
export async function tailnetPair(): Promise<TailnetPair> {
  for (const name of [MACHINE, PHONE]) await run('ip', ['netns', 'add', name]);
  const machine = (...args: readonly string[]) => run('ip', ['-n', MACHINE, ...args]);
  const phone = (...args: readonly string[]) => run('ip', ['-n', PHONE, ...args]);
  await machine('link', 'add', 'tailscale0', 'type', 'veth', 'peer', 'name', 'utun4', 'netns', PHONE);
  await machine('address', 'add', '100.64.0.7/10', 'dev', 'tailscale0');
  await machine('link', 'set', 'tailscale0', 'up');
  await phone('address', 'add', '100.64.0.9/10', 'dev', 'utun4');
  await phone('link', 'set', 'utun4', 'up');
  const server = spawn('ip', ['netns', 'exec', MACHINE, process.execPath, '-e', LISTENS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((listening) => server.stdout.once('data', listening));
  return {
    rules: async (text) => {
      const nft = spawnSync('ip', ['netns', 'exec', MACHINE, 'nft', '-f', '-'], { input: `flush ruleset\n${text}` });
      expect(nft.stderr.toString()).toBe('');
    },
    nft: () => scriptedTool(`exec ip netns exec ${MACHINE} nft "$@"`),
    connect: async () => (await run('ip', ['netns', 'exec', PHONE, process.execPath, '-e', CONNECTS])).stdout.trim(),
    close: async () => {
      server.kill('SIGKILL');
      for (const name of [MACHINE, PHONE]) await run('ip', ['netns', 'delete', name]);
    },
  };
}

type TailnetPair = {
  /** Replaces the machine's whole ruleset, in nft's own language. */
  readonly rules: (text: string) => Promise<void>;
  /** The path of a tool that is the machine's nft. */
  readonly nft: () => Promise<string>;
  /** How a connection from the phone to port 8000 of the machine ends: `allows`, `rejects`, or `drops` after half a second. */
  readonly connect: () => Promise<string>;
  readonly close: () => Promise<void>;
};
