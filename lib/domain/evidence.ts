import { byUtc, type Say } from './clock.ts';
import type { Conclusion } from './conclude.ts';
import type { Evidence } from './diagnosis.ts';
import { ankiWords, bridgeWords, currentWords, generationWords } from './evidence/anki-words.ts';
import {
  bootWords,
  firewallWords,
  listenerWords,
  loadWords,
  logWords,
  pastWords,
  processWords,
  restartWords,
  serviceWords,
} from './evidence/host-words.ts';
import {
  complaintWords,
  forwardWords,
  magicDnsWords,
  phoneViewWords,
  phoneWords,
  tailscaleWords,
} from './evidence/path-words.ts';
import { endOf, nameWords, probeWords } from './evidence/probe-words.ts';
import type { Fact, FactName, Facts } from './facts.ts';
import type { Rung } from './ladder.ts';
import type { ProbeResult } from './probe.ts';
import { redact } from './redact.ts';
import type { Surroundings } from './remedies.ts';
import { type Scene, see } from './rows/scene.ts';
import { RUNG_OF } from './rung-of.ts';
import type { EpochMs } from './time.ts';

const PROBES = ['name', 'loopback', 'tailnet'] as const satisfies readonly FactName[];
const SERVER = ['listeners', 'processes', 'service', 'restarts', 'log', 'load'] as const satisfies readonly FactName[];
const PATH = [
  'tailscale',
  'magicDns',
  'forwards',
  'firewall',
  'phone',
  'phoneView',
] as const satisfies readonly FactName[];
const ANKI = ['anki', 'bridge', 'current', 'generation'] as const satisfies readonly FactName[];
const HISTORY = ['complaint', 'past', 'boot'] as const satisfies readonly FactName[];

/** What bears on a break of each part of the path, beside the probes. */
const BEARING: Readonly<Record<Rung, readonly FactName[]>> = {
  iphone: [...PATH, 'complaint'],
  tailnet: [...PATH, 'complaint'],
  mac: [...PATH, 'complaint', 'listeners', 'load', 'past'],
  port: [...SERVER, ...HISTORY, 'forwards', 'firewall'],
  server: [...SERVER, ...HISTORY],
  ankiconnect: ANKI,
  anki: ANKI,
  card: ANKI,
};

/** The facts of a diagnosis as sentences without secrets, those that decided first, each with the moment it was seen. */
export function evidenceOf(
  facts: Facts,
  { by, against, cause }: Conclusion,
  around = aroundOf(facts),
): readonly Evidence[] {
  const rung = RUNG_OF[cause];
  const bearing = rung === null ? (['generation'] as const) : BEARING[rung];
  const scene = see(facts, around);
  return tell(wordsOf(scene, scene), [...by, ...against, ...PROBES, ...bearing]);
}

/** Every fact that is known, as sentences without secrets, each with the moment it was seen. */
export const describeFacts = (facts: Facts, around = aroundOf(facts)): readonly Evidence[] =>
  tell(wordsOf(facts, see(facts, around)), [...PROBES, ...SERVER, ...PATH, ...ANKI, ...HISTORY]);

/** What can be said of the surroundings by the facts alone. */
export const aroundOf = ({ name }: Facts): Surroundings => ({ port: 8_000, host: new URL(name.target.url).hostname });

type Told = { readonly words: readonly string[]; readonly at: EpochMs };

function tell(
  told: Readonly<Partial<Record<FactName, Told | undefined>>>,
  names: readonly FactName[],
): readonly Evidence[] {
  return [...new Set(names)].flatMap((fact) => {
    const { words, at } = told[fact] ?? { words: [], at: 0 };
    return words.map((text) => ({ fact, text: redact(text), at }));
  });
}

function wordsOf(facts: Facts, scene: Scene): Readonly<Record<FactName, Told | undefined>> {
  const { clock = byUtc } = scene.around;
  const from =
    (now: EpochMs): Say =>
    (at) =>
      clock(at, now);
  return {
    name: { words: nameWords(facts), at: endOf(facts.name) },
    loopback: ofProbe(facts.loopback),
    tailnet: ofProbe(facts.tailnet),
    listeners: told(facts.listeners, (sockets) => listenerWords(sockets, scene)),
    processes: told(facts.processes, (all) => processWords(all, scene)),
    service: told(facts.service, serviceWords),
    restarts: told(facts.restarts, restartWords),
    log: told(facts.log, logWords),
    boot: told(facts.boot, (boot, at) => bootWords(boot, from(at))),
    load: told(facts.load, loadWords),
    tailscale: told(facts.tailscale, (value, at) => tailscaleWords({ value, at }, from(at))),
    forwards: told(facts.forwards, forwardWords),
    magicDns: told(facts.magicDns, magicDnsWords),
    firewall: told(facts.firewall, firewallWords),
    phone: told(facts.phone, (phone, at) => phoneWords(phone, from(at))),
    phoneView: told(facts.phoneView, (view, at) => phoneViewWords(view, from(at))),
    anki: told(facts.anki, ankiWords),
    bridge: told(facts.bridge, bridgeWords),
    current: told(facts.current, currentWords),
    generation: told(facts.generation, generationWords),
    past: told(facts.past, (past, at) => pastWords(past, from(at))),
    complaint: told(facts.complaint, complaintWords),
  };
}

const told = <T>(fact: Fact<T> | undefined, words: (value: T, at: EpochMs) => readonly string[]): Told | undefined =>
  fact === undefined ? undefined : { words: words(fact.value, fact.at), at: fact.at };

const ofProbe = (probe: ProbeResult | undefined): Told | undefined =>
  probe === undefined ? undefined : { words: [probeWords(probe)], at: endOf(probe) };
