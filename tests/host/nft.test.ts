import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askNft } from '#lib/host/nft.ts';
import { fc } from '#tests/support/fast-check.ts';
import { canPair, tailnetPair } from '#tests/support/tailnet-pair.ts';

const input = (rules: string, policy = 'accept', more = '') =>
  `table inet filter { ${more}
  chain input { type filter hook input priority filter; policy ${policy};\n${rules}\n}\n}`;

const table = (name: string, hook: string, rules: string) =>
  `table ip ${name} {\nchain c { type filter hook ${hook};\n${rules}\n}\n}\n`;

/** What `tailscaled` itself writes, and a usual host firewall beside it. */
const TAILSCALE = `table ip filter {
  chain ts-input {
    iifname "lo" ip saddr 100.64.0.7 counter accept
    iifname != "tailscale0" ip saddr 100.115.92.0/23 counter return
    iifname != "tailscale0" ip saddr 100.64.0.0/10 counter drop
    iifname "tailscale0" counter accept
    udp dport 41641 counter accept
  }
  chain INPUT { type filter hook input priority filter; policy accept;
    counter jump ts-input
  }
}`;

const RULESETS: readonly (readonly [string, string, 'allows' | 'drops' | 'rejects', string | RegExp])[] = [
  ['no rules', '', 'allows', 'no rule looks at it'],
  ['drop of the port', input('tcp dport 8000 drop'), 'drops', 'inet filter input: tcp dport 8000 drop'],
  [
    'reject of the port',
    input('tcp dport 8000 reject with tcp reset comment "no reviews"'),
    'rejects',
    'inet filter input: tcp dport 8000 reject "no reviews"',
  ],
  ['drop of another port', input('tcp dport 8001 drop'), 'allows', 'inet filter input: policy accept'],
  ['drop as policy', input('tcp dport 22 accept', 'drop'), 'drops', 'inet filter input: policy drop'],
  [
    'accept before a policy of drop',
    input('iifname "tailscale*" accept', 'drop'),
    'allows',
    'inet filter input: iifname tailscale* accept',
  ],
  [
    'only what belongs to a connection',
    input('ct state established,related accept\nct state invalid drop', 'drop'),
    'drops',
    /policy drop/,
  ],
  [
    'only new connections',
    input('ct state { new, untracked } tcp dport 8000 accept', 'drop'),
    'allows',
    /ct state \{ new, untracked \} tcp dport 8000 accept/,
  ],
  ['a range', input('tcp dport 7000-9000 drop'), 'drops', /7000-9000/],
  ['a comparison', input('tcp dport > 7999 drop'), 'drops', /> 7999/],
  ['all but', input('tcp dport != { 22, 8000 } drop'), 'allows', /policy accept/],
  [
    'a set with its intervals',
    input(
      'tcp dport @open accept',
      'drop',
      'set open { type inet_service; flags interval; elements = { 22, 7990-8010 } }',
    ),
    'allows',
    /@open/,
  ],
  ['a source that every peer has', input('ip saddr 100.64.0.0/10 tcp dport 8000 drop'), 'drops', /100\.64\.0\.0\/10/],
  [
    'sources that cover every peer together',
    input('ip saddr { 100.64.0.0/11, 100.96.0.0/11 } drop'),
    'drops',
    /100\.64/,
  ],
  ['a source that no peer has', input('ip saddr 192.168.0.0/16 drop'), 'allows', /policy/],
  [
    'another protocol',
    input('udp dport 8000 drop\nip6 nexthdr tcp drop\nmeta nfproto ipv6 drop\nmeta l4proto icmp drop'),
    'allows',
    /policy/,
  ],
  ['a verdict map', input('tcp dport vmap { 22 : accept, 8000 : drop }'), 'drops', /tcp dport vmap/],
  [
    'a named verdict map that jumps',
    input(
      'tcp dport vmap @ports',
      'accept',
      'map ports { type inet_service : verdict; elements = { 8000 : jump web } }\nchain web { reject with tcp reset; }',
    ),
    'rejects',
    /inet filter web: .*reject/,
  ],
  ['a concatenation', input('iifname . tcp dport { "tailscale0" . 8000 } drop'), 'drops', /drop/],
  ['flags of a first packet', input('tcp flags & (fin|syn|rst|ack) == syn tcp dport 8000 drop'), 'drops', /drop/],
  [
    'flags of a first packet that it lacks',
    input('tcp flags & (fin|syn|rst|ack) != syn ct state new drop'),
    'allows',
    /policy/,
  ],
  [
    'a jump that returns',
    input('jump a\ntcp dport 8000 drop', 'accept', 'chain a { tcp dport 8000 return; accept; }'),
    'drops',
    /tcp dport 8000 drop/,
  ],
  [
    'a goto that returns to the policy',
    input('goto a\naccept', 'drop', 'chain a { tcp dport 22 accept; }'),
    'drops',
    /policy drop/,
  ],
  ['tailscale as it is', TAILSCALE, 'allows', 'ip filter ts-input: iifname tailscale0 accept'],
  [
    'tailscale beside a firewall that drops later',
    `${TAILSCALE}\n${input('iif lo accept', 'drop')}`,
    'drops',
    'inet filter input: policy drop',
  ],
  [
    'an accept that does not end a later chain',
    `${table('a', 'input priority -10', 'accept')}${input('tcp dport 8000 drop')}`,
    'drops',
    /tcp dport 8000/,
  ],
  [
    'a drop before an accept',
    `${table('a', 'input priority 10', 'accept')}${input('tcp dport 8000 drop')}`,
    'drops',
    /tcp dport 8000/,
  ],
  [
    'a drop before input',
    table('raw', 'prerouting priority raw', 'tcp dport 8000 drop'),
    'drops',
    'ip raw c: tcp dport 8000 drop',
  ],
  ['a drop on the way out', table('f', 'output priority 0', 'tcp dport 8000 drop'), 'allows', 'no rule looks at it'],
  [
    'a table that sleeps',
    table('f', 'input priority 0', 'drop').replace('{', '{ flags dormant;'),
    'allows',
    'no rule looks at it',
  ],
  [
    'a mark and a log on the way',
    input('meta mark set 1 log prefix "x" counter\ntcp dport 8000 drop'),
    'drops',
    /tcp dport 8000 drop/,
  ],
];

