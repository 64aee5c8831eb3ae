import { answered, facts, failed } from '#tests/support/facts.ts';
import { fact, listener, listeners, REFUSED, tailscale } from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const onLoopback = { kind: 'loopback' } as const;
const onTailnet = { kind: 'tailnet' } as const;
const at7 = { address: '100.64.0.7', addresses: ['100.64.0.7'] };
const refused = failed('refused', 'tcp', at7);
const gone = { loopback: failed('refused', 'tcp', onLoopback), ...listeners() };

/** Something listens on the port, and not where the phone asks; or one fact says so and another not. */
export const BINDING_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R05',
    title: 'it listens on 127.0.0.1 only',
    facts: facts(refused, { loopback: answered({}, onLoopback), ...listeners(listener({ address: '127.0.0.1' })) }),
    cause: 'loopback-only',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R05a',
    title: 'it listens on 127.0.0.1, and tailscale serve passes the port on',
    facts: facts(refused, {
      loopback: answered({}, onLoopback),
      ...listeners(listener({ address: '127.0.0.1' })),
      forwards: fact([{ port: 8_000, speaks: 'tcp' as const, to: '127.0.0.1:8000', isPublic: false }]),
    }),
    cause: 'healthy',
    confidence: 'high',
    app: null,
  },
  {
    row: 'R05a',
    title: 'it listens on 127.0.0.1, where Tailscale in userspace mode brings the phone',
    facts: facts(failed('unreachable', 'tcp', at7), {
      here: false,
      ownName: true,
      loopback: answered({}, onLoopback),
      ...tailscale({ hasTun: false }),
    }),
    cause: 'healthy',
    confidence: 'high',
    app: null,
  },
  {
    row: 'R06',
    title: 'the name has an IPv6 address only, and it listens on IPv4 only',
    facts: facts(failed('refused', 'tcp', { address: 'fd7a:115c:a1e0::7', addresses: ['fd7a:115c:a1e0::7'] }), {
      tailnet: { ...answered({}, onTailnet), address: '100.64.0.7' },
      ...listeners(listener()),
    }),
    cause: 'ipv4-only',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R06a',
    title: 'it was started with --host ::, so IPv4 is refused',
    facts: facts(refused, { loopback: gone.loopback, ...listeners(listener({ family: 'ipv6' })) }),
    cause: 'ipv6-only',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'L2',
    title: 'it listens on the address of the Wi-Fi only',
    facts: facts(refused, { loopback: gone.loopback, ...listeners(listener({ address: '192.168.1.20' })) }),
    cause: 'bound-elsewhere',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'L1',
    title: 'the table shows a listener where loopback refuses',
    facts: facts(refused, { loopback: gone.loopback, ...listeners(listener()) }),
    cause: 'inconsistent',
    confidence: 'low',
    app: REFUSED,
  },
  {
    row: 'L1',
    title: 'the table shows no listener while loopback answers',
    facts: facts(refused, { loopback: answered({}, onLoopback), ...listeners() }),
    cause: 'inconsistent',
    confidence: 'low',
    app: REFUSED,
  },
  {
    row: 'L1',
    title: 'the table shows a listener where the name refuses',
    facts: facts(refused, listeners(listener())),
    cause: 'inconsistent',
    confidence: 'low',
    app: REFUSED,
  },
];
