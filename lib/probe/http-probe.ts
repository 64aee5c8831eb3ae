import { isIP } from 'node:net';
import { type Failed, PATIENCE_MS, type ProbeResult, type Target, TRUTH_MS } from '#lib/domain/probe.ts';
import { shortText } from '#lib/domain/short-text.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { alarm } from './alarm.ts';
import { ask } from './ask.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Why, whyOf } from './fault.ts';
import { hostOf, openLine } from './line.ts';
import { readHealth } from './read-health.ts';
import { pickAddress, type Resolve } from './resolve.ts';
import { Walk } from './walk.ts';

export type ProbeOptions = {
  readonly resolve: Resolve;
  readonly clock?: Clock;
  readonly patienceMs?: DurationMs;
  /** Over everything, the lookup of the name included. */
  readonly deadlineMs?: DurationMs;
  /** Told once, at the end of patience, what the probe would be if it ended there. It goes on until the deadline. */
  readonly onSilence?: (soFar: Failed) => void;
};

/** Walks every phase of one GET on a fresh socket and reports how far it came. Never rejects. */
export async function probeHttp(target: Target, options: ProbeOptions): Promise<ProbeResult> {
  const { clock = systemClock, patienceMs = PATIENCE_MS, deadlineMs = TRUTH_MS, onSilence } = options;
  const url = URL.parse(target.url);
  const literal = target.address ?? literalOf(url);
  const walk = new Walk(target, literal === undefined ? 'dns' : 'tcp', clock);
  if (url === null) return walk.failed({ reason: 'unexplained', code: 'ERR_INVALID_URL' });

  let silence = () => {};
  let deadline = () => {};
  const late = new Promise<ProbeResult>((resolve) => {
    deadline = alarm(clock, walk.after(deadlineMs), () => resolve(walk.failed({ reason: 'timeout' })));
    if (onSilence) silence = alarm(clock, walk.after(patienceMs), () => onSilence(walk.failed({ reason: 'timeout' })));
  });
  const way = { url, ...(literal === undefined ? {} : { literal }), resolve: options.resolve, deadlineMs };
  const result = await Promise.race([go(walk, way), late]);
  silence();
  deadline();
  walk.end();
  return result;
}

type Way = {
  readonly url: URL;
  readonly literal?: string;
  readonly resolve: Resolve;
  readonly deadlineMs: DurationMs;
};

async function go(walk: Walk, way: Way): Promise<ProbeResult> {
  try {
    return await walkThrough(walk, way);
  } catch (error) {
    return end(walk, whyOf(error, walk.phase)); // of a `resolve` that breaks its promise
  }
}

async function walkThrough(walk: Walk, way: Way): Promise<ProbeResult> {
  const address = await locate(walk, way);
  if (typeof address !== 'string') return end(walk, address);

  const line = await openLine(walk, way.url, address);
  if ('reason' in line) return end(walk, line);

  walk.enter('firstByte');
  const reply = await ask(walk, way.url, line);
  if ('reason' in reply) return end(walk, reply);

  const health = readHealth(reply);
  return 'reason' in health ? end(walk, health) : walk.answered(health);
}

/** The address to connect to: a literal stands for itself, a name is asked for. */
async function locate(walk: Walk, { url, literal, resolve, deadlineMs }: Way): Promise<string | Why> {
  if (literal !== undefined) {
    walk.goTo(literal);
    return literal;
  }
  const resolved = await resolve(hostOf(url), deadlineMs);
  if (resolved.outcome === 'unresolved') {
    const { outcome, ...why } = resolved;
    return why;
  }
  const address = pickAddress(resolved.addresses);
  if (address === undefined) return { reason: 'not-found' };
  walk.goTo(address, resolved.addresses);
  walk.enter('tcp');
  return address;
}

function end(walk: Walk, why: Why): Failed {
  return walk.failed(why.detail === undefined ? why : { ...why, detail: shortText(why.detail) });
}

function literalOf(url: URL | null): string | undefined {
  if (url === null) return undefined;
  const host = hostOf(url);
  return isIP(host) === 0 ? undefined : host;
}
