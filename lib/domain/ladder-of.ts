import { CAUSE_WORDS } from './cause-words.ts';
import { conclude } from './conclude.ts';
import { isElsewhere } from './elsewhere.ts';
import { ankiWords, currentWords } from './evidence/anki-words.ts';
import { wayWords } from './evidence/path-words.ts';
import { duration, endOf } from './evidence/probe-words.ts';
import { aroundOf, describeFacts, evidenceOf } from './evidence.ts';
import type { FactName, Facts } from './facts.ts';
import { isOk } from './health.ts';
import { type LadderFacts, RUNGS, type Rung, type RungView } from './ladder.ts';
import type { ProbeResult } from './probe.ts';
import { redact } from './redact.ts';
import { see } from './rows/scene.ts';
import { RUNG_OF } from './rung-of.ts';
import { isTailnet } from './tailnet.ts';
import type { EpochMs } from './time.ts';

type Seen = Omit<RungView, 'rung'>;
type Look = (facts: Facts, given: LadderFacts) => Seen;

const unknown = (detail: string): Seen => ({ state: 'unknown', detail, at: null });
const ok = (detail: string, at: EpochMs): Seen => ({ state: 'ok', detail, at });

/**
 * Where the chain breaks, at one rung and no other. The rungs before it are claimed only where a fact shows them; those
 * behind it too, since it helps to know that the rest is in order, and else they are not reached. Without secrets.
 */
export function ladderOf(given: LadderFacts): readonly RungView[] {
  const { cause, facts } = given;
  const broken = facts === null ? null : RUNG_OF[cause];
  const place = broken === null ? RUNGS.length : RUNGS.indexOf(broken);
  const seenAt = (rung: Rung, at: number): Seen => {
    if (facts === null) return BEFORE_ANY[rung](given);
    if (rung === broken) return breakIn(facts, given);
    const seen = LOOKS[rung](facts, given);
    return at > place && seen.state !== 'ok' ? notReached(seen) : seen;
  };
  return RUNGS.map((rung, at) => {
    const seen = seenAt(rung, at);
    return { rung, ...seen, detail: redact(seen.detail) };
  });
}

/** What is known of a rung that cannot be asked is still told, as far as a fact says it. */
const notReached = ({ detail, at }: Seen): Seen => ({
  state: 'not-reached',
  detail: at === null ? 'Not reached' : detail,
  at,
});

/** How it came about rather than what is broken: told at the break only where nothing else is. */
const CIRCUMSTANCES: ReadonlySet<FactName> = new Set(['boot', 'log', 'forwards', 'restarts']);

/** The first of the facts that decided. */
function breakIn(facts: Facts, { cause, around = aroundOf(facts) }: LadderFacts): Seen {
  const conclusion = conclude(facts, around);
  const evidence = conclusion.cause === cause ? evidenceOf(facts, conclusion, around) : [];
  const first = evidence.find(({ fact }) => !CIRCUMSTANCES.has(fact)) ?? evidence[0];
  const { text = CAUSE_WORDS[cause].headline, at = endOf(facts.name) } = first ?? {};
  return { state: 'broken', detail: text, at };
}

const LOOKS: Readonly<Record<Rung, Look>> = { iphone, tailnet, mac, port, server, ankiconnect, anki, card };

const notMeasured = () => unknown('Not measured yet');
const BEFORE_ANY: Readonly<Record<Rung, (given: LadderFacts) => Seen>> = {
  iphone: fromPage,
  tailnet: ({ askedFrom, now }) => (askedFrom === null ? notMeasured() : ok('It carried this page', now)),
  mac: ({ now }) => ok('Lifeline is running on it and measuring', now),
  port: notMeasured,
  server: notMeasured,
  ankiconnect: notMeasured,
  anki: notMeasured,
  card: notMeasured,
};

function fromPage({ askedFrom, asker = {}, now }: LadderFacts): Seen {
  if (askedFrom === null) return unknown('This page was opened on the Mac itself, so the phone’s path is not tested');
  return ok(`${asker.node ?? askedFrom} asked for this page ${wayWords(asker) ?? 'through the tailnet'}`, now);
}

function iphone({ phone }: Facts, given: LadderFacts): Seen {
  if (given.askedFrom !== null || phone === undefined) return fromPage(given);
  const { node, address, isOnline, pong } = phone.value;
  const who = node ?? address;
  if (pong !== undefined && pong !== 'none') return ok(`${who} answers a ping through the tailnet`, phone.at);
  if (isOnline === undefined) return fromPage(given);
  const detail = isOnline ? `${who} is online in the tailnet` : `${who} is offline in the tailnet, or asleep`;
  return { state: isOnline ? 'ok' : 'unknown', detail, at: phone.at };
}

