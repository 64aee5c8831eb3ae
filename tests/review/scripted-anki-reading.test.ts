import { expect, test } from 'vitest';
import { addDeck, addNote, createCollection } from '#tests/support/anki-collection.ts';
import { virtualClock } from '#tests/support/anki-in-process.ts';
import { sampleCollection } from '#tests/support/anki-sample.ts';
import { BASIC, plainCollection } from '#tests/support/anki-samples.ts';
import { inProcess } from '#tests/support/anki-talk.ts';

// What the reference says of reading (§1.0, §1.2, §1.4), each statement as a test.

test('the current card is as the reference shows it', async () => {
  const { call, ids } = inProcess({ collection: sampleCollection() });
  const shown = await call('guiCurrentCard');
  expect(shown).toMatchObject({
    cardId: ids[0],
    fields: { Spanish: { value: 'la mano', order: 0 }, English: { value: 'hand', order: 1 } },
    fieldOrder: 0,
    question: expect.stringMatching(/^<style>.*<\/style>.*la mano.*\[anki:play:q:0\]$/s),
    buttons: [1, 2, 3, 4],
    modelName: 'Spanish word',
    deckName: 'Spanish',
    template: 'Card 1',
  });
  for (const key of ['note', 'mod', 'reps', 'queue', 'tags', 'flags']) expect(shown).not.toHaveProperty(key);
});

test('a new card’s intervals are written with isolates around their numbers', async () => {
  const { call, ids } = inProcess({ standing: { as: 'new' } });
  const nextReviews = ['<\u20681\u2069m', '<\u20686\u2069m', '<\u206810\u2069m', '\u20684\u2069d'];
  expect(await call('guiCurrentCard')).toMatchObject({ nextReviews });
  expect(await call('cardsInfo', { cards: [ids[0]] })).toMatchObject([{ nextReviews, queue: 0, type: 0 }]);
});

test('a card after long intervals has months and years on its buttons', async () => {
  const { call } = inProcess({ standing: { as: 'review', intervalDays: 250 } });
  expect(await call('guiCurrentCard')).toMatchObject({
    nextReviews: ['<\u206810\u2069m', '\u206810\u2069mo', '\u20681.7\u2069y', '\u20682.2\u2069y'],
  });
});

test('what is missing is an empty object, between those that are there', async () => {
  const { call, ids } = inProcess();
  expect(await call('cardsInfo', { cards: [4, ids[0]] })).toMatchObject([
    {},
    { cardId: ids[0], note: expect.any(Number) },
  ]);
  expect(await call('cardsModTime', { cards: [ids[0], 4] })).toEqual([{ cardId: ids[0], mod: expect.any(Number) }, {}]);
  expect(await call('notesInfo', { notes: [4] })).toEqual([{}]);
  expect(await call('getReviewsOfCards', { cards: [4] })).toEqual({ 4: [] });
});

test('the add-on of 2023 gives neither intervals nor flags by id, and knows no profile', async () => {
  const { call, ids } = inProcess({ generation: 'archive' });
  const [info] = [await call('cardsInfo', { cards: [ids[0]] })].flat();
  expect(info).toMatchObject({ cardId: ids[0], question: expect.any(String) });
  expect(info).not.toHaveProperty('nextReviews');
  expect(info).not.toHaveProperty('flags');
  expect(await call('getActiveProfile')).toEqual({ error: 'unsupported action' });
  expect(await call('guiCurrentCard')).toHaveProperty('nextReviews');
});

test('a deck’s numbers come by its id with the leaf of its name, subdecks and limits counted in', async () => {
  const clock = virtualClock();
  const collection = createCollection(clock.now);
  const parent = addDeck(collection, 'A', { newPerDay: 3, reviewsPerDay: 4 });
  for (let number = 0; number < 6; number += 1) {
    addNote(collection, { deck: 'A::B', noteType: BASIC, fields: { Front: 'new' } });
    const standing = { as: 'review', intervalDays: 4 } as const;
    if (number < 3) addNote(collection, { deck: 'A', noteType: BASIC, fields: { Front: 'due' }, standing });
  }
  const { call } = inProcess({ collection });
  const child = addDeck(collection, 'A::B');
  expect(await call('getDeckStats', { decks: ['A', 'A::B', 'Default'] })).toEqual({
    // Of four reviews three are due, which leaves one place for a new card.
    [parent.id]: { deck_id: parent.id, name: 'A', new_count: 1, learn_count: 0, review_count: 3, total_in_deck: 3 },
    [child.id]: { deck_id: child.id, name: 'B', new_count: 6, learn_count: 0, review_count: 0, total_in_deck: 6 },
  });
});

test('asking for the numbers of an unknown deck makes it, and that can be undone', async () => {
  const { call, collection } = inProcess();
  await call('getDeckStats', { decks: ['Misspelt'] });
  expect(await call('deckNames')).toEqual(['Default', 'Misspelt', 'Plain']);
  expect(collection.undoSteps).toHaveLength(1);
});

