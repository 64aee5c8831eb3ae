import type { AnkiConnect, Bridge, Current } from '#lib/domain/anki-facts.ts';
import { APP_CODES, type Facts, GENERATIONS, type Past, type SideFacts } from '#lib/domain/facts.ts';
import {
  type Exit,
  type Firewall,
  type Listener,
  type MagicDns,
  type PhonePath,
  PROCESS_STATES,
  type Service,
  TAILSCALE_STATES,
  type Tailscale,
} from '#lib/domain/host-facts.ts';
import { PHONE_OUTAGE_VERDICTS, type PhoneView } from '#lib/domain/phone-sample.ts';
import { PHASES, type ProbeResult, REASONS, type TARGET_KINDS } from '#lib/domain/probe.ts';
import { HOUR } from '#lib/domain/time.ts';
import { fc } from '#tests/support/fast-check.ts';
import { AT, answered, failed } from './facts.ts';

/** Values that meet each other often: a machine of two ports, three processes and four addresses. */
const port = fc.constantFrom(8_000, 8_001);
const pid = fc.constantFrom(5_151, 5_152, 6_000);
const address = fc.constantFrom('100.64.0.7', '100.64.0.99', 'fd7a:115c:a1e0::7', '192.168.1.20', '127.0.0.1');
const moment = fc.integer({ min: AT - HOUR, max: AT });
const name = fc.constantFrom('macbook.tail1234.ts.net', 'macbook-1.tail1234.ts.net', '');
const text = fc.constantFrom('', 'ok', 'error: ', 'error: refused', 'Tailscale could not connect to any relay server.');

const health = fc.constantFrom('ok', 'unknown', 'not_running', 'error_500', 'error: ', 'error: refused');
const url = fc.constantFrom(
  'http://macbook.tail1234.ts.net:8000/health',
  'https://macbook.tail1234.ts.net/health',
  'http://192.168.1.20:8000/health',
);

/** Any probe of one kind: an answer with any health, or a failure for any reason in any phase. */
export const anyProbe = (kind: (typeof TARGET_KINDS)[number]): fc.Arbitrary<ProbeResult> =>
  fc.oneof(
    fc
      .record({ server: health, ankiAddon: health, ankiConnect: health, ankiRunning: health, totalMs: fc.nat(5_000) })
      .map(({ totalMs, ...said }) => answered(said, { totalMs, kind })),
    fc
      .record({
        reason: fc.constantFrom(...REASONS),
        phase: fc.constantFrom(...PHASES),
        status: fc.integer({ min: 200, max: 599 }),
        totalMs: fc.nat(5_000),
        address,
      })
      .map(({ reason, phase, ...also }) => failed(reason, phase, { ...also, kind })),
  );

const anyName = fc
  .tuple(anyProbe('name'), url)
  .map(([probe, asked]) => ({ ...probe, target: { ...probe.target, url: asked } }));

