import type { Cause } from '#lib/domain/cause.ts';
import type { Health } from '#lib/domain/health.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import type { Failed, PhaseTimings, ProbeResult, Target } from '#lib/domain/probe.ts';
import { DAY, type EpochMs } from '#lib/domain/time.ts';
import type { Random } from './random.ts';

const TARGET: Target = { kind: 'name', url: 'http://macbook.tail1234.ts.net:8000/health' };
const ADDRESS = '100.64.0.7';
const REACHED = { address: ADDRESS, addresses: [ADDRESS] };
const WELL: Health = { server: 'ok', ankiAddon: 'ok', ankiConnect: 'ok', ankiRunning: 'ok' };

/** A probe as it would have been under this cause: slower by day, now and then a hiccup. */
export function madeProbe(startedAt: EpochMs, cause: Cause, random: Random): Measurement {
  return { result: resultUnder(cause, startedAt, random), cause, late: random.share() < 0.0005 };
}

function resultUnder(cause: Cause, startedAt: EpochMs, random: Random): ProbeResult {
  switch (cause) {
    case 'anki-not-running':
      return answered(startedAt, thinking(startedAt, random), {
        health: { ...WELL, ankiConnect: 'error: ', ankiRunning: 'not_running' },
        random,
      });
    case 'ankiconnect-missing':
      return answered(startedAt, thinking(startedAt, random), { health: { ...WELL, ankiConnect: 'error: ' }, random });
    case 'slower-than-app':
      return answered(startedAt, random.between(1_050, 3_200), { health: WELL, random });
    case 'healthy':
      return answered(startedAt, thinking(startedAt, random), { health: WELL, random });
    default:
      return failed(startedAt, cause, random);
  }
}

/** How long the server takes, in ms: a log-normal around 14 ms at night and 26 ms in the afternoon, with a long tail. */
function thinking(at: EpochMs, random: Random): number {
  const busy = 20 - 6 * Math.cos((2 * Math.PI * ((at % DAY) - DAY / 8)) / DAY);
  const spread = Math.exp(0.22 * (random.share() + random.share() + random.share() - 1.5) * 2);
  const hiccup = random.share() < 0.004 ? random.between(80, 700) : 0;
  return busy * spread + hiccup;
}

type Telling = { readonly health: Health; readonly random: Random };

function answered(startedAt: EpochMs, firstByte: number, { health, random }: Telling): ProbeResult {
  const timings = { ...connecting(random), firstByte, download: random.between(0.1, 0.6) };
  return {
    outcome: 'answered',
    status: 200,
    target: TARGET,
    startedAt,
    ...REACHED,
    timings,
    totalMs: sum(timings),
    health,
  };
}

const connecting = (random: Random) => ({ dns: random.between(0.4, 2.5), tcp: random.between(0.3, 1.4) });
const sum = (timings: PhaseTimings): number => Object.values(timings).reduce((total, ms) => total + ms, 0);

type Fault = Pick<Failed, 'failedIn' | 'reason' | 'code' | 'status' | 'detail' | 'local'>;

const FAULTS: Readonly<Partial<Record<Cause, Fault>>> = {
  'not-running': { failedIn: 'tcp', reason: 'refused', code: 'ECONNREFUSED' },
  'loopback-only': { failedIn: 'tcp', reason: 'refused', code: 'ECONNREFUSED' },
  'wrong-program': {
    failedIn: 'download',
    reason: 'wrong-server',
    status: 200,
    detail: 'SimpleHTTP/0.6 Python/3.13.1',
  },
  'server-error': { failedIn: 'firstByte', reason: 'wrong-status', status: 503 },
  'name-not-found': { failedIn: 'dns', reason: 'not-found', code: 'ENOTFOUND' },
  'closed-early': { failedIn: 'firstByte', reason: 'closed-early', code: 'ECONNRESET' },
  unreachable: { failedIn: 'tcp', reason: 'unreachable', code: 'EHOSTUNREACH', local: true },
};
const SILENCE: Fault = { failedIn: 'firstByte', reason: 'timeout' };

function failed(startedAt: EpochMs, cause: Cause, random: Random): ProbeResult {
  const fault = FAULTS[cause] ?? SILENCE;
  const timings = timingsUntil(fault, random);
  const reached = fault.failedIn === 'dns' ? {} : REACHED;
  return { outcome: 'failed', target: TARGET, startedAt, ...reached, timings, totalMs: sum(timings), ...fault };
}

function timingsUntil({ failedIn, reason }: Fault, random: Random): PhaseTimings {
  const { dns, tcp } = connecting(random);
  if (failedIn === 'dns') return { dns: random.between(2, 40) };
  if (failedIn === 'tcp') return { dns, tcp };
  if (reason === 'timeout') return { dns, tcp, firstByte: 5_000 - dns - tcp + random.between(0, 2) };
  const firstByte = random.between(2, 30);
  return failedIn === 'firstByte' ? { dns, tcp, firstByte } : { dns, tcp, firstByte, download: random.between(0.1, 2) };
}
