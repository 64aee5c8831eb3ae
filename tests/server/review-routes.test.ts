import { describe, expect, test } from 'vitest';
import { GET as activity } from '#app/api/review/activity/route.ts';
import { GET as decks } from '#app/api/review/decks/route.ts';
import { GET as diagnose } from '#app/api/review/diagnose/route.ts';
import { GET as due } from '#app/api/review/due/route.ts';
import { GET as hand } from '#app/api/review/hand/route.ts';
import { GET as ledger } from '#app/api/review/ledger/route.ts';
import { errorSchema } from '#lib/contract/error.ts';
import {
  activitySchema,
  ankiDiagnosisSchema,
  decksSchema,
  dueSchema,
  type HandView,
  handSchema,
} from '#lib/contract/review.ts';
import { CALLERS, reviewRequest, reviewServicesHere } from '#tests/support/review-services.ts';

const here = reviewServicesHere();

type Headers = Readonly<Record<string, string>>;
const LOCAL: Headers = CALLERS.local;
const ask = (path: string, headers = LOCAL) => reviewRequest(path, headers);
const handOf = async (path = 'hand', headers = LOCAL): Promise<HandView> =>
  handSchema.parse(await (await hand(ask(path, headers))).json());
const errorOf = async (response: Response) => ({
  status: response.status,
  ...errorSchema.parse(await response.json()).error,
});

describe('a hand', () => {
  test('holds up to thirty cards straight from Anki, with where their files are', async () => {
    const view = await handOf();
    expect(view.gateway).toMatchObject({ kind: 'anki-connect', abilities: { lookahead: true } });
    expect(view.cards.length).toBeGreaterThan(20);
    expect(view.cards.length).toBeLessThanOrEqual(30);
    expect(view).toMatchObject({
      troubles: [],
      deck: null,
      mediaBase: expect.stringMatching(/^\/api\/review\/media\//),
    });
    expect(view.counts?.review).toBeGreaterThan(0);
  });

  test('is of the deck and as long as asked', async () => {
    const view = await handOf('hand?deck=Japanese&limit=1&new=0');
    expect(view.deck).toBe('Japanese');
    expect(view.cards).toHaveLength(1);
    expect(view.cards[0]?.deck).toBe('Japanese');
  });

  test.each([
    'hand?limit=0',
    'hand?limit=31',
    'hand?limit=1e1',
    'hand?limit=',
    'hand?new=2',
    'hand?deck=',
    `hand?deck=${'x'.repeat(1_001)}`,
  ])('%s is answered with what is expected', async (path) => {
    expect(await errorOf(await hand(ask(path)))).toMatchObject({ status: 400, code: 'bad-parameter' });
  });

  test('an unknown deck is not made by asking for it', async () => {
    const before = [...here().anki.collection.decks.values()].map(({ name }) => name);
    await handOf('hand?deck=No%20such%20deck');
    expect([...here().anki.collection.decks.values()].map(({ name }) => name)).toEqual(before);
  });

  test('while Anki is closed it says so of every way, and what to do', async () => {
    await here().anki.stop();
    const view = await handOf();
    expect(view).toMatchObject({ gateway: null, cards: [], counts: null, mediaBase: null });
    expect(view.troubles.map(({ kind, trouble }) => [kind, trouble.code])).toEqual([
      ['anki-connect', 'unreachable'],
      ['review-server', 'unreachable'],
    ]);
  });

  test('while Anki hangs it says so before the phone gives up', async () => {
    here().anki.be('hung');
    const startedAt = performance.now();
    const view = await handOf();
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(view.gateway).toBeNull();
    expect(view.troubles[0]).toMatchObject({ kind: 'anki-connect', trouble: { code: 'silent' } });
  });

  test.each([
    ['local', true],
    ['owner', true],
    ['stranger', false],
    ['impostor', false],
  ] as const)('tells %s beforehand whether their grades are taken: %s', async (who, allowed) => {
    const { mayGrade } = await handOf('hand?limit=1', CALLERS[who]);
    expect(mayGrade.allowed).toBe(allowed);
    if (!allowed) expect(mayGrade.detail).toMatch(/^Only grant@example\.com may grade cards/);
  });
});

describe('reading', () => {
  test('the decks come with what is left in them', async () => {
    const view = decksSchema.parse(await (await decks(ask('decks'))).json());
    expect(view.decks.map(({ name }) => name)).toEqual(expect.arrayContaining(['French', 'Japanese', 'Spanish']));
  });

  test('what is due is asked of Anki once in ten seconds, however many ask', async () => {
    const first = dueSchema.parse(await (await due(ask('due'))).json());
    expect(first).toMatchObject({ gateway: 'anki-connect', counts: { review: expect.any(Number) } });
    const before = here().anki.carriedOut().length;
    await Promise.all(Array.from({ length: 20 }, () => due(ask('due'))));
    expect(
      here()
        .anki.carriedOut()
        .slice(before)
        .filter((action) => action === 'getDeckStats'),
    ).toEqual([]);
  });

  test('the activity is asked of Anki once, however many ask', async () => {
    const before = here().anki.carriedOut().length;
    await Promise.all(Array.from({ length: 20 }, () => activity(ask('activity'))));
    const asked = here().anki.carriedOut().slice(before);
    expect(asked.filter((action) => action === 'getNumCardsReviewedByDay').length).toBeLessThanOrEqual(1);
  });

  test('the activity is one number a day, oldest first, of a year at most', async () => {
    const view = activitySchema.parse(await (await activity(ask('activity'))).json());
    const days = view.days.map(({ day }) => day);
    expect(days).toEqual([...days].sort());
    expect(days.length).toBeGreaterThan(50);
    expect(days.length).toBeLessThanOrEqual(371);
  });

  test('the diagnosis says what stands behind the port', async () => {
    const told = ankiDiagnosisSchema.parse(await (await diagnose(ask('diagnose'))).json());
    expect(told).toMatchObject({ reach: 'answers', generation: '25.11.9', collection: 'open', media: 'directory' });
    expect(told.port).toBe(here().anki.port);
  });

  test('with Anki closed, what only Anki knows is answered with why not', async () => {
    await here().anki.stop();
    const refused = { timeout: 5_000, interval: 200 };
    await expect.poll(async () => (await activity(ask('activity'))).status, refused).toBe(503);
    expect(await errorOf(await activity(ask('activity')))).toMatchObject({ status: 503, code: 'unreachable' });
  });
});

test.each(['ledger?limit=0', 'ledger?limit=501', 'ledger?limit=x'])(
  '%s is answered with what is expected',
  async (path) => {
    expect(await errorOf(await ledger(ask(path)))).toMatchObject({ status: 400, code: 'bad-parameter' });
  },
);
