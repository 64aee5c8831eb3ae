import * as z from 'zod/mini';
import type { HandView } from '#lib/contract/review.ts';
import type { Hand, HandQuestion } from '#lib/domain/review/gateway.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { Chosen } from '#lib/review/choose-gateway.ts';
import { mayAct } from './owner.ts';
import { wholeNumber } from './read-ledger.ts';
import { parameter } from './respond.ts';
import type { Services } from './services.ts';
import { within } from './within.ts';

/** The phone gives up after 10 s, with no word to show. */
const PATIENCE_MS: DurationMs = 9 * SECOND;

const DECK = {
  schema: z.nullable(z.string().check(z.minLength(1), z.maxLength(1_000))),
  otherwise: null,
  expected: 'the full name of a deck',
};
const LIMIT = { schema: wholeNumber(1, 30), otherwise: 30, expected: 'a whole number from 1 to 30' };
const NEW: { schema: z.ZodMiniType<string>; otherwise: string; expected: string } = {
  schema: z.enum(['0', '1']),
  otherwise: '1',
  expected: '0 or 1',
};

/** The cards to review now, or why there are none to be had, within 10 s; and whether this caller's grades are taken. */
export async function readHand(services: Services, query: URLSearchParams, headers: Headers): Promise<HandView> {
  const { review, mediaTokens, now } = services;
  const question: HandQuestion = {
    deck: parameter(query, 'deck', DECK),
    limit: parameter(query, 'limit', LIMIT),
    newCards: parameter(query, 'new', NEW) === '1',
  };
  const [chosen, caller] = await Promise.all([
    within(PATIENCE_MS, review.hand(question), null),
    callerSoon(services, headers),
  ]);
  const { gateway, value, troubles } = chosen ?? LATE;
  const leave = mayAct(caller, 'grade');
  return {
    gateway: gateway === null ? null : { kind: gateway.kind, abilities: gateway.abilities },
    troubles: [...troubles],
    deck: question.deck,
    counts: value?.counts ?? null,
    cards: [...(value?.cards ?? [])],
    hint: value?.hint ?? null,
    mediaBase: gateway === null ? null : mediaTokens.base(),
    mayGrade: { allowed: leave.allowed, detail: leave.allowed ? null : leave.detail },
    servedAt: now(),
  };
}

/** A phone that is told once that it may not grade does not ask again soon, so tailscale is given two seconds to answer anew. */
const callerSoon = async ({ callerOf, callerNow }: Services, headers: Headers): ReturnType<Services['callerOf']> =>
  (await within(2 * SECOND, callerOf(headers), null)) ?? callerNow(headers);

const LATE: Chosen<Hand> = {
  gateway: null,
  value: null,
  troubles: [
    {
      kind: 'anki-connect',
      trouble: {
        code: 'silent',
        message: 'Neither Anki nor the review server answers in time.',
        remedy: 'Bring Anki to the front and close what it asks.',
        command: null,
      },
    },
  ],
};
