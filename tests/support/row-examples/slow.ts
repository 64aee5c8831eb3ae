import { answered, facts } from '#tests/support/facts.ts';
import { anki, TIMED_OUT } from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const quick = { loopback: answered({}, { kind: 'loopback' }) };
const late = answered({}, { totalMs: 1_300 });
const lookedUpLate = { ...late, timings: { dns: 1_290, tcp: 1, firstByte: 8, download: 1 } };

/** The server answers late by its name, and is not what takes the time. */
export const SLOW_EXAMPLES: readonly RowExample[] = [
  {
    row: 'L6',
    title: 'looking the name up takes 1.3 s, the server 9 ms',
    facts: facts(lookedUpLate, { ...quick, ...anki() }),
    cause: 'slow-names',
    confidence: 'high',
    app: null,
  },
  {
    row: 'R19',
    title: 'connecting to a server on another machine takes 1.2 s',
    facts: {
      name: { ...late, timings: { tcp: 1_200, firstByte: 99, download: 1 } },
      here: false,
      ownName: false,
    },
    cause: 'slow-path',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  {
    row: 'R19',
    title: 'it answers late by its name, and in 4 ms on loopback',
    facts: facts(late, quick),
    cause: 'slow-path',
    confidence: 'medium',
    app: TIMED_OUT,
  },
];
