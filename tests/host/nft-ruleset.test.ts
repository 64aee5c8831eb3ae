import { describe, expect, test } from 'vitest';
import { firewallFor } from '#lib/host/firewall.ts';
import { askNft, dormantTables, readNft } from '#lib/host/nft.ts';
import { fc } from '#tests/support/fast-check.ts';
import { mutated } from '#tests/support/mutated.ts';
import { scriptedTool } from '#tests/support/scripted-tool.ts';

describe('nft that', () => {
  test.each([
    ['must be root', 'echo "Operation not permitted (you must be root)" >&2; exit 1', 'not-permitted'],
    [
      'may not read the cache',
      'echo "netlink: Error: cache initialization failed: Operation not permitted" >&2; exit 1',
      'not-permitted',
    ],
    ['prints words', 'echo table inet filter', 'unreadable'],
    ['prints another shape', 'echo \'{"nftables": {}}\'', 'unreadable'],
    ['never ends', 'sleep 600', 'silent'],
    ['prints 100 MB', 'head -c 100000000 /dev/zero', 'unreadable'],
  ])('%s tells nothing', async (_, lines, why) => {
    expect(await askNft(8000, [await scriptedTool(lines)])).toMatchObject({ why });
  });

  test('is not installed tells nothing', async () => {
    expect(await askNft(8000, ['/nowhere/nft'])).toMatchObject({ why: 'not-installed' });
  });
});

test.skipIf(process.platform !== 'linux')("this machine's own firewall is read, or it is said why not", async () => {
  const answer = await firewallFor(8000, { program: null });
  expect('told' in answer ? answer.told.tool : answer.detail).toMatch(/./);
});

/** Rules that iptables wrote with its own extensions: nft shows their names and nothing of what they say. */
const xt = (...expr: readonly unknown[]) =>
  JSON.stringify({
    nftables: [
      {
        chain: {
          family: 'ip',
          table: 'filter',
          name: 'INPUT',
          type: 'filter',
          hook: 'input',
          prio: 0,
          policy: 'accept',
        },
      },
      { chain: { family: 'ip', table: 'filter', name: 'f2b' } },
      { rule: { family: 'ip', table: 'filter', chain: 'INPUT', expr } },
    ],
  });
const XT_MATCH = { xt: { type: 'match', name: 'conntrack' } };

describe('rules of iptables', () => {
  test.each([
    [
      'a match that hides what it matches',
      xt(XT_MATCH, { drop: null }),
      { why: 'unreadable', detail: 'it hangs on: ip filter INPUT: xt match conntrack drop' },
    ],
    ['a match that could only accept', xt(XT_MATCH, { accept: null }), { told: { verdict: 'allows' } }],
    [
      'a target that rejects',
      xt({ counter: { packets: 0 } }, { xt: { type: 'target', name: 'REJECT' } }),
      { told: { verdict: 'rejects' } },
    ],
    ['a target that logs', xt({ xt: { type: 'target', name: 'LOG' } }), { told: { verdict: 'allows' } }],
    ['a target of another kind', xt({ xt: { type: 'target', name: 'DNAT' } }), { why: 'unreadable' }],
    ['an extension without a name, as before 1.0.3', xt({ xt: null }, { drop: null }), { why: 'unreadable' }],
  ])('%s', (_, text, expected) => {
    expect(readNft(text, 8000)).toMatchObject(expected);
  });
});

describe('a table that sleeps', () => {
  const dropping = (flags: object) =>
    JSON.stringify({
      nftables: [
        { table: { family: 'ip', name: 'filter', ...flags } },
        { chain: { family: 'ip', table: 'filter', name: 'i', hook: 'input', prio: 0, policy: 'drop' } },
      ],
    });

  test.each([
    ['is awake', {}, [], 'drops'],
    ['says so', { flags: ['dormant'] }, [], 'allows'],
    ['says so in a word', { flags: 'dormant' }, [], 'allows'],
    ['says nothing, and nft does elsewhere', {}, ['ip filter'], 'allows'],
  ] as const)('%s', (_, flags, dormant, verdict) => {
    expect(readNft(dropping(flags), 8000, dormant)).toMatchObject({ told: { verdict } });
  });

  test('is found in the plain listing, and no other', () => {
    const listing =
      'table ip a {\n\tflags dormant\n\tchain c {\n\t}\n}\ntable inet b {\n\tset s {\n\t\tflags dormant\n\t}\n}\n';
    expect(dormantTables(listing)).toEqual(['ip a']);
    expect(dormantTables('')).toEqual([]);
  });
});

describe('a ruleset that no kernel has', () => {
  const jump = (from: string, to: string) => ({
    rule: { family: 'ip', table: 't', chain: from, expr: [{ jump: { target: to } }] },
  });
  const base = { chain: { family: 'ip', table: 't', name: 'a', hook: 'input', prio: 0, policy: 'accept' } };

  test('whose chains call each other, over and over, ends at once', () => {
    const calls = Array.from({ length: 40 }, () => [jump('a', 'b'), jump('b', 'a'), jump('b', 'b')]).flat();
    expect(readNft(JSON.stringify({ nftables: [base, ...calls] }), 8000)).toMatchObject({ why: 'unreadable' });
  });

  test('that goes ten thousand chains deep ends at once', () => {
    const deep = Array.from({ length: 10_000 }, (_, index) => jump(index === 0 ? 'a' : `c${index}`, `c${index + 1}`));
    expect(readNft(JSON.stringify({ nftables: [base, ...deep] }), 8000)).toMatchObject({ why: 'unreadable' });
  });

  test('whose values hold values ten thousand deep ends at once', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"|":[', ']}'],
      ['{"set":[', ']}'],
      ['{"concat":[', ']}'],
    ] as const) {
      const value = open.repeat(10_000) + close.repeat(10_000);
      const text = JSON.stringify({
        nftables: [base, { rule: { family: 'ip', table: 't', chain: 'a', expr: ['X', { drop: null }] } }],
      });
      const flags = `{"&":[{"payload":{"protocol":"tcp","field":"flags"}},${value}]}`;
      for (const left of [flags, value]) {
        const answer = readNft(text.replace('"X"', `{"match":{"op":"==","left":${left},"right":${value}}}`), 8000);
        expect(answer).toMatchObject({ why: 'unreadable' });
      }
    }
  });

  test('but any other, is read without a fault', () => {
    const expr = fc.array(
      fc.dictionary(fc.constantFrom('match', 'vmap', 'accept', 'drop', 'jump', 'xt', 'limit'), fc.anything()),
    );
    const text = fc.oneof(
      expr.map((all) => xt(...all)),
      mutated([xt(XT_MATCH, { drop: null }), JSON.stringify({ nftables: [base, jump('a', 'b'), jump('b', 'c')] })]),
      fc.json(),
    );
    fc.assert(
      fc.property(text, (ruleset) => {
        const answer = readNft(ruleset, 8000);
        expect('told' in answer || answer.why === 'unreadable').toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
