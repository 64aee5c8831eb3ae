import { and, field, isOneOf, listOf, matches, type Sight, type Tri } from './nft-match.ts';
import { type Chain, placeOf, type Rule, type Ruleset } from './nft-ruleset.ts';
import { ruleText } from './nft-text.ts';

/** `unclear`: something that this evaluation does not know may decide. */
type End = 'accept' | 'drop' | 'reject' | 'unclear';
/** Each end that is possible, with the rule or policy that makes it so. */
type Ends = ReadonlyMap<End, string>;

export type NftVerdict = { readonly end: End; readonly why: string };

/** Where packets pass before they reach a socket, in their order. */
const HOOKS = ['ingress', 'prerouting', 'input'];
const FAMILIES = ['ip', 'inet', 'netdev'];

/**
 * What the ruleset does with a new TCP connection to the port that comes through tailscale0 from 100.64.0.0/10. An accept
 * ends one base chain, a drop ends all. `unclear` when it hangs on what cannot be known or is not understood.
 */
export function verdictOf(ruleset: Ruleset, port: number): NftVerdict {
  const walk = new Walk(ruleset, port);
  const ends = new Map<End, string>();
  let accepted = 'no rule looks at it';
  for (const chain of pathOf(ruleset.baseChains)) {
    const { accept, others } = split(walk.endsOf(chain));
    addMissing(ends, others);
    if (accept === undefined) return only(ends, walk.doubt);
    accepted = accept;
  }
  return only(ends.set('accept', accepted), walk.doubt);
}

function addMissing(ends: Map<End, string>, added: Iterable<readonly [End, string]>): void {
  for (const [end, why] of added) if (!ends.has(end)) ends.set(end, why);
}

function split(ends: Ends): {
  readonly accept: string | undefined;
  readonly others: readonly (readonly [End, string])[];
} {
  return { accept: ends.get('accept'), others: [...ends].filter(([end]) => end !== 'accept') };
}

/** Where several ends are possible, it is the first doubtful rule that it hangs on. */
function only(ends: Ends, doubt = ''): NftVerdict {
  const [[end, why] = ['unclear', doubt] as const] = ends;
  return ends.size === 1 ? { end, why } : { end: 'unclear', why: ends.get('unclear') ?? doubt };
}

const pathOf = (chains: readonly Chain[]): readonly Chain[] =>
  chains
    .filter(({ family, hook = '', dev }) => {
      const isHere = dev === undefined || [dev].flat().includes('tailscale0');
      return FAMILIES.includes(family) && HOOKS.includes(hook) && isHere;
    })
    .toSorted((a, b) => HOOKS.indexOf(a.hook ?? '') - HOOKS.indexOf(b.hook ?? '') || (a.prio ?? 0) - (b.prio ?? 0));

/** What one rule does, when it does. */
type Branch = { readonly when: Tri; readonly what: string; readonly target?: string };
/** How a chain may end; `falls`: it may also hand the packet back to where it was called from. */
type Passage = { readonly ends: Ends; readonly falls: boolean };

/** The kernel allows no more; a ruleset that claims more is not one of the kernel's. */
const DEEPEST = 16;

class Walk {
  readonly #ruleset: Ruleset;
  readonly #port: number;
  readonly #passed = new Map<string, Passage>();
  /** The first rule that decides something if a condition holds that is not known. */
  doubt: string | undefined;

  constructor(ruleset: Ruleset, port: number) {
    this.#ruleset = ruleset;
    this.#port = port;
  }

  endsOf(chain: Chain): Ends {
    const { ends, falls } = this.#pass(placeOf(chain, chain.name), 0);
    if (!falls) return ends;
    const { family, table, name, policy = 'accept' } = chain;
    const end = policy === 'accept' || policy === 'drop' ? policy : 'unclear';
    return new Map([[end, `${family} ${table} ${name}: policy ${policy}`], ...ends]);
  }

