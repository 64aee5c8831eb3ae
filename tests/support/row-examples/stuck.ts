import { facts, failed } from '#tests/support/facts.ts';
import { listener, listeners, past, process, processes, TIMED_OUT, UVICORN } from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const onLoopback = { kind: 'loopback' } as const;
const silent = failed('timeout', 'firstByte', { totalMs: 5_000 });
const alsoSilent = { loopback: failed('timeout', 'firstByte', { ...onLoopback, totalMs: 5_000 }) };
const ELSEWHERE = 'python -m uvicorn app.main:app --reload --port 8001';

/** Something takes the connection, or lets it wait, and says nothing. */
export const STUCK_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R09',
    title: 'it takes connections and says nothing, on loopback too',
    facts: facts(silent, alsoSilent),
    cause: 'hung',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R09',
    title: 'its reloader holds the port, and the worker is gone',
    facts: facts(silent, {
      ...alsoSilent,
      ...listeners(listener()),
      ...processes(process({ command: `${UVICORN} --reload` })),
    }),
    cause: 'reload-dead',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R09',
    title: 'a program of another name hangs, which answered as the review server before',
    facts: facts(silent, {
      ...alsoSilent,
      ...listeners(listener({ program: 'node' })),
      ...processes(process({ command: 'node server.js' })),
      ...past(),
    }),
    cause: 'hung',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R10',
    title: 'it was suspended with Ctrl-Z',
    facts: facts(silent, { ...alsoSilent, ...listeners(listener()), ...processes(process({ state: 'stopped' })) }),
    cause: 'suspended',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R10',
    title: 'who holds the port is not known, and what looks like it is suspended',
    facts: facts(silent, { ...alsoSilent, ...processes(process({ state: 'stopped' })) }),
    cause: 'suspended',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  {
    row: 'R09',
    title: 'who holds the port is not known, and a reloader has lost its worker',
    facts: facts(silent, { ...alsoSilent, ...processes(process({ command: `${UVICORN} --reload` })) }),
    cause: 'reload-dead',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  {
    row: 'R09',
    title: 'another project is suspended on another port, and who holds this one is not known',
    facts: facts(silent, {
      ...alsoSilent,
      ...listeners({ address: '*', family: 'ipv4', port: 8_000 }),
      ...processes(process({ pid: 700, state: 'stopped', command: ELSEWHERE })),
    }),
    cause: 'hung',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R09',
    title: 'it hangs, and the reloader of another project has lost its worker',
    facts: facts(silent, {
      ...alsoSilent,
      ...listeners(listener({ program: 'python' })),
      ...processes(process({ command: '/x/python main.py' }), process({ pid: 700, command: ELSEWHERE })),
    }),
    cause: 'hung',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R26',
    title: 'its queue is full',
    facts: facts(failed('timeout', 'tcp', { totalMs: 5_000 }), {
      loopback: failed('timeout', 'tcp', { ...onLoopback, totalMs: 5_000 }),
      ...listeners(listener({ waiting: 6, backlog: 5 })),
    }),
    cause: 'hung',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R26',
    title: 'loopback takes no connection either',
    facts: facts(failed('timeout', 'tcp', { totalMs: 5_000 }), {
      loopback: failed('timeout', 'tcp', { ...onLoopback, totalMs: 5_000 }),
    }),
    cause: 'hung',
    confidence: 'medium',
    app: TIMED_OUT,
  },
];