test('answering a card takes it from the limits of its deck', async () => {
  const { call, ids, collection } = inProcess();
  const count = async () => (await call('getDeckStats', { decks: ['Plain'] })) as object;
  const key = String(collection.currentDeckId);
  expect(await count()).toMatchObject({ [key]: { review_count: 5 } });
  await call('answerCards', { answers: [{ cardId: ids[0], ease: 1 }] });
  expect(await count()).toMatchObject({ [key]: { review_count: 4, learn_count: 1 } });
});

test.each([
  ['deck:"Plain" is:due', [0, 1, 2]],
  ['deck:Plain is:due -is:suspended -is:buried', [0, 1, 2]],
  ['is:new', [3, 4, 5]],
  ['is:new -is:suspended', [3, 4]],
  ['is:suspended or is:due', [0, 1, 2, 5]],
  ['(is:due or is:new) -is:suspended', [0, 1, 2, 3, 4]],
  ['"deck:A \\"q\\" \\*"', [6]],
  ['deck:"A \\"q\\" \\*"', [6]],
  ['deck:A*', [6, 7]],
  ['deck:A_\\"*', [6, 7]],
  ['deck:nowhere', []],
] as const)('the search %s finds what Anki finds', async (query, places) => {
  const clock = virtualClock();
  const collection = plainCollection({ cards: 3, now: clock.now });
  const plain = { deck: 'Plain', noteType: BASIC, fields: { Front: 'x' } };
  for (let number = 0; number < 3; number += 1) addNote(collection, plain);
  addNote(collection, { ...plain, deck: 'A "q" *' });
  addNote(collection, { ...plain, deck: 'A "q" x' });
  const cards = [...collection.cards.values()];
  const [, , , , , suspended, quoted, wild] = cards;
  Object.assign(suspended ?? {}, { queue: -1 });
  for (const card of [quoted, wild]) Object.assign(card ?? {}, { type: 2, queue: 2, due: 1_000_000 });
  const { call } = inProcess({ collection });
  expect(await call('findCards', { query })).toEqual(places.map((place) => cards[place]?.id));
});

test('`did:` finds the cards of one deck without those below, `nid:` those of one note', async () => {
  const { call, collection } = inProcess({ collection: sampleCollection() });
  const spanish = addDeck(collection, 'Spanish');
  const found = [await call('findCards', { query: `did:${spanish.id}` })].flat();
  const below = [await call('findCards', { query: 'deck:Spanish' })].flat();
  expect(found.length).toBeLessThan(below.length);
  const verb = [...collection.cards.values()].find(({ ordinal }) => ordinal === 1);
  expect(await call('findCards', { query: `nid:${verb?.noteId}` })).toHaveLength(2);
});

test('a search that is none is an error, and no search finds nothing', async () => {
  const { call } = inProcess();
  expect(await call('findCards', { query: 'is:due (' })).toEqual({ error: expect.stringContaining('Invalid search') });
  expect(await call('findCards')).toEqual([]);
});

test('reviews are told by card, of today and by day, the newest day first', async () => {
  const { call, ids, revlog } = inProcess();
  await call('answerCards', { answers: [{ cardId: ids[0], ease: 2 }] });
  const row = { id: revlog.rows.at(-1)?.id, usn: -1, ease: 2, ivl: 12, lastIvl: 10, factor: 2_350, time: 0, type: 1 };
  expect(await call('getReviewsOfCards', { cards: [ids[0]] })).toMatchObject({ [ids[0]]: [{ ease: 3 }, row] });
  expect(await call('getNumCardsReviewedToday')).toBe(1);
  expect(await call('getNumCardsReviewedByDay')).toEqual([
    ['2026-11-23', 1],
    ['2026-11-13', 5],
  ]);
});

test('each call inside a multi has a version and a key of its own, and no permission is asked there', async () => {
  const { callAll } = inProcess();
  const inside = [{ action: 'version' }, { action: 'version', version: 6 }, { action: 'version', key: 'x' }];
  expect(await callAll(['multi', { actions: [...inside, { action: 'requestPermission' }] }])).toEqual([
    [
      6,
      { result: 6, error: null },
      { result: null, error: 'valid api key must be provided' },
      { result: null, error: expect.stringContaining('missing') },
    ],
  ]);
});

test('media come whole or not at all, and templates by the name of their note type', async () => {
  const { call } = inProcess({ collection: sampleCollection() });
  const png = Buffer.from(String(await call('retrieveMediaFile', { filename: 'cielo.png' })), 'base64');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(await call('retrieveMediaFile', { filename: 'nothing.png' })).toBe(false);
  expect(await call('modelTemplates', { modelName: 'Spanish word' })).toMatchObject({
    'Card 1': { Front: expect.stringContaining('{{Audio}}') },
  });
  expect(await call('modelTemplates', { modelName: 'None' })).toMatchObject({ error: expect.any(String) });
});

test('a list that suspends skips the card after one that is suspended', async () => {
  const { call, ids } = inProcess();
  expect(await call('suspend', { cards: [ids[0], ids[1]] })).toBe(true);
  expect(await call('suspend', { cards: [ids[0]] })).toBe(false);
  expect(await call('suspend', { cards: [ids[0], ids[1]] })).toBe(true);
  expect(await call('suspend', { cards: [4] })).toEqual({ error: expect.stringContaining('4') });
});