const exit: fc.Arbitrary<Exit> = fc.oneof(
  fc.record({ code: fc.constantFrom(0, 1, 3, 78, 143) }),
  fc.record({ signal: fc.constantFrom('SIGTERM', 'SIGKILL') }),
);
const listener: fc.Arbitrary<Listener> = fc.record(
  {
    address: fc.oneof(address, fc.constantFrom('*', '::1', '*%en0')),
    family: fc.constantFrom('ipv4', 'ipv6', 'both'),
    port,
    pid,
    program: fc.constantFrom('uvicorn', 'node', 'tailscaled'),
    waiting: fc.nat(9),
    backlog: fc.constantFrom(5, 2_048),
    mayBeIpv6Only: fc.constant(true),
  },
  { requiredKeys: ['address', 'family', 'port'] },
);
const process = fc.record({
  pid,
  parentPid: fc.constantFrom(1, 5_151, 5_152),
  state: fc.constantFrom(...PROCESS_STATES),
  startedAt: moment,
  command: fc.constantFrom(
    'python3 -m uvicorn app.main:app --port 8001',
    'python3 -m uvicorn app.main:app --reload',
    'python3 -c from multiprocessing.spawn import spawn_main; spawn_main()',
    'node server.js',
  ),
});
const service: fc.Arbitrary<Service> = fc.record(
  {
    manager: fc.constantFrom('launchd', 'systemd', 'lifeline'),
    label: fc.constant('com.example.review'),
    state: fc.constantFrom('running', 'restarting', 'stopped', 'spawn-failed', 'not-loaded', 'disabled'),
    pid,
    starts: fc.nat(3),
    lastExit: exit,
    startedAt: moment,
    exitedAt: moment,
    isKeptAlive: fc.boolean(),
    hasGivenUp: fc.constant(true),
  },
  { requiredKeys: ['manager', 'label', 'state'] },
);
const log = fc.record(
  { path: fc.constant('/tmp/review.err'), writtenAt: moment, lines: fc.array(text), error: text },
  { requiredKeys: ['path', 'writtenAt', 'lines'] },
);
const tailscale: fc.Arbitrary<Tailscale> = fc.record({
  state: fc.constantFrom(...TAILSCALE_STATES),
  dnsName: name,
  addresses: fc.array(address, { maxLength: 2 }),
  isMagicDnsEnabled: fc.option(fc.boolean()),
  isHttpsEnabled: fc.boolean(),
  isOnline: fc.option(fc.boolean()),
  hasTun: fc.option(fc.boolean()),
  keyExpiresAt: fc.option(moment),
  isExpired: fc.boolean(),
  health: fc.array(text, { maxLength: 2 }),
  login: fc.constant(null),
});
const forward = fc.record({
  port: fc.constantFrom(8_000, 443),
  speaks: fc.constantFrom('tcp', 'http', 'https'),
  to: fc.constantFrom('127.0.0.1:8000', 'http://127.0.0.1:8001', 'http://127.0.0.1'),
  isPublic: fc.boolean(),
});
const magicDns: fc.Arbitrary<MagicDns> = fc.oneof(
  fc.record({ addresses: fc.array(address, { maxLength: 2 }) }),
  fc.record({ failed: fc.constantFrom('not-found' as const, 'silent' as const) }),
);
const firewall: fc.Arbitrary<Firewall> = fc.record({
  tool: fc.constantFrom('alf', 'nft'),
  verdict: fc.constantFrom('allows', 'drops', 'rejects', 'by-program'),
  why: text,
  isStealthy: fc.boolean(),
});
const phone: fc.Arbitrary<PhonePath> = fc.record(
  {
    address,
    node: fc.constant('iphone'),
    isOnline: fc.boolean(),
    lastSeenAt: moment,
    askedAt: moment,
    pong: fc.oneof(
      fc.constant('none' as const),
      fc.record({ via: fc.constantFrom('direct', 'relay'), ms: fc.nat(900) }),
    ),
  },
  { requiredKeys: ['address'] },
);
const phoneView: fc.Arbitrary<PhoneView> = fc.record(
  {
    node: fc.constant('iphone'),
    answered: fc.record({ at: moment, ms: fc.constantFrom(40, 700) }),
    outage: fc.record({ from: moment, to: moment, verdict: fc.constantFrom(...PHONE_OUTAGE_VERDICTS) }),
  },
  { requiredKeys: ['answered'] },
);
const anki: fc.Arbitrary<AnkiConnect> = fc.oneof(
  fc.record({ reach: fc.constantFrom('refused', 'silent', 'foreign') }),
  fc.record({
    reach: fc.constant('answers'),
    latencyMs: fc.nat(2_000),
    collection: fc.constantFrom('open', 'closed', 'key-needed', null),
    isReviewing: fc.option(fc.boolean()),
  }),
);
const bridge: fc.Arbitrary<Bridge> = fc.oneof(
  fc.record({ reach: fc.constant('answers'), port: fc.constantFrom(8_770, 8_771) }),
  fc.record({ reach: fc.constantFrom('refused', 'silent') }),
);
const current: fc.Arbitrary<Current> = fc.oneof(
  fc.record({ said: fc.constantFrom('card', 'idle') }),
  fc.record({ said: fc.constant('nothing'), came: fc.constantFrom('silence', 'no-http') }),
  fc.record({ said: fc.constant('nothing'), came: fc.constant('answer'), status: fc.constantFrom(200, 404, 500) }),
  fc.record({
    said: fc.constant('error'),
    message: fc.constantFrom(
      'Backend returned: unknown',
      'Anki error: Gui review is not currently active.',
      'Anki error: valid api key must be provided',
      'Anki add-on timeout',
      'Cannot connect to Anki add-on',
      '',
      'boom',
    ),
  }),
);
const past: fc.Arbitrary<Past> = fc.record(
  {
    lastUpAt: fc.option(moment),
    firstFailedAt: fc.option(moment),
    watchedSince: moment,
    lastSleep: fc.record({ from: moment, to: moment }),
  },
  { requiredKeys: ['lastUpAt', 'firstFailedAt', 'watchedSince'] },
);

const fact = <T>(value: fc.Arbitrary<T>) => fc.record({ value, at: moment });

/** Any combination of everything that can be known beside the probes; each of it may be unknown. */
const anySideFacts: fc.Arbitrary<SideFacts> = fc.record(
  {
    listeners: fact(fc.array(listener, { maxLength: 3 })),
    processes: fact(fc.array(process, { maxLength: 3 })),
    service: fact(service),
    restarts: fact(fc.record({ times: fc.nat(7), withinMs: fc.nat(HOUR) })),
    log: fact(log),
    boot: fact(fc.record({ bootedAt: moment, sleptAt: moment, wokeAt: moment }, { requiredKeys: ['bootedAt'] })),
    load: fact(fc.record({ perCore: fc.constantFrom(0.2, 6) })),
    tailscale: fact(tailscale),
    forwards: fact(fc.array(forward, { maxLength: 2 })),
    magicDns: fact(magicDns),
    firewall: fact(firewall),
    phone: fact(phone),
    phoneView: fact(phoneView),
    anki: fact(anki),
    bridge: fact(bridge),
    current: fact(current),
    generation: fact(fc.constantFrom(...GENERATIONS)),
    past: fact(past),
    complaint: fact(fc.record({ code: fc.constantFrom(...APP_CODES) })),
  },
  { requiredKeys: [] },
);

/** Any combination of all facts. */
export const anyFacts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.record(
      {
        name: anyName,
        loopback: anyProbe('loopback'),
        tailnet: anyProbe('tailnet'),
        here: fc.boolean(),
        ownName: fc.boolean(),
      },
      { requiredKeys: ['name'] },
    ),
    anySideFacts,
  )
  .map(([probes, sides]) => ({ ...sides, ...probes }));
