import { describe, expect, test } from 'vitest';
import { belongsTo, type Found, inOrder, searchesIn } from '#lib/domain/review/deck-search.ts';
import { byDeckName, countsOfAll } from '#lib/domain/review/deck-tree.ts';
import { pickHand } from '#lib/domain/review/pick-hand.ts';
import { fc } from '#tests/support/fast-check.ts';

const NOW = 1_795_000_000_000;
const NEW = 0;
const LEARNING = 1;
const REVIEW = 2;
const LATER = 3;
const card = (cardId: number, queue: number, due: number, more = {}) => ({
  cardId,
  queue,
  due,
  note: cardId,
  deckName: 'A::B',
  ...more,
});
const left = (deck: string, counts: { new: number; learning: number; review: number }) => new Map([[deck, counts]]);
const inSeconds = (seconds: number) => NOW / 1_000 + seconds;
const pick = (cards: ReturnType<typeof card>[], rules: Partial<Parameters<typeof pickHand>[1]> = {}) =>
  pickHand(cards, { now: NOW, left: new Map(), limit: 30, shown: null, ...rules }).map(({ cardId }) => cardId);

describe('a hand', () => {
  test('has what is due in learning first, then reviews, new cards, and what is due a little later', () => {
    const cards = [
      card(1, NEW, 7),
      card(2, LEARNING, inSeconds(300)),
      card(3, REVIEW, 400),
      card(4, LEARNING, inSeconds(-10)),
      card(5, REVIEW, 390),
      card(6, LEARNING, inSeconds(-90)),
      card(7, LATER, 395),
    ];
    expect(pick(cards)).toEqual([6, 4, 5, 7, 3, 1, 2]);
  });

  test('begins with the card that Anki shows, limits or not', () => {
    const cards = [card(1, REVIEW, 1), card(2, NEW, 1)];
    expect(pick(cards, { shown: 2, left: left('A', { new: 0, learning: 0, review: 5 }) })).toEqual([2, 1]);
  });

  test('holds one card of each note, and none that is suspended or buried', () => {
    expect(
      pick([
        card(1, REVIEW, 1, { note: 9 }),
        card(2, REVIEW, 2, { note: 9 }),
        card(3, -1, 0),
        card(4, -2, 0),
        card(5, -3, 0),
      ]),
    ).toEqual([1]);
  });

  test('keeps the limits of each deck and of those above it, which learning has not', () => {
    const cards = [1, 2, 3].flatMap((id) => [
      card(id, REVIEW, id),
      card(10 + id, NEW, id),
      card(20 + id, LEARNING, id),
    ]);
    expect(pick(cards, { left: left('A', { new: 1, learning: 0, review: 2 }) })).toEqual([21, 22, 23, 1, 2, 11]);
    const none = { new: 0, learning: 0, review: 0 };
    const here = new Map([...left('A', { ...none, review: 9 }), ...left('A::B', { ...none, review: 1 })]);
    const elsewhere = card(31, REVIEW, 31, { deckName: 'A::C' });
    expect(pick([...cards, elsewhere], { left: here })).toEqual([21, 22, 23, 1, 31]);
  });

  const anyCard = fc.record({
    cardId: fc.integer({ min: 1, max: 40 }),
    note: fc.integer({ min: 1, max: 25 }),
    queue: fc.integer({ min: -3, max: 4 }),
    due: fc.integer(),
    deckName: fc.constantFrom('A', 'A::B'),
  });
  test('whatever there is: within its limits, no note twice, the shown card first', () => {
    const rules = fc.record({
      limit: fc.integer({ min: 1, max: 30 }),
      new: fc.nat(9),
      review: fc.nat(9),
      shown: fc.nat(40),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyCard, { selector: ({ cardId }) => cardId }), rules, (cards, given) => {
        const { limit, shown } = given;
        const counts = { new: given.new, learning: 0, review: given.review };
        const hand = pickHand(cards, { now: NOW, left: left('A', counts), limit, shown });
        const of = (queue: number) => hand.filter((each) => each.queue === queue && each.cardId !== shown).length;
        expect(hand.length).toBeLessThanOrEqual(limit);
        expect(new Set(hand.map(({ note }) => note)).size).toBe(hand.length);
        expect([of(NEW) <= counts.new, of(REVIEW) <= counts.review, hand.every(({ queue }) => queue >= 0)]).toEqual([
          true,
          true,
          true,
        ]);
        const at = hand.findIndex(({ cardId }) => cardId === shown);
        expect(at).toBeLessThanOrEqual(0);
      }),
    );
  });
});

