import type { Evidence } from './diagnosis.ts';
import type { Facts } from './facts.ts';
import { type Health, isOk } from './health.ts';
import type { Failed, Phase, ProbeResult } from './probe.ts';

/** The facts of a diagnosis as sentences, the decisive one first, each with the moment it was seen. */
export function evidenceOf(facts: Facts): readonly Evidence[] {
  const { name, loopback, tailnet, generation } = facts;
  const probes = [name, loopback, tailnet].filter((probe) => probe !== undefined);
  return [
    ...(name.outcome === 'answered' ? fromHealth(name.health, endOf(name)) : []),
    ...probes.map((probe) => ({
      fact: probe.target.kind,
      text: `${whereOf(probe)} ${sawOf(probe)}`,
      at: endOf(probe),
    })),
    ...resolution(facts),
    ...(generation === undefined
      ? []
      : [{ fact: 'generation' as const, text: generationWords[generation.value], at: generation.at }]),
  ];
}

const generationWords = {
  bridge: 'This review server reads cards through the bridge add-on',
  ankiconnect: 'This review server reads cards through AnkiConnect',
} as const;

const endOf = ({ startedAt, totalMs }: ProbeResult): number => Math.round(startedAt + totalMs);

const whereOf = ({ target, address }: ProbeResult): string => {
  const url = new URL(target.url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return `${target.kind === 'name' ? url.hostname : (address ?? target.address ?? url.hostname)}:${port}`;
};

const sawOf = (probe: ProbeResult): string =>
  probe.outcome === 'answered' ? `answered as the review server in ${duration(probe.totalMs)}` : failureWords(probe);

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  dns: 'while looking up the name',
  tcp: 'while connecting',
  tls: 'while setting up encryption',
  firstByte: 'after taking the connection',
  download: 'in the middle of its answer',
};

/** What a failed probe saw, as the end of a sentence that begins with the address. */
export function failureWords({ reason, failedIn, totalMs, status, detail, code, local }: Failed): string {
  const after = ` after ${duration(totalMs)}`;
  const note = detail === undefined ? '' : ` (${detail})`;
  switch (reason) {
    case 'not-found':
      return 'is a name the resolver does not know';
    case 'dns-failure':
      return `could not be looked up${code === undefined ? '' : ` (${code})`}`;
    case 'refused':
      return `refused the connection${after}`;
    case 'unreachable':
      return local === true ? `has no route from this machine (${code})` : `is unreachable, says the network (${code})`;
    case 'timeout':
      return `was silent for ${duration(totalMs)} ${PHASE_WORDS[failedIn]}`;
    case 'reset':
      return `cut the connection ${PHASE_WORDS[failedIn]}`;
    case 'closed-early':
      return 'took the connection and closed it without an answer';
    case 'bad-certificate':
      return `has a certificate that is not trusted${note || ` (${code})`}`;
    case 'tls-failure':
      return `failed to set up encryption${note}`;
    case 'not-http':
      return 'sent bytes that are not HTTP';
    case 'malformed':
      return `sent a malformed answer (${code})`;
    case 'truncated':
      return 'broke off in the middle of its answer';
    case 'too-large':
      return 'sent far more than a health answer';
    case 'redirect':
      return `answered ${status}, a redirect${note}`;
    case 'wrong-status':
      return `answered ${status}${note}`;
    case 'wrong-server':
      return `answered 200, but not as the review server${note}`;
    case 'bad-body':
      return `answered 200 with a health that cannot be read${note}`;
    case 'unexplained':
      return `failed with ${code ?? 'an unknown error'}`;
  }
}

function fromHealth(health: Health, at: number): readonly Evidence[] {
  const parts = {
    server: health.server,
    ankiconnect: health.ankiConnect,
    anki_running: health.ankiRunning,
    anki_addon: health.ankiAddon,
  };
  const bad = Object.entries(parts).filter(([, said]) => !isOk(said));
  if (bad.length === 0) return [{ fact: 'name', text: '/health says ok of its server, AnkiConnect and Anki', at }];
  return bad.map(([part, said]) => ({ fact: 'name', text: `/health says ${part}: “${said.trim()}”`, at }));
}

function resolution({ name, here }: Facts): readonly Evidence[] {
  if (name.addresses === undefined || name.addresses.length === 0) return [];
  const whose = here === undefined ? '' : here ? ', this machine' : ', not this machine';
  return [
    {
      fact: 'name',
      text: `${new URL(name.target.url).hostname} resolves to ${name.addresses.join(', ')}${whose}`,
      at: endOf(name),
    },
  ];
}

/** A duration for a sentence: `0.4 ms`, `12 ms`, `1.3 s`. */
function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
