import type { Cause } from './cause.ts';
import { failureWords } from './evidence/probe-words.ts';
import type { Facts } from './facts.ts';
import { isOk } from './health.ts';
import type { ProbeResult } from './probe.ts';
import type { EpochMs } from './time.ts';

/** The path from the phone to the card, in the order a review walks it. */
export const RUNGS = ['iphone', 'tailnet', 'mac', 'port', 'server', 'ankiconnect', 'anki', 'card'] as const;
export type Rung = (typeof RUNGS)[number];

/** `not-reached`: an earlier rung is broken, so this one could not be asked. */
export const RUNG_STATES = ['ok', 'broken', 'unknown', 'not-reached'] as const;
export type RungState = (typeof RUNG_STATES)[number];

/** `at` is when the fact behind it was seen; null where there is none. */
export type RungView = {
  readonly rung: Rung;
  readonly state: RungState;
  readonly detail: string;
  readonly at: EpochMs | null;
};

export type LadderFacts = {
  readonly cause: Cause;
  readonly facts: Facts | null;
  /** The tailnet address this very request came from; null when it was made on this machine. */
  readonly askedFrom: string | null;
  readonly now: EpochMs;
};

type Seen = Omit<RungView, 'rung'>;
const unknown = (detail: string): Seen => ({ state: 'unknown', detail, at: null });

/** Where the chain breaks. A rung says only what a fact supports; behind the broken one nothing is claimed. */
export function ladderOf(given: LadderFacts): readonly RungView[] {
  const seen: Readonly<Record<Rung, Seen>> = {
    iphone: iphone(given),
    tailnet: tailnet(given),
    mac: { state: 'ok', detail: 'Lifeline is running on it and measuring', at: given.now },
    port: port(given),
    server: server(given),
    ankiconnect: unknown('Not measured yet'),
    anki: anki(given),
    card: unknown('Whether a card is open is asked only when a review starts'),
  };
  const broken = RUNGS.findIndex((rung) => seen[rung].state === 'broken');
  return RUNGS.map((rung, place) => ({
    rung,
    ...(broken >= 0 && place > broken
      ? { state: 'not-reached' as const, detail: 'Not reached', at: null }
      : seen[rung]),
  }));
}

function iphone({ askedFrom, now }: LadderFacts): Seen {
  if (askedFrom === null) return unknown('This page was opened on the Mac itself, so the phone’s path is not tested');
  return { state: 'ok', detail: `This page was fetched from ${askedFrom} through the tailnet`, at: now };
}

/** Broken is the tailnet's name or path; that the server refuses shows that both work. */
function tailnet({ cause, facts, askedFrom, now }: LadderFacts): Seen {
  if (facts !== null && PATH_CAUSES.has(cause))
    return { state: 'broken', detail: saw(facts.name), at: endOf(facts.name) };
  if (askedFrom !== null) return { state: 'ok', detail: 'It carried this page', at: now };
  const { tailnet: side, name } = facts ?? {};
  const tried = side ?? name;
  if (tried === undefined || !isTailnet(tried.address)) return unknown('The server is not probed through the tailnet');
  if (!wasReached(tried)) return unknown(`${tried.address} gave no sign`);
  return {
    state: 'ok',
    detail: `${tried.address} ${tried.outcome === 'answered' ? 'answered' : 'was reached'}`,
    at: endOf(tried),
  };
}

const PATH_CAUSES: ReadonlySet<Cause> = new Set(['name-not-found', 'dns-failure', 'unreachable', 'wrong-address']);

function port({ facts }: LadderFacts): Seen {
  if (facts === null) return unknown('Not measured yet');
  return { state: wasReached(facts.name) ? 'ok' : 'unknown', detail: saw(facts.name), at: endOf(facts.name) };
}

function server({ cause, facts }: LadderFacts): Seen {
  if (facts === null || cause === 'no-data') return unknown('Not measured yet');
  const { name } = facts;
  if (name.outcome === 'failed') return { state: 'broken', detail: saw(name), at: endOf(name) };
  const state = cause === 'slower-than-app' || cause === 'server-error' ? 'broken' : 'ok';
  return { state, detail: `Answered in ${Math.round(name.totalMs)} ms`, at: endOf(name) };
}

function anki({ cause, facts }: LadderFacts): Seen {
  if (facts?.name.outcome !== 'answered') return unknown('Not measured yet');
  const { health } = facts.name;
  const at = endOf(facts.name);
  if (cause === 'bridge-missing') {
    return { state: 'broken', detail: `The review server says of the bridge: “${health.ankiAddon.trim()}”`, at };
  }
  if (isOk(health.ankiConnect)) return { state: 'ok', detail: 'The review server reaches AnkiConnect', at };
  return { state: 'broken', detail: `The review server says: “${health.ankiConnect.trim()}”`, at };
}

const saw = (probe: ProbeResult): string =>
  probe.outcome === 'answered' ? 'Answered' : `${new URL(probe.target.url).host} ${failureWords(probe)}`;
/** A refusal comes from the address itself; silence while connecting does not. */
const wasReached = (probe: ProbeResult): boolean =>
  probe.outcome === 'answered' || probe.reason === 'refused' || !['dns', 'tcp'].includes(probe.failedIn);
const endOf = ({ startedAt, totalMs }: ProbeResult): EpochMs => Math.round(startedAt + totalMs);

/** Tailscale's own ranges: 100.64.0.0/10 and fd7a:115c:a1e0::/48. */
export function isTailnet(address: string | undefined): boolean {
  if (address === undefined) return false;
  if (address.toLowerCase().startsWith('fd7a:115c:a1e0:')) return true;
  const [first, second] = address.split('.').map(Number);
  return first === 100 && second !== undefined && second >= 64 && second <= 127;
}