test('searches are made only where something is left, with new cards if they are asked for', () => {
  const deck = (id: number, counts: readonly [number, number, number]) => ({
    id,
    name: `A${id}`,
    counts: { new: counts[0], learning: counts[1], review: counts[2] },
  });
  const decks = [deck(1, [5, 1, 0]), deck(2, [5, 1, 0]), deck(3, [0, 0, 0])];
  const asked = (newCards: boolean) => searchesIn(decks, newCards).map(({ query }) => query);
  const lent = '(did:1 or did:2) is:due is:learn -is:suspended -is:buried deck:filtered';
  expect(asked(false)).toEqual([
    '(did:1 or did:2) is:due is:learn -is:suspended -is:buried -deck:filtered',
    lent,
    '(did:1 or did:2) is:due -is:suspended -is:buried deck:filtered',
  ]);
  expect(asked(true).slice(2)).toEqual([
    'did:1 is:new -is:suspended -is:buried -deck:filtered',
    'did:2 is:new -is:suspended -is:buried -deck:filtered',
    '(did:1 or did:2) (is:due or is:new) -is:suspended -is:buried deck:filtered',
  ]);
  const reviews = searchesIn([deck(4, [0, 0, 9])], true).map(({ query }) => query);
  const spans = reviews.filter((query) => query.includes('prop:due'));
  expect(spans.at(0)).toMatch(/^\(did:4\) is:due -is:learn .* prop:due<=-\d+$/);
  expect(spans.at(-1)).toMatch(/ prop:due<=0 prop:due>-1$/);
  expect(reviews).toContain('did:4 is:due -is:learn -is:suspended -is:buried -deck:filtered');
});

test('any day a card is due since is in one of the spans', () => {
  const spans = searchesIn([{ id: 1, name: 'A', counts: { new: 0, learning: 0, review: 1 } }], false).flatMap(
    ({ query }) => {
      const [, upTo, after = '-Infinity'] = /prop:due<=(-?\d+)(?: prop:due>(-?\d+))?/.exec(query) ?? [];
      return upTo === undefined ? [] : [{ upTo: Number(upTo), after: Number(after) }];
    },
  );
  for (let due = 0; due > -1_000; due -= 1) {
    expect(spans.filter(({ upTo, after }) => due <= upTo && due > after)).toHaveLength(1);
  }
});

describe('what was found is looked at', () => {
  const counts = (review: number, unseen = 0) => ({ new: unseen, learning: 0, review });
  const span = (...ids: number[]): Found => ({ of: 'span', query: '', ids });
  const inDeck = (deck: string, queue: 'review' | 'new', ...ids: number[]): Found => {
    return { of: 'deck', query: '', deck, queue, ids };
  };
  test('in the order of being due, what the limits of its deck let through first', () => {
    const found = [span(9, 8), span(1, 2, 3), inDeck('A', 'review', 1, 2, 9), inDeck('B', 'review', 3, 8)];
    const left = new Map([
      ['A', counts(2)],
      ['B', counts(5)],
    ]);
    expect(inOrder(found, left)).toEqual([8, 9, 1, 3, 2]);
  });
  test('learning first, new cards after reviews, and what filtered decks have after those', () => {
    const found: Found[] = [
      { of: 'learning', query: '', ids: [7, 5] },
      span(1),
      inDeck('A', 'review', 1),
      inDeck('A', 'new', 4, 3),
      { of: 'lent', query: '', ids: [6] },
    ];
    expect(inOrder(found, new Map([['A', counts(1, 1)]]))).toEqual([5, 7, 1, 3, 6, 4]);
  });
});

describe('a deck', () => {
  test.each([
    ['Spanish', null, true],
    ['Spanish', 'Spanish', true],
    ['Spanish::Verbs', 'Spanish', true],
    ['Spanish2', 'Spanish', false],
    ['Spanish', 'Spanish::Verbs', false],
  ])('%s is reviewed with %s: %s', (deck, reviewed, belongs) => {
    expect(belongsTo(deck, reviewed)).toBe(belongs);
  });

  const counts = { new: 1, learning: 2, review: 3 };
  const named = (name: string) => ({ id: 1, name, counts });
  test('stands right before its subdecks', () => {
    const names = ['A::B', 'A-1', 'B', 'A', 'A::B::C', 'A 10', 'A 2'];
    expect(
      names
        .map(named)
        .toSorted(byDeckName)
        .map(({ name }) => name),
    ).toEqual(['A', 'A::B', 'A::B::C', 'A 2', 'A 10', 'A-1', 'B']);
  });

  test('of all, the counts are those of the decks at the top', () => {
    expect(countsOfAll(['A', 'A::B', 'C'].map(named))).toEqual({ new: 2, learning: 4, review: 6 });
  });

  test('names sort one way, whatever they are', () => {
    const name = fc
      .array(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('::'));
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        const sorted = names.map(named).toSorted(byDeckName);
        expect(names.toReversed().map(named).toSorted(byDeckName)).toEqual(sorted);
      }),
    );
  });
});
