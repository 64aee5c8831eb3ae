import { DAY } from '#lib/domain/time.ts';
import { AT, answered, facts, failed } from '#tests/support/facts.ts';
import {
  complaint,
  fact,
  firewall,
  listener,
  listeners,
  NOT_FOUND,
  phone,
  REFUSED,
  TIMED_OUT,
  tailscale,
} from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const at7 = { address: '100.64.0.7', addresses: ['100.64.0.7'] };
const onLoopback = { kind: 'loopback' } as const;
const onTailnet = { kind: 'tailnet' } as const;
const listening = { loopback: answered({}, onLoopback), ...listeners(listener()) };
const lost = failed('unreachable', 'tcp', at7);
const nameless = failed('not-found', 'dns');
const cutOff = (row: RowExample['row'], cause: RowExample['cause'], also: Parameters<typeof tailscale>[0]) => ({
  row,
  cause,
  facts: facts(lost, tailscale(also)),
  confidence: 'high' as const,
  app: TIMED_OUT,
});

/** The server listens, and a firewall, the tailnet or the name keeps the phone away. */
export const PATH_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R11',
    title: 'a rule rejects what the listener would take',
    facts: facts(failed('refused', 'tcp', at7), {
      ...listening,
      ...firewall({ verdict: 'rejects', why: 'tcp dport 8000 reject' }),
    }),
    cause: 'firewall-rejects',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R11',
    title: 'a rule rejects the phone, not this machine',
    facts: facts(
      { ...answered(), ...at7 },
      { ...listening, ...firewall({ verdict: 'rejects', why: 'tcp dport 8000 reject' }), ...complaint(-1004) },
    ),
    cause: 'firewall-rejects',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R12a',
    title: 'a rule drops what the listener would take',
    facts: facts(failed('timeout', 'tcp', { ...at7, totalMs: 5_000 }), {
      ...listening,
      ...firewall({ verdict: 'drops', why: 'tcp dport 8000 drop' }),
    }),
    cause: 'firewall-drops',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R12',
    title: 'the macOS firewall blocks Python',
    facts: facts(answered(), {
      ...firewall({ tool: 'alf', verdict: 'drops', why: 'Python is blocked' }),
      ...phone(),
      ...complaint(-1001),
    }),
    cause: 'mac-firewall',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  { title: 'Tailscale’s service is not there', ...cutOff('R13a', 'tailscale-not-running', { state: 'not-running' }) },
  { title: 'Tailscale was switched off', ...cutOff('R13b', 'tailscale-stopped', { state: 'stopped' }) },
  {
    row: 'R13b',
    title: 'Tailscale was switched off, while this machine still answers itself',
    facts: facts(answered(), tailscale({ state: 'stopped' })),
    cause: 'tailscale-stopped',
    confidence: 'medium',
    app: TIMED_OUT,
  },
  { title: 'Tailscale is logged out', ...cutOff('R13c', 'tailscale-logged-out', { state: 'needs-login' }) },
  {
    title: 'the key ran out a day ago',
    ...cutOff('R13d', 'key-expired', { state: 'needs-login', keyExpiresAt: AT - DAY }),
  },
  { title: 'an administrator has not let it in yet', ...cutOff('R13e', 'needs-approval', { state: 'needs-approval' }) },
  {
    title: 'Tailscale cannot reach its relays',
    ...cutOff('R13f', 'tailscale-offline', { health: ['Tailscale could not connect to any relay server.'] }),
    confidence: 'medium',
  },
  {
    row: 'R14a',
    title: 'only MagicDNS knows the name, and the server answers in the tailnet',
    facts: facts(nameless, {
      tailnet: answered({}, onTailnet),
      magicDns: fact({ addresses: ['100.64.0.7'] }),
    }),
    cause: 'magicdns-unused',
    confidence: 'high',
    app: null,
  },
  {
    row: 'R15',
    title: 'only MagicDNS knows the name, and leads it to another machine',
    facts: {
      name: nameless,
      ownName: true,
      loopback: answered({}, onLoopback),
      tailnet: answered({}, onTailnet),
      magicDns: fact({ addresses: ['100.64.0.99'] }),
      ...tailscale(),
    },
    cause: 'wrong-address',
    confidence: 'high',
    app: REFUSED,
  },
  {
    row: 'R14b',
    title: 'MagicDNS is off in the tailnet',
    facts: facts(nameless, tailscale({ isMagicDnsEnabled: false })),
    cause: 'magicdns-off',
    confidence: 'high',
    app: NOT_FOUND,
  },
  {
    row: 'R14c',
    title: 'the name is not this machine’s, and no resolver knows it',
    facts: facts(nameless, {
      magicDns: fact({ failed: 'not-found' as const }),
      ...tailscale({ dnsName: 'macbook-1.tail1234.ts.net' }),
    }),
    cause: 'name-not-found',
    confidence: 'high',
    app: NOT_FOUND,
  },
  {
    row: 'R15',
    title: 'this machine’s own name leads to another address',
    facts: facts(failed('refused', 'tcp', { address: '100.64.0.99', addresses: ['100.64.0.99'] }), {
      here: false,
      ownName: true,
      loopback: answered({}, onLoopback),
      ...tailscale(),
    }),
    cause: 'wrong-address',
    confidence: 'high',
    app: REFUSED,
  },
];
