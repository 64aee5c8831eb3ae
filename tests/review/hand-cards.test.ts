import { describe, expect, test } from 'vitest';
import { createAnkiGateway } from '#lib/review/anki-gateway.ts';
import { addDeck, addNote, type Collection, createCollection, lend } from '#tests/support/anki-collection.ts';
import { ankiInProcess, virtualClock } from '#tests/support/anki-in-process.ts';
import { QUEUE } from '#tests/support/anki-model.ts';
import { answerCard } from '#tests/support/anki-operations.ts';
import { addPlainNotes, BASIC, plainCollection } from '#tests/support/anki-samples.ts';
import { EVERYTHING, handOf } from '#tests/support/opened-anki.ts';

const DUE = { as: 'review', intervalDays: 10, overdueDays: 1 } as const;
const TEMPLATE = { name: '', front: '{{Front}}', back: '{{Back}}' };

/** Longer than the longest answer, since it is in the field and in both sides. */
const TOO_LARGE = 6_000;
const LONGEST = 16_000;

function addPictures(collection: Collection, notes: number, letters: number): void {
  for (let note = 0; note < notes; note += 1) {
    const Front = `${note}<img src="data:image/png;base64,${'A'.repeat(letters)}">`;
    addNote(collection, { deck: 'Plain', noteType: BASIC, fields: { Front, Back: '' }, standing: DUE });
  }
}

const clock = virtualClock();
const gatewayTo = (collection: Collection, longest = Infinity) => {
  const { client } = ankiInProcess({ clock, collection, state: 'no-reviewer', longest });
  return createAnkiGateway(client, { now: clock.now, elapsed: clock.now });
};

describe('a hand', () => {
  test('has what is left in a deck, however many of its cards a filtered deck has', async () => {
    const collection = plainCollection({ cards: 100, deck: 'Spanish', now: clock.now });
    const cram = addDeck(collection, 'Cram', { filtered: 'reschedule' });
    for (const card of [...collection.cards.values()].slice(0, 45)) lend(card, cram);
    const gateway = gatewayTo(collection);
    for (const deck of ['Spanish', 'Cram']) {
      const hand = await handOf(gateway, { deck });
      expect([hand.cards.length, new Set(hand.cards.map((card) => card.deck))]).toEqual([30, new Set([deck])]);
    }
  });

  test('has a card that a preview shows again', async () => {
    const collection = plainCollection({ cards: 1, deck: 'Spanish', now: clock.now });
    const [card] = collection.cards.values();
    if (card === undefined) throw new Error('no card');
    lend(card, addDeck(collection, 'Preview', { filtered: 'preview' }));
    answerCard(collection, card.id, { ease: 1, msTaken: 0 });
    expect(card.queue).toBe(QUEUE.preview);
    const gateway = gatewayTo(collection);
    expect((await handOf(gateway, { deck: 'Preview' })).cards.map(({ cardId }) => cardId)).toEqual([card.id]);
  });

  test('is filled from another deck where one has reached its limit', async () => {
    const collection = createCollection(clock.now);
    addDeck(collection, 'A', { reviewsPerDay: 5 });
    addDeck(collection, 'B', { reviewsPerDay: 999 });
    for (const deck of ['A', 'B']) addPlainNotes(collection, { cards: 300, deck, standing: DUE });
    const gateway = gatewayTo(collection);
    const { cards, hint } = await handOf(gateway);
    expect(cards.filter(({ deck }) => deck === 'A')).toHaveLength(5);
    expect(cards).toHaveLength(30);
    expect(hint).toBeNull();
  });

  test('is filled where most of what is due are siblings', async () => {
    const noteType = {
      ...BASIC,
      name: 'Five',
      templates: [1, 2, 3, 4, 5].map((name) => ({ ...TEMPLATE, name: `${name}` })),
    };
    const collection = createCollection(clock.now);
    addDeck(collection, 'A', { reviewsPerDay: 999 });
    for (let note = 0; note < 40; note += 1) {
      addNote(collection, { deck: 'A', noteType, fields: { Front: `${note}`, Back: '' }, standing: DUE });
    }
    const gateway = gatewayTo(collection);
    expect((await handOf(gateway)).cards).toHaveLength(30);
  });

  test('has what is due longest, whatever was made first', async () => {
    const collection = createCollection(clock.now);
    addDeck(collection, 'A', { reviewsPerDay: 999 });
    addPlainNotes(collection, { cards: 100, deck: 'A', standing: DUE });
    addPlainNotes(collection, { cards: 10, deck: 'A', standing: { ...DUE, overdueDays: 100 } });
    const gateway = gatewayTo(collection);
    const youngest = [...collection.cards.keys()].slice(-10);
    expect((await handOf(gateway, { limit: 10 })).cards.map(({ cardId }) => cardId)).toEqual(youngest);
  });

  test('of cards with pictures written into them has as many as can be carried', async () => {
    const collection = plainCollection({ cards: 0, now: clock.now });
    addPictures(collection, 40, 300);
    const gateway = gatewayTo(collection, LONGEST);
    expect((await handOf(gateway)).cards).toHaveLength(30);
  });

  test('has all cards but the one that no answer can hold', async () => {
    const collection = plainCollection({ cards: 0, now: clock.now });
    addPictures(collection, 2, 10);
    addPictures(collection, 1, TOO_LARGE);
    addPictures(collection, 2, 10);
    const { cards } = await handOf(gatewayTo(collection, LONGEST));
    expect(cards).toHaveLength(4);
  });

  test('of one card that no answer can hold is a trouble that says so', async () => {
    const collection = plainCollection({ cards: 0, now: clock.now });
    addPictures(collection, 1, TOO_LARGE);
    const gateway = gatewayTo(collection, LONGEST);
    expect(await gateway.hand(EVERYTHING)).toMatchObject({ trouble: { code: 'too-large' } });
  });
});
