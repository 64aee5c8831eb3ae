import type { Counts } from '#lib/domain/review/card.ts';
import { countsOfAll } from '#lib/domain/review/deck-tree.ts';
import type {
  Deck,
  Gateway,
  GatewayKind,
  GatewayTrouble,
  Hand,
  HandQuestion,
  Read,
} from '#lib/domain/review/gateway.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';

/** What the best gateway gave that gave anything, and why those asked before it did not; null: none did. */
export type Chosen<Value> = {
  readonly gateway: Gateway | null;
  readonly value: Value | null;
  readonly troubles: readonly Trouble[];
};
type Trouble = { readonly kind: GatewayKind; readonly trouble: GatewayTrouble };

/** Several ways to Anki as one. Nothing rejects. */
export type Gateways = {
  readonly hand: (question: HandQuestion) => Promise<Chosen<Hand>>;
  /** Of the best gateway that names decks; no value where none does. */
  readonly decks: () => Promise<Chosen<readonly Deck[]>>;
  /** What is left of today in the whole collection, where a gateway tells counts. */
  readonly due: () => Promise<Chosen<Counts>>;
};

/** For so long one that kept silence is asked after the others, so that it costs its patience once and not every time. */
const SHUNNED_MS = 20 * SECOND;

/** Asks gateways in this order, best first, until one answers. */
export function createGateways(
  gateways: readonly Gateway[],
  now: () => DurationMs = () => performance.now(),
): Gateways {
  const silent = new Map<GatewayKind, { readonly at: DurationMs; readonly trouble: GatewayTrouble }>();
  const shunned = ({ kind }: Gateway): Trouble[] => {
    const last = silent.get(kind);
    return last !== undefined && now() - last.at < SHUNNED_MS ? [{ kind, trouble: last.trouble }] : [];
  };
  const first = async <Value>(
    able: readonly Gateway[],
    ask: (gateway: Gateway) => Promise<Read<Value>>,
  ): Promise<Chosen<Value>> => {
    const troubles: Trouble[] = [];
    const later = able.filter((gateway) => shunned(gateway).length > 0);
    const sooner = able.filter((gateway) => !later.includes(gateway));
    for (const gateway of [...sooner, ...later]) {
      const { kind } = gateway;
      const read = await ask(gateway);
      silent.delete(kind);
      if ('value' in read) {
        const passedOver = able.slice(0, able.indexOf(gateway)).flatMap(shunned);
        return { gateway, value: read.value, troubles: inOrder(able, [...passedOver, ...troubles]) };
      }
      if (read.trouble.code === 'silent') silent.set(kind, { at: now(), trouble: read.trouble });
      troubles.push({ kind, trouble: read.trouble });
    }
    return { gateway: null, value: null, troubles: inOrder(able, troubles) };
  };
  const named = gateways.filter(({ abilities }) => abilities.decks);
  const counted = gateways.filter(({ abilities }) => abilities.counts);
  return {
    hand: (question) => first(gateways, (gateway) => gateway.hand(question)),
    decks: () => first(named, (gateway) => gateway.decks()),
    due: () =>
      first(counted, async (gateway) => {
        const decks = await gateway.decks();
        return 'trouble' in decks ? decks : { value: countsOfAll(decks.value) };
      }),
  };
}

/** One trouble of each, in the order of the gateways. */
const inOrder = (gateways: readonly Gateway[], troubles: readonly Trouble[]): Trouble[] =>
  gateways.flatMap(({ kind }) => troubles.find((trouble) => trouble.kind === kind) ?? []);
