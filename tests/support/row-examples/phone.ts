import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { AT, answered, facts } from '#tests/support/facts.ts';
import {
  complaint,
  firewall,
  LOST,
  listener,
  listeners,
  NOT_FOUND,
  past,
  phone,
  process,
  processes,
  REFUSED,
  TIMED_OUT,
  unreachable,
} from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const fine = { ...answered(), address: '100.64.0.7', addresses: ['100.64.0.7'] };

/** The server answers from here, and the person says that the app fails. */
export const PHONE_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R16',
    title: 'a ping reaches the phone, its connection is dropped, and no firewall drops it',
    facts: facts(fine, { ...complaint(-1001), ...phone(), ...firewall(), ...listeners(listener()) }),
    cause: 'policy-blocks',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  {
    row: 'R17a',
    title: 'the phone is not in the tailnet',
    facts: facts(fine, { ...complaint(-1003), ...phone({ isOnline: false, pong: 'none' }) }),
    cause: 'phone-offline',
    confidence: 'high',
    app: NOT_FOUND,
  },
  {
    row: 'R17a',
    title: 'the phone says that it is offline',
    facts: facts(fine, complaint(-1009)),
    cause: 'phone-offline',
    confidence: 'medium',
    app: unreachable(-1009),
  },
  {
    row: 'R17b',
    title: 'this machine woke a minute ago',
    facts: facts(fine, {
      ...complaint(-1001),
      ...past({ firstFailedAt: null, lastSleep: { from: AT - 300 * MINUTE, to: AT - MINUTE } }),
    }),
    cause: 'mac-asleep',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R18',
    title: 'all is well, and the phone is in the tailnet',
    facts: facts(fine, { ...complaint(-1001), ...phone() }),
    cause: 'phone-stale',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  {
    row: 'R18',
    title: 'all is well, and nothing is known of the phone',
    facts: facts(fine, complaint(-1003)),
    cause: 'phone-stale',
    confidence: 'low',
    app: NOT_FOUND,
  },
  {
    row: 'R19',
    title: 'the phone is reached through a relay, in 420 ms',
    facts: facts(fine, { ...complaint(-1001), ...phone({ pong: { via: 'relay', ms: 420 } }) }),
    cause: 'slow-path',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R20',
    title: 'the app is refused, and the server listens and answers',
    facts: facts(fine, { ...complaint(-1004), ...listeners(listener()) }),
    cause: 'app-address',
    confidence: 'medium',
    app: REFUSED,
  },
  {
    row: 'R21',
    title: 'the app was refused while the server was being started',
    facts: facts(fine, { ...complaint(-1004), ...processes(process({ startedAt: AT - 20 * SECOND })) }),
    cause: 'starting',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R27',
    title: 'the app lost a connection once',
    facts: facts(fine, complaint(-1005)),
    cause: 'stale-connection',
    confidence: 'low',
    app: LOST,
  },
  {
    row: 'R28',
    title: 'small packets come back by a relay, and answers are lost',
    facts: facts(fine, { ...complaint(-1005), ...phone({ pong: { via: 'relay', ms: 90 } }) }),
    cause: 'path-mtu',
    confidence: 'low',
    app: LOST,
  },
  {
    row: 'R30',
    title: 'iOS does not let the app ask by plain http',
    facts: facts(fine, complaint(-1022)),
    cause: 'cleartext-blocked',
    confidence: 'high',
    app: unreachable(-1022),
  },
  {
    row: 'R31',
    title: 'the app does not trust the certificate that this machine does',
    facts: facts(
      { ...fine, target: { kind: 'name', url: 'https://macbook.tail1234.ts.net/health' } },
      complaint(-1202),
    ),
    cause: 'tls',
    confidence: 'medium',
    app: unreachable(-1202),
  },
];
