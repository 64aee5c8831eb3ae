import { isIP } from 'node:net';
import type * as z from 'zod/mini';
import { peersSchema } from '#lib/contract/tailscale.ts';
import type { PhonePath } from '#lib/domain/host-facts.ts';
import { shortText } from '#lib/domain/short-text.ts';
import { SECOND } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { momentOf } from './tailscale.ts';
import { askTailscale, runTailscale, whyTailscaleDidNot } from './tailscale-cli.ts';
import { firstLabel } from './tailscale-whois.ts';

type Pong = NonNullable<PhonePath['pong']>;

/** Without `--until-direct=false` a pong through a relay counts as a failure. Source: cmd/tailscale/cli/ping.go. */
const PING = ['ping', '--c', '1', '--timeout', '3s', '--until-direct=false'];
const PING_PATIENCE_MS = 4 * SECOND;
/** Longer than any line the CLI prints. */
const LINE_LIMIT = 500;

/**
 * The phone at a tailnet address as tailscale sees it; with `ping` it is also sent one ping, which takes up to 4 s. What one
 * of the two did not tell is left out; unknown when neither told. Never rejects.
 */
export async function phonePath(address: string, { ping }: { readonly ping: boolean }): Promise<Told<PhonePath>> {
  const [peer, pong] = await Promise.all([askPeer(address), ping ? tailscalePing(address) : null]);
  const hasPong = pong !== null && 'told' in pong;
  if ('why' in peer && !hasPong) return peer;
  return { told: { address, ...('told' in peer ? peer.told : {}), ...(hasPong ? { pong: pong.told } : {}) } };
}

/** One ping below access rules and firewalls: whether the device itself is there, and by which way. Never rejects. */
export async function tailscalePing(address: string): Promise<Told<Pong>> {
  // Nothing but an address may stand where the CLI would also take an option.
  if (isIP(address) === 0) return { why: 'not-here', detail: 'that is not an address' };
  const result = await runTailscale([...PING, address], PING_PATIENCE_MS);
  const said = result.outcome === 'ok' || result.outcome === 'exited' ? `${result.stdout}\n${result.stderr}` : '';
  const read = readPing(said);
  if (read !== null) return read;
  return result.outcome === 'ok' ? { why: 'unreadable', detail: shortText(said.trim()) } : whyTailscaleDidNot(result);
}

/** What a ping printed, on both streams; null when no line of it says how it went. */
function readPing(said: string): Told<Pong> | null {
  const lines = said.split('\n').map((line) => line.slice(0, LINE_LIMIT).trim());
  const pong = lines.map(readPong).find((found) => found !== null);
  if (pong !== undefined) return { told: pong };
  // An expired key of its own means that nothing answers either.
  if (lines.some((line) => /timed out$|no reply$|node key has expired$/.test(line))) return { told: 'none' };
  const own = lines.find((line) => line.endsWith(' is local Tailscale IP'));
  if (own !== undefined) return { why: 'not-here', detail: `${own}: this machine itself` };
  const off = lines.find((line) => /^(Tailscale is stopped|Logged out)\.$/.test(line));
  return off === undefined ? null : { why: 'not-running', detail: off };
}

/** `pong from iphone (100.64.0.9) via DERP(fra) in 85ms`: the names may hold anything, so it is read from its end. */
function readPong(line: string): Exclude<Pong, 'none'> | null {
  if (!line.startsWith('pong from ')) return null;
  const [time, way] = [line.lastIndexOf(' in '), line.lastIndexOf(' via ')];
  const ms = durationMs(line.slice(time + 4));
  const via = way < 0 || time < way ? null : viaOf(line.slice(way + 5, time));
  return ms === null || via === null ? null : { via, ms };
}

function viaOf(way: string): 'direct' | 'relay' | null {
  if (/^(DERP|peer-relay)\(/.test(way)) return 'relay';
  const host = way.slice(0, way.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : 'direct';
}

/** A Go duration below a minute, which the CLI rounds to milliseconds: `12ms`, `1.204s`, `0s`. */
function durationMs(text: string): number | null {
  const [, digits, unit] = /^(\d{1,5}(?:\.\d{1,9})?)(ms|s)$/.exec(text) ?? [];
  return digits === undefined ? null : Math.round(Number(digits) * (unit === 's' ? 1_000 : 1));
}

type Peer = Omit<PhonePath, 'address' | 'askedAt' | 'pong'>;

async function askPeer(address: string): Promise<Told<Peer>> {
  const answer = await askTailscale(['status', '--json'], peersSchema);
  if ('why' in answer) return answer;
  const peers = Object.values(answer.told.Peer ?? {});
  const peer = peers.find((each) => each?.TailscaleIPs?.includes(address.toLowerCase()));
  return { told: peer == null ? {} : readPeer(peer) };
}

type PeerTold = NonNullable<NonNullable<z.infer<typeof peersSchema>['Peer']>[string]>;

function readPeer(peer: PeerTold): Peer {
  const { DNSName, Online, LastSeen } = peer;
  const node = firstLabel(DNSName);
  const lastSeenAt = momentOf(LastSeen);
  return {
    ...(node === null ? {} : { node }),
    ...(Online == null ? {} : { isOnline: Online }),
    ...(lastSeenAt === null ? {} : { lastSeenAt }),
    ...wayOf(peer),
  };
}

/** A region alone is no way: an idle peer has one too. Source: `tailscale status` in cmd/tailscale/cli/status.go. */
function wayOf({ CurAddr, Relay, PeerRelay, Active }: PeerTold): Pick<PhonePath, 'via' | 'relay'> {
  if (CurAddr) return { via: 'direct' };
  if (Active !== true) return {};
  if (PeerRelay) return { via: 'relay' };
  return Relay ? { via: 'relay', relay: shortText(Relay) } : {};
}
