import type { Status } from '#lib/contract/status.ts';
import type { Cause } from '#lib/domain/cause.ts';
import type { Rung, RungState } from '#lib/domain/ladder.ts';
import { RUNGS } from '#lib/domain/ladder.ts';
import { levelOf } from '#lib/domain/level.ts';
import { type EpochMs, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';

type Told = Pick<Status['diagnosis'], 'row' | 'story' | 'headline' | 'explanation' | 'appShows'> & {
  readonly broken: Rung | null;
  readonly evidence: readonly string[];
  readonly remedies: Status['diagnosis']['remedies'];
};

const connectFailed = { code: -1004, text: 'Could not connect to the server.', caption: 'Server unreachable' };
const timedOut = { code: -1001, text: 'The request timed out.', caption: 'Server unreachable' };
const restart = {
  label: 'Restart the review server',
  os: 'macos',
  command: 'launchctl kickstart -k gui/501/dev.anki.review-server',
} as const;

const plain = (headline: string, broken: Rung, appShows: Told['appShows'] = connectFailed): Told => ({
  row: null,
  story: null,
  headline,
  explanation: 'Seen at the address the phone uses, and nothing contradicts it.',
  appShows,
  broken,
  evidence: [headline],
  remedies: [restart],
});

/** The texts that tests look for; any other cause is told by its id. */
const TOLD: Readonly<Partial<Record<Cause, Told>>> = {
  healthy: {
    row: null,
    story: null,
    headline: 'Your app can review.',
    explanation: 'The review server and Anki both answer in time.',
    appShows: null,
    broken: null,
    evidence: ['The review server answered in 14 ms'],
    remedies: [],
  },
  'not-running': {
    row: 'R01',
    story: 'Was up until 14:02:11 (± 5 s), then exited with code 1.',
    headline: 'The review server is not running.',
    explanation: 'The Mac answers, but nothing listens on port 8000, on any of its addresses.',
    appShows: connectFailed,
    broken: 'port',
    evidence: ['Nothing listens on port 8000', '127.0.0.1 and 100.64.0.7 both refuse', 'The Mac answers at 100.64.0.7'],
    remedies: [
      restart,
      { label: 'Start it by hand', os: 'linux', command: 'systemctl --user start review-server' },
      { label: 'Look at the end of its log for the reason it stopped', os: 'any', command: null },
    ],
  },
  'loopback-only': plain('The review server listens on this Mac only.', 'port'),
  hung: plain('The review server accepts connections and never answers.', 'server', timedOut),
  'closed-early': plain('The review server closes the connection without an answer.', 'server'),
  'wrong-program': plain('Another program answers on port 8000.', 'server', null),
  malformed: plain('What answers on port 8000 does not speak HTTP.', 'server'),
  'name-not-found': plain('The name macbook.tail1234.ts.net does not exist.', 'tailnet'),
  'dns-failure': plain('The name could not be looked up.', 'tailnet'),
  unreachable: plain('There is no way to the Mac’s tailnet address.', 'mac', timedOut),
  tls: plain('The certificate has expired.', 'server'),
  'server-error': plain('The review server answers with an error.', 'server', null),
  'anki-not-running': plain('Anki is not open.', 'ankiconnect', null),
  'ankiconnect-missing': plain('Anki is open without AnkiConnect.', 'ankiconnect', null),
  'slower-than-app': plain('It answers slower than the app waits.', 'server', timedOut),
  'no-data': { ...plain('Nothing has been measured yet.', 'server', null), broken: null, remedies: [], evidence: [] },
  'wrong-address': plain('The name leads to another machine.', 'tailnet', timedOut),
  'anki-hung': plain('Anki does not answer; it may show a dialog.', 'anki', null),
  'bridge-missing': plain('The bridge add-on is missing.', 'anki', null),
  inconsistent: plain('The addresses contradict each other.', 'server'),
  'not-published': plain('The review server is not published.', 'server'),
};

/** Where the sample's evidence comes from, in its order. */
const EVIDENCE_FACTS = ['listeners', 'loopback', 'tailnet'] as const;

const told = (cause: Cause): Told => TOLD[cause] ?? plain(`The cause is ${cause}.`, 'server');

function stateOf(rung: Rung, broken: Rung | null, cause: Cause): RungState {
  if (cause === 'no-data') return 'unknown';
  if (broken === null) return 'ok';
  const distance = RUNGS.indexOf(rung) - RUNGS.indexOf(broken);
  return distance < 0 ? 'ok' : distance === 0 ? 'broken' : 'not-reached';
}

/** Figures of a day; null where nothing was measured. */
const figuresOf = (measured: boolean): Pick<Status, 'latency' | 'uptime'> => ({
  latency: measured ? { lastMs: 13.6, p50Ms: 14.2, p95Ms: 31 } : { lastMs: null, p50Ms: null, p95Ms: null },
  uptime: {
    window: '24h',
    ...(measured
      ? { reachable: 0.9961, ready: 0.9923, measured: 0.708 }
      : { reachable: null, ready: null, measured: 0 }),
  },
});

const DETAILS: Readonly<Record<RungState, string>> = {
  ok: 'Answered at macbook.tail1234.ts.net.',
  broken: '',
  unknown: 'Not measured yet',
  'not-reached': 'Not reached',
};

const rungsOf = (cause: Cause, seenAt: EpochMs | null): Status['ladder'] =>
  RUNGS.map((rung) => {
    const { broken, headline } = told(cause);
    const state = stateOf(rung, broken, cause);
    const isSeen = state === 'ok' || state === 'broken';
    return { rung, state, detail: state === 'broken' ? headline : DETAILS[state], at: isSeen ? seenAt : null };
  });

/** A status as the API tells it at `now`: ready for 3 h 12 min, or not ready for 4 min. */
export function sampleStatus(cause: Cause, now: EpochMs, overrides: Partial<Status> = {}): Status {
  const { broken: _, evidence, ...diagnosis } = told(cause);
  const level = levelOf(cause);
  const measured = level !== 'no-data';
  const since = now - (level === 'ready' ? 3 * HOUR + 12 * MINUTE : 4 * MINUTE);
  const checkedAt = measured ? now - 2 * SECOND : null;
  return {
    level,
    since: measured ? since : null,
    checkedAt,
    servedAt: now,
    target: { kind: 'name', url: 'http://macbook.tail1234.ts.net:8000/health', isGuess: false },
    diagnosis: {
      cause,
      confidence: level === 'ready' ? 'high' : 'medium',
      ...diagnosis,
      evidence: evidence.map((text, index) => ({
        fact: EVIDENCE_FACTS[index] ?? 'name',
        text,
        at: now - (1 + 2 * index) * SECOND,
      })),
    },
    pending: null,
    ...figuresOf(measured),
    ladder: rungsOf(cause, checkedAt),
    start: null,
    incidentId: level === 'down' || level === 'degraded' ? String(since) : null,
    storage: { state: 'ok', detail: null },
    monitor: { state: 'ok', intervalMs: 5 * SECOND },
    version: '0.1.0',
    ...overrides,
  };
}