/** That the server refuses shows that the path to it works. */
function tailnet({ tailnet: side, name, tailscale }: Facts, { askedFrom, now }: LadderFacts): Seen {
  if (askedFrom !== null) return ok('It carried this page', now);
  const reached = [side, name].find((probe) => isTailnet(probe?.address) && wasReached(probe));
  if (reached !== undefined) {
    return ok(`${reached.address} ${reached.outcome === 'answered' ? 'answered' : 'was reached'}`, endOf(reached));
  }
  if (tailscale?.value.state === 'running') return ok('Tailscale is running on this machine', tailscale.at);
  const tried = [side, name].find((probe) => isTailnet(probe?.address));
  return unknown(
    tried === undefined ? 'The server is not probed through the tailnet' : `${tried.address} gave no sign`,
  );
}

function mac(facts: Facts, { now }: LadderFacts): Seen {
  const { name } = facts;
  if (!isElsewhere(facts)) return ok('Lifeline is running on it and measuring', now);
  if (!wasReached(name)) return unknown('The server is on another machine, which gave no sign');
  return ok('The server’s machine was reached', endOf(name));
}

function port(facts: Facts, { around = aroundOf(facts) }: LadderFacts): Seen {
  const { name, tailnet: side, loopback } = facts;
  const taken = [name, side, loopback].find((probe) => probe !== undefined && tookConnection(probe));
  if (taken !== undefined) return ok(`${hostOf(taken)} takes connections`, endOf(taken));
  const table = describeFacts(facts, around).find(({ fact }) => fact === 'listeners');
  if (table === undefined) return unknown('Whether anything listens there is not known');
  const { onPort } = see(facts, around);
  return { state: onPort === undefined || onPort.length === 0 ? 'unknown' : 'ok', detail: table.text, at: table.at };
}

function server({ name, tailnet: side, loopback }: Facts): Seen {
  const answered = [name, side, loopback].find((probe) => probe?.outcome === 'answered');
  if (answered === undefined) return unknown('It has not answered');
  const where = answered === name ? '' : ` at ${hostOf(answered)}`;
  return ok(`Answered in ${duration(answered.totalMs)}${where}`, endOf(answered));
}

/** Behind a frozen or missing Anki its add-on cannot be judged: it is part of it. */
function ankiconnect(facts: Facts, { cause }: LadderFacts): Seen {
  const { anki: told, name, generation } = facts;
  if (cause === 'anki-not-running' || cause === 'anki-hung') {
    const detail = `It is part of Anki, which ${cause === 'anki-hung' ? 'does not respond' : 'is not running'}`;
    return { state: 'not-reached', detail, at: told?.at ?? endOf(name) };
  }
  if (name.outcome === 'answered' && generation?.value === 'bridge' && isOk(name.health.ankiAddon))
    return ok('The review server reaches the bridge add-on', endOf(name));
  if (told?.value.reach === 'answers') return ok(sayAnki(told), told.at);
  if (name.outcome === 'answered' && isOk(name.health.ankiConnect))
    return ok('The review server reaches AnkiConnect', endOf(name));
  return told === undefined ? notMeasured() : { state: 'unknown', detail: sayAnki(told), at: told.at };
}

function anki({ anki: told, bridge, name }: Facts): Seen {
  if (told?.value.reach === 'answers' && told.value.collection === 'open')
    return ok('It has its collection open', told.at);
  if (bridge?.value.reach === 'answers') return ok('It runs: the bridge add-on answers', bridge.at);
  if (name.outcome === 'answered' && isOk(name.health.ankiConnect))
    return ok('It runs, says the review server', endOf(name));
  if (told === undefined) return notMeasured();
  const isGone = told.value.reach === 'refused';
  return {
    state: 'unknown',
    detail: isGone ? 'It does not answer: most likely it is not running' : sayAnki(told),
    at: told.at,
  };
}

function card({ current, anki: told }: Facts): Seen {
  if (current?.value.said === 'card') return ok('The review server hands out a card', current.at);
  // The server's own word is what the phone meets: AnkiConnect's counts only until there is one.
  if (told?.value.reach === 'answers' && told.value.isReviewing !== null && current === undefined) {
    const { isReviewing } = told.value;
    const detail = isReviewing ? 'A review is open in Anki' : 'No review is open in Anki';
    return { state: isReviewing ? 'ok' : 'unknown', detail, at: told.at };
  }
  if (current === undefined) return unknown('Whether a card is open has not been looked at yet');
  return { state: 'unknown', detail: currentWords(current.value)[0] ?? '', at: current.at };
}

const sayAnki = (told: NonNullable<Facts['anki']>): string => ankiWords(told.value)[0] ?? '';
const hostOf = ({ target, address }: ProbeResult): string =>
  target.kind === 'name' ? new URL(target.url).host : (address ?? target.address ?? new URL(target.url).host);
const tookConnection = (probe: ProbeResult): boolean =>
  probe.outcome === 'answered' || !['dns', 'tcp'].includes(probe.failedIn);
/** A refusal comes from the address itself; silence while connecting does not. */
const wasReached = (probe: ProbeResult | undefined): boolean =>
  probe !== undefined && (tookConnection(probe) || (probe.outcome === 'failed' && probe.reason === 'refused'));