describe.skipIf(!canPair)('a firewall between a phone and a machine', () => {
  let pair: Awaited<ReturnType<typeof tailnetPair>>;
  beforeAll(async () => {
    pair = await tailnetPair();
  });
  afterAll(() => pair?.close());

  test.each(RULESETS)('%s: what is told is what happens', async (_, rules, verdict, why) => {
    await pair.rules(rules);
    const expected = typeof why === 'string' ? why : expect.stringMatching(why);
    expect(await askNft(8000, [await pair.nft()])).toEqual({
      told: { tool: 'nft', verdict, why: expected, isStealthy: false },
    });
    expect(await pair.connect()).toBe(verdict);
  });

  const UNCLEAR: readonly (readonly [string, string, RegExp])[] = [
    ['one peer of many', input('ip saddr 100.64.0.9 drop'), /ip saddr 100\.64\.0\.9 drop/],
    ['a limit', input('limit rate 5/second accept', 'drop'), /limit accept/],
    ['a mark', input('meta mark 7 drop'), /meta mark/],
    ['an expression that is not known', input('tcp window < 100 drop'), /tcp window/],
    [
      'another way to take',
      table('n', 'prerouting priority dstnat', 'tcp dport 8000 redirect to :9').replace('filter', 'nat'),
      /redirect/,
    ],
  ];
  test.each(UNCLEAR)('%s is unreadable, for it could decide', async (_, rules, detail) => {
    await pair.rules(rules);
    expect(await askNft(8000, [await pair.nft()])).toMatchObject({
      why: 'unreadable',
      detail: expect.stringMatching(detail),
    });
  });

  test('what could decide does not matter where everything ends alike', async () => {
    await pair.rules(input('meta mark 7 tcp dport 8000 drop\nlimit rate 5/second drop\ntcp dport 8000 drop'));
    expect(await askNft(8000, [await pair.nft()])).toMatchObject({ told: { verdict: 'drops' } });
    expect(await pair.connect()).toBe('drops');
  });

  test('whatever is made of the rules of a whole firewall, what is told is what happens', async () => {
    const rule = fc.constantFrom(
      ...[
        'tcp dport 8000 accept',
        'tcp dport 8000 drop',
        'tcp dport 8001 accept',
        'iifname "lo" drop',
        'jump a',
        'jump b',
      ],
      ...['ip saddr 100.64.0.0/12 jump b', 'ct state new jump a', 'return', 'accept', 'counter', 'meta mark 7 jump b'],
      ...['tcp dport vmap { 22 : drop, 8000 : goto b }', 'tcp dport { 22, 8000 } ct state established drop', 'goto a'],
    );
    const chain = fc.array(rule, { maxLength: 4 });
    const policy = fc.constantFrom('accept', 'drop');
    const inner = (rules: readonly string[]) => rules.filter((text) => !/jump|goto/.test(text)).join('\n');
    const told: unknown[] = [];
    await fc.assert(
      fc.asyncProperty(chain, chain, chain, policy, policy, async (first, second, third, one, two) => {
        const chains = `chain a { ${inner(second)} \n }\nchain b { ${inner(third)} \n }`;
        const other = table('other', `input priority 5; policy ${two}`, inner(third));
        await pair.rules(`${input(first.join('\n'), one, chains)}\n${two === 'drop' ? other : ''}`);
        const answer = await askNft(8000, [await pair.nft()]);
        if (!('told' in answer)) return;
        told.push(answer.told.verdict);
        expect(await pair.connect()).toBe(answer.told.verdict);
      }),
      { numRuns: 25 },
    );
    expect(told.length).toBeGreaterThan(10);
  }, 60_000);
});
