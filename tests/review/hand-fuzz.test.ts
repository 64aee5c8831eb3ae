import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { reviewCardSchema, troubleSchema } from '#lib/contract/review.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createAnkiGateway } from '#lib/review/anki-gateway.ts';
import { type Exchange, exchange } from '#lib/review/exchange.ts';
import { createMedia } from '#lib/review/media.ts';
import { parseJson } from '#lib/review/parse-json.ts';
import { fc } from '#tests/support/fast-check.ts';
import { EVERYTHING, openedAnki } from '#tests/support/opened-anki.ts';

const replied = (body: string): Exchange => ({ outcome: 'replied', status: 200, body, latencyMs: 1 });

/** What the scripted Anki answers to the calls for one hand and the decks, in their order. */
async function realAnswers(): Promise<string[]> {
  const { anki } = await openedAnki();
  const bodies: string[] = [];
  const client = createAnkiConnect(new URL(anki.url), {
    carry: async (question) => {
      const answer = await exchange(question);
      if (answer.outcome === 'replied') bodies.push(answer.body);
      return answer;
    },
  });
  const gateway = createAnkiGateway(client);
  await gateway.hand({ ...EVERYTHING, deck: 'Japanese', newCards: true });
  await gateway.decks();
  return bodies;
}

/** A gateway to an Anki that answers so, call by call, and after that nothing of sense. */
function gatewayTo(answers: readonly Exchange[]) {
  let call = 0;
  const client = createAnkiConnect(new URL('http://127.0.0.1:9'), {
    carry: async () => answers[call++] ?? replied('{"result":null,"error":null}'),
  });
  return { gateway: createAnkiGateway(client), media: createMedia(client) };
}

const cardsSchema = z.array(reviewCardSchema);

/** All that is asked has an answer of its kind, and a hand keeps the contract. */
async function askAll(answers: readonly Exchange[]): Promise<void> {
  const hand = await gatewayTo(answers).gateway.hand({ ...EVERYTHING, deck: 'Japanese', newCards: true });
  if ('value' in hand) expect(cardsSchema.safeParse(hand.value.cards).error).toBeUndefined();
  else expect(troubleSchema.safeParse(hand.trouble).success).toBe(true);
  const decks = await gatewayTo(answers).gateway.decks();
  expect('value' in decks || troubleSchema.safeParse(decks.trouble).success).toBe(true);
  const card = await gatewayTo(answers).gateway.describe(1);
  expect(card === null || reviewCardSchema.safeParse(card).success).toBe(true);
  expect((await gatewayTo(answers).media.find('mano.png')).found).toMatch(/nothing|unreachable|bytes/);
}

type Change = readonly [call: number, place: number, value: unknown];

/** One value somewhere in an answer becomes another. */
function changed(body: string, place: number, value: unknown): string {
  const places: (() => void)[] = [];
  const root: unknown = parseJson(body);
  const visit = (inside: unknown): void => {
    if (typeof inside !== 'object' || inside === null) return;
    for (const [key, each] of Object.entries(inside)) {
      places.push(() => Reflect.set(inside, key, value));
      visit(each);
    }
  };
  visit(root);
  places[place % Math.max(1, places.length)]?.();
  return JSON.stringify(root);
}

test('no change of what Anki says makes a gateway reject or break the contract', async () => {
  const bodies = await realAnswers();
  await askAll(bodies.map(replied));
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('', -1, 1, 4, 1e308, Number.MAX_SAFE_INTEGER, '[sound:x', '{{c1::', '%', '[[type:__proto__]]'),
  );
  const change: fc.Arbitrary<Change> = fc.tuple(fc.nat(bodies.length - 1), fc.nat(5_000), value);
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const answers = [...bodies];
      for (const [call, place, put] of changes) answers[call] = changed(answers[call] ?? '', place, put);
      return askAll(answers.map(replied));
    }),
    { numRuns: 300 },
  );
});

test('nor does any failure at any call, or an answer to another question', async () => {
  const bodies = await realAnswers();
  const fault = fc.constantFrom<Exchange>(
    { outcome: 'refused' },
    { outcome: 'unsent', code: 'EMFILE' },
    { outcome: 'silent', sent: true },
    { outcome: 'cut' },
    { outcome: 'not-http' },
    { outcome: 'too-large' },
    replied('<html>'),
  );
  const answer = fc.oneof(
    fault,
    fc.constantFrom(...bodies).map(replied),
    fc.jsonValue().map((json) => replied(JSON.stringify(json))),
  );
  await fc.assert(fc.asyncProperty(fc.array(answer, { maxLength: 8 }), askAll), { numRuns: 300 });
});
