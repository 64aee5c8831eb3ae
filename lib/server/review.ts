import type { Counts } from '#lib/domain/review/card.ts';
import type { AnkiDiagnosis, Deck, GatewayKind, Hand, HandQuestion } from '#lib/domain/review/gateway.ts';
import type { Ledger } from '#lib/domain/review/ledger.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { Targets } from '#lib/monitor/effects.ts';
import { REVIEWED_BY_DAY } from '#lib/review/anki-actions.ts';
import { type AnkiConnectClient, type Called, createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createAnkiGateway } from '#lib/review/anki-gateway.ts';
import { callRead } from '#lib/review/call-read.ts';
import { type Chosen, createGateways, type Gateways } from '#lib/review/choose-gateway.ts';
import { createAnkiDiagnosis } from '#lib/review/diagnose.ts';
import { createGrader, type Grader } from '#lib/review/grading/grader.ts';
import { createMedia, type Media } from '#lib/review/media.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { createReviewServerGateway } from '#lib/review/review-server-gateway.ts';
import type { Config } from './config.ts';
import { keptMedia } from './kept-media.ts';
import { inTurn, shared } from './shared.ts';

/** Which gateway would be reviewed with, and what is left of today; null for none, and where it does not tell. */
type Due = { readonly gateway: GatewayKind | null; readonly counts: Counts | null };

/** How long a hand waits for those asked for before it. */
const HAND_WAIT_MS: DurationMs = 5 * SECOND;

/** The ways to Anki. What everybody may ask is asked of Anki once for all of them, since its window waits meanwhile. */
export type Review = {
  /** The one of this process: only its calls wait for each other. */
  readonly anki: AnkiConnectClient;
  /** One at a time, so that a grade waits for one call of one hand; null for one that had to wait too long. */
  readonly hand: (question: HandQuestion) => Promise<Chosen<Hand> | null>;
  readonly decks: () => Promise<Chosen<readonly Deck[]>>;
  readonly due: () => Promise<Due>;
  readonly activity: () => Promise<Called<[string, number][]>>;
  readonly diagnose: () => Promise<AnkiDiagnosis>;
  readonly findMedia: Media['find'];
  readonly graderOn: (ledger: Ledger) => Grader;
};

/** Asks nothing before somebody wants it. `targets` says where the review server is. */
export function createReview(config: Config, targets: () => Promise<Targets>): Review {
  const { ankiConnectUrl: url, ankiConnectKey: key } = config;
  const anki = createAnkiConnect(url, key === undefined ? {} : { key });
  const server = createReviewServer(async () => (await targets()).name);
  const direct = createAnkiGateway(anki);
  const gateways = createGateways([direct, createReviewServerGateway(server)]);
  const media = createMedia(anki);
  return {
    anki,
    hand: inTurn(HAND_WAIT_MS, gateways.hand),
    decks: shared(2 * SECOND, gateways.decks),
    due: shared(10 * SECOND, () => readDue(gateways)),
    activity: shared(2 * SECOND, () => callRead(() => anki.call(REVIEWED_BY_DAY, { patienceMs: 3 * SECOND }))),
    diagnose: shared(5 * SECOND, createAnkiDiagnosis({ anki, media, port: Number(url.port || 80) })),
    findMedia: keptMedia(media, () => performance.now()),
    graderOn: (ledger) => createGrader({ ledger, anki, server, describe: direct.describe }),
  };
}

async function readDue(gateways: Gateways): Promise<Due> {
  const { gateway, value } = await gateways.due();
  if (gateway !== null) return { gateway: gateway.kind, counts: value };
  // One that tells no counts may still have a card.
  const hand = await gateways.hand({ deck: null, limit: 1, newCards: true });
  return { gateway: hand.gateway?.kind ?? null, counts: null };
}
