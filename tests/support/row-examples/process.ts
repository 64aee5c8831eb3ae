import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { AT, facts, failed } from '#tests/support/facts.ts';
import {
  boot,
  fact,
  firewall,
  listener,
  listeners,
  log,
  past,
  process,
  processes,
  REFUSED,
  service,
  TIMED_OUT,
  unreachable,
} from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const onLoopback = { kind: 'loopback' } as const;
const at7 = { address: '100.64.0.7', addresses: ['100.64.0.7'] };
const refused = failed('refused', 'tcp', at7);
const gone = { loopback: failed('refused', 'tcp', onLoopback), ...listeners() };
const overHttps = { target: { kind: 'name', url: 'https://macbook.tail1234.ts.net/health' } } as const;

/** Nothing listens where the phone asks. */
export const PROCESS_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R01',
    title: 'nothing listens on the port, which refuses',
    facts: facts(refused, gone),
    cause: 'not-running',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R01',
    title: 'its service was ended by SIGTERM, as one that is told to stop',
    facts: facts(refused, { ...gone, ...service({ lastExit: { signal: 'SIGTERM' } }), ...past(), ...log() }),
    cause: 'not-running',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R01',
    title: 'another machine refuses',
    facts: facts(refused, { here: false, ...listeners(listener()), ...service({ lastExit: { code: 1 } }) }),
    cause: 'not-running',
    confidence: 'medium',
    app: REFUSED,
  },
  {
    row: 'R02',
    title: 'its service exited with code 1 and is not restarted',
    facts: facts(refused, { ...gone, ...service({ lastExit: { code: 1 } }), ...past(), ...boot(), ...log() }),
    cause: 'crashed',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R02',
    title: 'it was killed',
    facts: facts(refused, { ...gone, ...service({ lastExit: { signal: 'SIGKILL' } }), ...past() }),
    cause: 'crashed',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R02',
    title: 'it was up, and its log ends with an error; no service is known',
    facts: facts(refused, { ...gone, ...past(), ...boot(), ...log() }),
    cause: 'crashed',
    confidence: 'medium',
    app: REFUSED,
  },
  {
    row: 'R03',
    title: 'its service is about to start it again, for the seventh time in two minutes',
    facts: facts(refused, {
      ...gone,
      ...service({ state: 'restarting', lastExit: { code: 3 } }),
      restarts: fact({ times: 7, withinMs: 2 * MINUTE }),
    }),
    cause: 'crash-loop',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R03',
    title: 'its service was restarted so often that systemd gave up',
    facts: facts(refused, {
      ...gone,
      ...service({ manager: 'systemd', state: 'stopped', lastExit: { code: 1 }, hasGivenUp: true }),
    }),
    cause: 'crash-loop',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R03a',
    title: 'launchd cannot run it: code 78',
    facts: facts(refused, { ...gone, ...service({ state: 'spawn-failed', lastExit: { code: 78 } }) }),
    cause: 'cannot-start',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R04',
    title: 'launchd has not run it since boot',
    facts: facts(refused, { ...gone, ...service({ starts: 0 }), ...boot(), ...past({ lastUpAt: AT - 900 * MINUTE }) }),
    cause: 'never-started',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R04',
    title: 'watched since boot, and never seen up',
    facts: facts(refused, {
      ...gone,
      ...boot({ bootedAt: AT - 12 * MINUTE }),
      ...past({ lastUpAt: null, firstFailedAt: AT - 10 * MINUTE }),
    }),
    cause: 'never-started',
    confidence: 'medium',
    app: REFUSED,
  },
  {
    row: 'R08',
    title: 'its service listens on another port',
    facts: facts(refused, {
      loopback: gone.loopback,
      ...listeners(listener({ port: 8_001 })),
      ...processes(process({ command: 'python3 -m uvicorn app.main:app --port 8001' })),
      ...service({ state: 'running', pid: 5_151 }),
    }),
    cause: 'wrong-port',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R08',
    title: 'a process that looks like it listens on another port',
    facts: facts(refused, {
      loopback: gone.loopback,
      ...listeners(listener({ port: 9_000 })),
      ...processes(process({ command: '/home/grant/shop/.venv/bin/python -m uvicorn app.main:app --port 9000' })),
    }),
    cause: 'wrong-port',
    confidence: 'medium',
    app: REFUSED,
  },
  {
    row: 'R12b',
    title: 'nothing listens, and stealth mode hides it',
    facts: facts(failed('timeout', 'tcp', { ...at7, totalMs: 5_000 }), {
      ...gone,
      ...firewall({ tool: 'alf', isStealthy: true }),
    }),
    cause: 'not-running',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R01',
    title: 'another project reloads its own worker for another port',
    facts: facts(refused, {
      ...gone,
      ...processes(
        process({ pid: 700, command: 'python -m uvicorn app.main:app --reload --port 8001' }),
        process({
          pid: 701,
          parentPid: 700,
          command: 'python -c from multiprocessing.spawn import spawn_main',
          startedAt: AT - 3 * SECOND,
        }),
      ),
    }),
    cause: 'not-running',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R01',
    title: 'launchd does not know its service, and nobody watched since boot',
    facts: facts(refused, {
      ...gone,
      ...service({ state: 'not-loaded' }),
      ...boot({ bootedAt: AT - 20 * 24 * 60 * MINUTE }),
      ...past({ lastUpAt: null, firstFailedAt: AT, watchedSince: AT - MINUTE }),
    }),
    cause: 'not-running',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R04',
    title: 'its service is disabled, and it last answered before boot',
    facts: facts(refused, {
      ...gone,
      ...service({ state: 'disabled' }),
      ...boot(),
      ...past({ lastUpAt: AT - 900 * MINUTE, watchedSince: AT - MINUTE }),
    }),
    cause: 'never-started',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R33',
    title: 'tailscale serve answers 502 for it',
    facts: facts({ ...failed('wrong-status', 'firstByte', { ...at7, status: 502 }), ...overHttps }, gone),
    cause: 'not-running',
    confidence: 'high',
    app: unreachable(null),
  },
  {
    row: 'R23',
    title: 'tailscale serve --tcp takes the connection for it and closes it',
    facts: facts(failed('closed-early', 'firstByte', at7), {
      ...gone,
      forwards: fact([{ port: 8_000, speaks: 'tcp' as const, to: '127.0.0.1:8000', isPublic: false }]),
    }),
    cause: 'not-running',
    confidence: 'high',
    app: unreachable(-1005),
  },
];
