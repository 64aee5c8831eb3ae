import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { AT, facts, failed } from '#tests/support/facts.ts';
import { listeners, process, processes, REFUSED, service } from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const refused = failed('refused', 'tcp', { address: '100.64.0.7', addresses: ['100.64.0.7'] });
const gone = { loopback: failed('refused', 'tcp', { kind: 'loopback' }), ...listeners() };

/** Nothing listens, and the process that ought to is there. */
export const WAITING_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R21',
    title: 'its process is four seconds old and has not opened the port',
    facts: facts(refused, { ...gone, ...processes(process({ startedAt: AT - 4 * SECOND })) }),
    cause: 'starting',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R21',
    title: 'its process has been at its imports for forty seconds',
    facts: facts(refused, { ...gone, ...processes(process({ startedAt: AT - 40 * SECOND })) }),
    cause: 'starting',
    confidence: 'medium',
    app: REFUSED,
  },
  {
    row: 'R21',
    title: 'launchd runs its service, and nothing listens',
    facts: facts(refused, {
      ...gone,
      ...service({ state: 'running', pid: 77, startedAt: AT - 40 * SECOND }),
      ...processes(process({ pid: 77, command: '/opt/conda/bin/python main.py', startedAt: AT - 40 * SECOND })),
    }),
    cause: 'starting',
    confidence: 'medium',
    app: REFUSED,
  },
  {
    row: 'R10',
    title: 'it was suspended before it opened the port',
    facts: facts(refused, { ...gone, ...processes(process({ state: 'stopped', startedAt: AT - MINUTE })) }),
    cause: 'suspended',
    confidence: 'medium',
    app: REFUSED,
  },
];
