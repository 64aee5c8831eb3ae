import { answered, facts, failed } from '#tests/support/facts.ts';
import {
  CONNECTED,
  fact,
  LOST,
  listener,
  listeners,
  process,
  processes,
  TIMED_OUT,
  unreachable,
} from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const onLoopback = { kind: 'loopback' } as const;
const silent = failed('timeout', 'firstByte', { totalMs: 5_000 });
const alsoSilent = { loopback: failed('timeout', 'firstByte', { ...onLoopback, totalMs: 5_000 }) };
const alien = failed('wrong-server', 'download', { status: 200 });

/** Something takes the connection, and it is not the answer of a review server that comes. */
export const PROGRAM_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R07',
    title: 'another web server holds the port',
    facts: facts(alien, {
      loopback: failed('wrong-server', 'download', { ...onLoopback, status: 200 }),
      ...listeners(listener({ program: 'node' })),
      ...processes(process({ command: 'node server.js' })),
    }),
    cause: 'wrong-program',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R07',
    title: 'a program that says nothing holds the port',
    facts: facts(silent, {
      ...listeners(listener({ program: 'nc' })),
      ...processes(process({ command: 'nc -lk 8000' })),
    }),
    cause: 'wrong-program',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R07',
    title: 'what comes back is no HTTP',
    facts: facts(failed('not-http', 'firstByte')),
    cause: 'malformed',
    confidence: 'medium',
    app: unreachable(-1017),
  },
  {
    row: 'R07a',
    title: 'two programs hold the port, at different addresses',
    facts: facts(alien, {
      loopback: answered({}, onLoopback),
      ...listeners(listener({ address: '127.0.0.1', pid: 5_151 }), listener({ pid: 6_000, program: 'node' })),
    }),
    cause: 'split-port',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R07',
    title: 'a program that nobody knows holds the port and says nothing',
    facts: facts(silent, {
      ...alsoSilent,
      ...listeners(listener({ program: 'turnip' })),
      ...processes(process({ command: '/opt/turnip/turnip serve' })),
    }),
    cause: 'wrong-program',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  {
    row: 'R22',
    title: 'connections are cut at once',
    facts: facts(failed('reset', 'firstByte'), { loopback: failed('reset', 'firstByte', onLoopback) }),
    cause: 'closed-early',
    confidence: 'medium',
    app: LOST,
  },
  {
    row: 'R23',
    title: 'it hangs up before it answers, on loopback too',
    facts: facts(failed('closed-early', 'firstByte'), { loopback: failed('closed-early', 'firstByte', onLoopback) }),
    cause: 'closed-early',
    confidence: 'high',
    app: LOST,
  },
  {
    row: 'R24',
    title: 'it answers after 1.3 s',
    facts: facts(answered({}, { totalMs: 1_300 })),
    cause: 'slower-than-app',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R29',
    title: 'everything is slow, and the processors are overbooked',
    facts: facts(answered({}, { totalMs: 1_800 }), {
      loopback: answered({}, { ...onLoopback, totalMs: 1_700 }),
      load: fact({ perCore: 6.5 }),
    }),
    cause: 'overloaded',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  {
    row: 'R31',
    title: 'its certificate is its own',
    facts: facts(failed('bad-certificate', 'tls', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), {
      loopback: answered({}, onLoopback),
    }),
    cause: 'tls',
    confidence: 'high',
    app: unreachable(-1202),
  },
  {
    row: 'R32',
    title: 'it answers 503',
    facts: facts(failed('wrong-status', 'firstByte', { status: 503 }), {
      loopback: failed('wrong-status', 'firstByte', { ...onLoopback, status: 503 }),
    }),
    cause: 'server-error',
    confidence: 'high',
    app: unreachable(null),
  },
  {
    row: 'R32',
    title: 'its health asks for a login',
    facts: facts(failed('wrong-status', 'firstByte', { status: 401 }), {
      loopback: failed('wrong-status', 'firstByte', { ...onLoopback, status: 401 }),
      ...listeners(listener()),
      ...processes(process()),
    }),
    cause: 'server-error',
    confidence: 'high',
    app: unreachable(null),
  },
  {
    row: 'R32',
    title: 'its health is cut in the middle',
    facts: facts(failed('bad-body', 'download', { status: 200 }), {
      loopback: failed('bad-body', 'download', { ...onLoopback, status: 200 }),
      ...listeners(listener()),
      ...processes(process()),
    }),
    cause: 'server-error',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R32',
    title: 'its health says that it fails',
    facts: facts(answered({ server: 'error: boom' })),
    cause: 'server-error',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R32',
    title: 'its card fails for a reason of its own',
    facts: facts(answered(), { current: fact({ said: 'error' as const, message: 'KeyError: cardId' }) }),
    cause: 'no-card',
    confidence: 'medium',
    app: CONNECTED,
  },
];