  /** The connection is the same wherever a chain is called from, so each is walked once. */
  #pass(place: string, depth: number): Passage {
    const known = this.#passed.get(place);
    if (known !== undefined) return known;
    const calledAgain: Passage = { ends: new Map([['unclear', `${place}: calls itself`]]), falls: true };
    if (depth > DEEPEST) return calledAgain;
    this.#passed.set(place, calledAgain);
    const passage = this.#walk(this.#ruleset.rules.get(place) ?? [], depth);
    this.#passed.set(place, passage);
    return passage;
  }

  #walk(rules: readonly Rule[], depth: number): Passage {
    const ends = new Map<End, string>();
    let falls = false;
    for (const { rule, branch } of rules.flatMap((each) => this.#stepsOf(each))) {
      const { ends: added, next } = this.#follow(branch, rule, depth);
      addMissing(ends, added);
      if (branch.when === 'maybe' && next !== 'goes-on') this.doubt ??= ruleText(rule);
      if (next === 'leaves') falls = true;
      if (next !== 'goes-on' && branch.when === true) return { ends, falls };
    }
    return { ends, falls: true };
  }

  #stepsOf(rule: Rule): readonly { readonly rule: Rule; readonly branch: Branch }[] {
    const branches = branchesOf(rule, { rule, sets: this.#ruleset.sets, port: this.#port });
    return branches.filter(({ when }) => when !== false).map((branch) => ({ rule, branch }));
  }

  #follow({ what, target = '' }: Branch, rule: Rule, depth: number): { ends: Ends; next: Next } {
    const one = (end: End, next: Next = 'ends') => ({ ends: new Map([[end, ruleText(rule)]]), next });
    switch (what) {
      case 'accept':
      case 'drop':
      case 'reject':
        return one(what);
      case 'return':
        return { ends: new Map(), next: 'leaves' };
      case 'jump':
      case 'goto': {
        const { ends, falls } = this.#pass(placeOf(rule, target), depth + 1);
        if (!falls) return { ends, next: 'ends' };
        return { ends, next: what === 'jump' ? 'goes-on' : 'leaves' };
      }
      case 'continue':
        return { ends: new Map(), next: 'goes-on' };
      default:
        return one('unclear', 'goes-on');
    }
  }
}

/** After a branch: the packet's way ends, it goes on to the next rule, or it leaves the chain to where it came from. */
type Next = 'ends' | 'goes-on' | 'leaves';

/** What changes neither the packet's way nor what is looked at here. */
const HARMLESS = ['counter', 'log', 'set', 'map', 'last', 'continue', 'ct helper', 'ct timeout', 'secmark'];
const VERDICTS = ['accept', 'drop', 'reject', 'return', 'jump', 'goto'];
/** Extensions of iptables that nft shows without their conditions. */
const XT_TARGETS = new Map([
  ['REJECT', 'reject'],
  ['LOG', 'continue'],
  ['NFLOG', 'continue'],
  ['MARK', 'continue'],
  ['CONNMARK', 'continue'],
]);

/** The statements of a rule, from left to right: conditions until one fails, then what it does. */
function branchesOf(rule: Rule, sight: Sight): readonly Branch[] {
  let when: Tri = true;
  for (const statement of rule.expr) {
    const [name = ''] = Object.keys(Object(statement));
    const vmap = field(statement, 'vmap');
    if (vmap !== undefined) return byMap(vmap, when, sight);
    const branch = branchOf(name, field(statement, name));
    if (branch !== undefined) return [{ ...branch, when }];
    when = and(when, conditionOf(name, field(statement, name), sight));
    if (when === false) return [];
  }
  return [];
}

function conditionOf(name: string, value: unknown, sight: Sight): Tri {
  if (name === 'match') return matches(value, sight);
  if (name === 'xt') return field(value, 'type') === 'target' ? true : 'maybe';
  const isMark = name === 'mangle' && field(field(value, 'key'), 'payload') === undefined;
  // A limit, a quota, a count of connections, or what a newer nft has.
  return HARMLESS.includes(name) || isMark ? true : 'maybe';
}

/** Undefined for a statement that is a condition or does nothing to the packet's way. */
function branchOf(name: string, value: unknown): Omit<Branch, 'when'> | undefined {
  if (VERDICTS.includes(name)) return { what: name, target: `${field(value, 'target')}` };
  if (name === 'xt' && field(value, 'type') === 'target') {
    const what = XT_TARGETS.get(`${field(value, 'name')}`) ?? 'unknown';
    return what === 'continue' ? undefined : { what };
  }
  const leadsAway = ['notrack', 'dnat', 'redirect', 'tproxy', 'queue', 'fwd', 'synproxy'].includes(name);
  const rewrites = name === 'mangle' && field(field(value, 'key'), 'payload') !== undefined;
  return leadsAway || rewrites ? { what: name } : undefined;
}

/** `tcp dport vmap { 22 : accept, 8000 : jump web }` */
function byMap(vmap: unknown, when: Tri, { rule, sets, port }: Sight): readonly Branch[] {
  const data = field(vmap, 'data');
  const named = typeof data === 'string' ? sets.get(placeOf(rule, data.replace(/^@/, ''))) : undefined;
  const pairs = named ?? listOf(field(data, 'set'));
  return pairs.map((pair) => {
    const [element, verdict] = listOf(pair);
    const [name = ''] = Object.keys(Object(verdict));
    const branch = branchOf(name, field(verdict, name)) ?? { what: name };
    return { ...branch, when: and(when, isOneOf(field(vmap, 'key'), [element], port)) };
  });
}
