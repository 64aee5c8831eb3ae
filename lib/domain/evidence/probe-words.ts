import type { Facts } from '#lib/domain/facts.ts';
import { type Health, isOk } from '#lib/domain/health.ts';
import { type Failed, type Phase, type ProbeResult, withinPatience } from '#lib/domain/probe.ts';
import type { EpochMs } from '#lib/domain/time.ts';

/** The end of a probe: when it knew what it saw. */
export const endOf = ({ startedAt, totalMs }: ProbeResult): EpochMs => Math.round(startedAt + totalMs);

/** What the probe at the name saw, the decisive sentence first. */
export function nameWords({ name, here, ownName }: Facts): readonly string[] {
  const saw = probeWords(name);
  const led = resolution(name, here);
  if (name.outcome === 'failed') return here === false && ownName === true ? [...led, saw] : [saw, ...led];
  const said = healthWords(name.health);
  // A fault that the server names counts more than that it took its time to name it.
  return isAllOk(name.health) && !withinPatience(name) ? [saw, ...said, ...led] : [...said, saw, ...led];
}

/** What a probe saw and where. */
export const probeWords = (probe: ProbeResult): string => `${whereOf(probe)} ${sawOf(probe)}`;

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
function failureWords({ reason, failedIn, totalMs, status, detail, code, local }: Failed): string {
  const after = ` after ${duration(totalMs)}`;
  const note = detail === undefined ? '' : ` (${detail})`;
  const coded = code === undefined ? '' : ` (${code})`;
  switch (reason) {
    case 'not-found':
      return 'is a name the resolver does not know';
    case 'dns-failure':
      return `could not be looked up${coded}`;
    case 'refused':
      return `refused the connection${after}`;
    case 'unreachable':
      return local === true ? `has no route from this machine${coded}` : `is unreachable, says the network${coded}`;
    case 'timeout':
      return `was silent for ${duration(totalMs)} ${PHASE_WORDS[failedIn]}`;
    case 'reset':
      return failedIn === 'firstByte'
        ? 'took the connection and cut it'
        : `cut the connection ${PHASE_WORDS[failedIn]}`;
    case 'closed-early':
      return 'took the connection and closed it without an answer';
    case 'bad-certificate':
      return `has a certificate that is not trusted${note || coded}`;
    case 'tls-failure':
      return `failed to set up encryption${note}`;
    case 'not-http':
      return 'sent bytes that are not HTTP';
    case 'malformed':
      return `sent a malformed answer${coded}`;
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

const isAllOk = (health: Health): boolean => Object.values(health).every(isOk);

function healthWords(health: Health): readonly string[] {
  const parts = {
    server: health.server,
    ankiconnect: health.ankiConnect,
    anki_running: health.ankiRunning,
    anki_addon: health.ankiAddon,
  };
  const bad = Object.entries(parts).filter(([, said]) => !isOk(said));
  if (isAllOk(health)) return ['/health says ok of its server, AnkiConnect and Anki'];
  return bad.map(([part, said]) => `/health says ${part}: “${said.trim()}”`);
}

function resolution({ target, addresses = [] }: ProbeResult, here: boolean | undefined): readonly string[] {
  if (addresses.length === 0) return [];
  const whose = here === undefined ? '' : here ? ', this machine' : ', not this machine';
  return [`${new URL(target.url).hostname} resolves to ${addresses.join(', ')}${whose}`];
}

/** A duration for a sentence: `0.4 ms`, `12 ms`, `1.3 s`. */
export function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
