import * as z from 'zod/mini';

// `nft --json list ruleset`, schema version 1 (libnftables-json(5)). Expressions are trees that only their evaluation reads.

const place = { family: z.string(), table: z.string() };
const elements = z.optional(z.array(z.unknown()));

const chainSchema = z.object({
  ...place,
  name: z.string(),
  /** These four only for a base chain, where packets come in. */
  hook: z.optional(z.string()),
  prio: z.optional(z.number()),
  policy: z.optional(z.string()),
  dev: z.optional(z.union([z.string(), z.array(z.string())])),
});
export type Chain = z.infer<typeof chainSchema>;

const ruleSchema = z.object({
  ...place,
  chain: z.string(),
  comment: z.optional(z.string()),
  expr: z._default(z.array(z.unknown()), []),
});
export type Rule = z.infer<typeof ruleSchema>;

const flags = z.optional(z.union([z.string(), z.array(z.string())]));
const tableSchema = z.object({ family: z.string(), name: z.string(), flags });
const setSchema = z.object({ ...place, name: z.string(), elem: elements });

const rulesetSchema = z.object({
  nftables: z.array(
    z.object({
      table: z.optional(tableSchema),
      chain: z.optional(chainSchema),
      rule: z.optional(ruleSchema),
      set: z.optional(setSchema),
      map: z.optional(setSchema),
    }),
  ),
});

/** Where a chain, set or map is: names are unique within a table of a family. */
type Place = { readonly family: string; readonly table: string };
export const placeOf = ({ family, table }: Place, name: string): string => `${family} ${table} ${name}`;

export type Ruleset = {
  readonly baseChains: readonly Chain[];
  /** By place; in order. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  /** Elements of sets and maps, by place. */
  readonly sets: ReadonlyMap<string, readonly unknown[]>;
};

/** Undefined when it is no ruleset. Tables that are dormant, or named as such (`inet filter`), are left out. */
export function parseRuleset(text: string, asleep: readonly string[]): Ruleset | undefined {
  const parsed = rulesetSchema.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const entries = parsed.data.nftables;
  const flagged = entries.filter(({ table }) => [table?.flags].flat().includes('dormant'));
  const dormant = new Set([...asleep, ...flagged.map(({ table }) => `${table?.family} ${table?.name}`)]);
  const isAwake = ({ family, table }: Place) => !dormant.has(`${family} ${table}`);
  const rules = entries.flatMap(({ rule }) => (rule !== undefined && isAwake(rule) ? [rule] : []));
  const chains = entries.flatMap(({ chain }) => (chain !== undefined && isAwake(chain) ? [chain] : []));
  const sets = entries.flatMap(({ set, map }) => [set, map]).filter((found) => found !== undefined);
  return {
    baseChains: chains.filter(({ hook }) => hook !== undefined),
    rules: Map.groupBy(rules, (rule) => placeOf(rule, rule.chain)),
    sets: new Map(sets.map((set) => [placeOf(set, set.name), set.elem ?? []])),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
