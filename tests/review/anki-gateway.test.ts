import { describe, expect, test } from 'vitest';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import { MINUTE } from '#lib/domain/time.ts';
import { createAnkiGateway } from '#lib/review/anki-gateway.ts';
import { addDeck, addNote, createCollection } from '#tests/support/anki-collection.ts';
import { QUEUE } from '#tests/support/anki-model.ts';
import { addPlainNotes, BASIC, plainCollection } from '#tests/support/anki-samples.ts';
import { shownCard } from '#tests/support/anki-window.ts';
import { handOf, openedAnki } from '#tests/support/opened-anki.ts';
import type { AnkiConnectOptions } from '#tests/support/scripted-ankiconnect.ts';

/** Whatever would open a window, play a sound or write. */
const HARMLESS =
  /^(multi|deckNamesAndIds|guiCurrentCard|findCards|getDeckStats|cardsInfo|getReviewsOfCards|notesInfo|modelTemplates|retrieveMediaFile)$/;

async function opened(options: AnkiConnectOptions = {}) {
  const { anki, client } = await openedAnki(options);
  return { anki, gateway: createAnkiGateway(client) };
}

const ids = ({ cards }: { cards: readonly ReviewCard[] }) => cards.map(({ cardId }) => cardId);

describe.each(['archive', '25.11.9'] as const)('by the add-on %s', (generation) => {
  test('a hand has 30 cards that are due, within its limits, and nothing in Anki is changed', async () => {
    const { anki, gateway } = await opened({ generation });
    const before = structuredClone([...anki.collection.cards.values(), ...anki.collection.decks.values()]);
    const hand = await handOf(gateway);
    expect(hand.cards).toHaveLength(30);
    expect(new Set(hand.cards.map(({ noteId }) => noteId)).size).toBe(30);
    for (const { guard, cardId } of hand.cards) {
      const { reps, mod } = anki.collection.cards.get(cardId) ?? {};
      const rows = anki.collection.revlog.of(cardId);
      expect(guard).toEqual({ revlogCount: rows.length, revlogMax: rows.at(-1)?.id ?? null, reps, mod });
    }
    expect([...anki.collection.cards.values(), ...anki.collection.decks.values()]).toEqual(before);
    expect(anki.carriedOut().filter((action) => !HARMLESS.test(action))).toEqual([]);
  });

  test('the card that the reviewer shows comes first, with the buttons and intervals that Anki offers', async () => {
    const { anki, gateway } = await opened({ generation });
    const shown = shownCard(anki.window)?.id;
    const [first] = (await handOf(gateway)).cards;
    expect(shown).toBeDefined();
    expect(first?.cardId).toBe(shown);
    expect(first?.buttons.map(({ ease }) => ease)).toEqual([1, 2, 3, 4]);
    for (const { next } of first?.buttons ?? []) expect(next).toMatch(/^<?[\d.]+(m|h|d|mo|y)$/);
  });

  test('any other card has intervals only where the add-on tells them', async () => {
    const { gateway } = await opened({ generation, collection: plainCollection({ cards: 3 }), state: 'no-reviewer' });
    const tells = generation === '25.11.9';
    for (const { buttons } of (await handOf(gateway)).cards) {
      expect(buttons.map(({ ease }) => ease)).toEqual([1, 2, 3, 4]);
      expect(buttons.every(({ next }) => (next === null) !== tells)).toBe(true);
    }
  });

  test('a card of each kind has all that its HTML needs', async () => {
    const { gateway } = await opened({ generation });
    const { cards } = await handOf(gateway, { deck: 'Japanese' });
    const [spoken] = cards.filter(({ question }) => question.includes('日本語'));
    expect(spoken).toMatchObject({
      sounds: {
        question: [{ kind: 'speech', lang: 'ja-JP' }],
        answer: [{ kind: 'file', name: 'nihongo.mp3' }],
      },
      media: ['nihongo.mp3'],
      languages: { front: 'ja-JP', back: 'en-US' },
    });
    const french = (await handOf(gateway, { deck: 'French' })).cards;
    const typed = french.find(({ noteType }) => noteType.includes('type in'));
    expect(typed).toMatchObject({
      media: ['été.png'],
      typed: [{ field: 'Back', expected: 'l’été', ignoresAccents: true }],
      languages: { front: 'en-US', back: 'fr-FR' },
    });
    const verbs = (await handOf(gateway, { deck: 'Spanish::Verbs', newCards: true })).cards;
    expect(verbs.some(({ noteType }) => noteType === 'Cloze')).toBe(true);
  });

  test('decks come as a tree, with what is left of today in each and below it', async () => {
    const { anki, gateway } = await opened({ generation });
    const decks = await gateway.decks();
    const names = 'value' in decks ? decks.value.map(({ name }) => name) : [];
    expect(names).toEqual(['Before the exam', 'French', 'Japanese', 'Science', 'Spanish', 'Spanish::Verbs']);
    const counts = 'value' in decks ? decks.value.find(({ name }) => name === 'Spanish')?.counts : null;
    expect((await handOf(gateway, { deck: 'Spanish' })).counts).toEqual(counts);
    expect(anki.collection.decks.size).toBe(names.length + 1);
  });
});

describe('a hand', () => {
  test('of a deck has the cards below it, but not those lent to a filtered deck', async () => {
    const { gateway } = await opened();
    const decks = new Set((await handOf(gateway, { deck: 'Spanish' })).cards.map(({ deck }) => deck));
    expect(decks).toEqual(new Set(['Spanish', 'Spanish::Verbs']));
    expect(new Set((await handOf(gateway, { deck: 'Before the exam' })).cards.map(({ deck }) => deck))).toEqual(
      new Set(['Before the exam']),
    );
  });

  test('of a deck that is gone is empty, and the deck stays gone', async () => {
    const { anki, gateway } = await opened();
    expect(await handOf(gateway, { deck: 'No such deck' })).toEqual({
      cards: [],
      counts: { new: 0, learning: 0, review: 0 },
      hint: null,
    });
    expect([...anki.collection.decks.values()].some(({ name }) => name === 'No such deck')).toBe(false);
  });

  test('of a deck with special characters in its name is that deck’s', async () => {
    const collection = createCollection();
    for (const deck of ['A "b" *_\\c', 'A xbx yyyc', 'Axbx']) {
      addNote(collection, {
        deck,
        noteType: BASIC,
        fields: { Front: deck, Back: '' },
        standing: { as: 'review', intervalDays: 3 },
      });
    }
    const { gateway } = await opened({ collection, state: 'no-reviewer' });
    expect((await handOf(gateway, { deck: 'A "b" *_\\c' })).cards.map(({ deck }) => deck)).toEqual(['A "b" *_\\c']);
  });

  test('keeps the deck’s daily limits, and has new cards only if they are asked for', async () => {
    const collection = createCollection();
    addDeck(collection, 'Limited', { newPerDay: 2, reviewsPerDay: 5 });
    for (let number = 0; number < 24; number += 1) {
      const standing = number < 12 ? ({ as: 'new' } as const) : ({ as: 'review', intervalDays: 3 } as const);
      addNote(collection, { deck: 'Limited', noteType: BASIC, fields: { Front: `${number}`, Back: '' }, standing });
    }
    const { gateway } = await opened({ collection, state: 'no-reviewer' });
    const queues = async (newCards: boolean) => (await handOf(gateway, { newCards })).cards.map(({ queue }) => queue);
    expect(await queues(false)).toEqual(Array(5).fill('review'));
    expect((await queues(true)).filter((queue) => queue === 'new').length).toBeLessThanOrEqual(2);
  });

  test('of everything keeps each deck’s own limit, however many new cards another has', async () => {
    const collection = createCollection();
    addDeck(collection, 'Done for today', { newPerDay: 0 });
    addDeck(collection, 'Later', { newPerDay: 3 });
    for (const [deck, cards] of [
      ['Done for today', 60],
      ['Later', 5],
    ] as const) {
      addPlainNotes(collection, { cards, deck, standing: { as: 'new' } });
    }
    const { gateway } = await opened({ collection, state: 'no-reviewer' });
    const hand = await handOf(gateway, { newCards: true });
    expect(hand.cards.map(({ deck }) => deck)).toEqual(['Later', 'Later', 'Later']);
    expect(hand.counts).toEqual({ new: 3, learning: 0, review: 0 });
  });

  test('begins with what is due in learning and ends with what is due a little later', async () => {
    const collection = plainCollection({ cards: 4, deck: 'Spanish' });
    for (const dueInMs of [8 * MINUTE, -MINUTE, -5 * MINUTE]) {
      addPlainNotes(collection, { cards: 1, deck: 'Spanish', standing: { as: 'learning', dueInMs } });
    }
    const { gateway } = await opened({ collection, state: 'no-reviewer' });
    const { cards } = await handOf(gateway, { deck: 'Spanish' });
    const minutes = cards.map(({ dueAt }) => (dueAt === null ? 'review' : Math.round((dueAt - Date.now()) / MINUTE)));
    expect(minutes).toEqual([-5, -1, 'review', 'review', 'review', 'review', 8]);
  });

  test('has no card that was suspended, buried or deleted a moment ago', async () => {
    const { anki, gateway } = await opened({ collection: plainCollection({ cards: 6 }), state: 'no-reviewer' });
    const [suspended = 0, buried = 0, deleted = 0, ...rest] = ids(await handOf(gateway));
    await anki.desktop.suspend(suspended);
    await anki.desktop.bury(buried);
    await anki.desktop.remove(deleted);
    expect(ids(await handOf(gateway))).toEqual(rest);
    expect([suspended, buried].map((id) => anki.collection.cards.get(id)?.queue)).not.toContain(QUEUE.review);
  });

  test('takes six calls of AnkiConnect at most for 30 of 2,000 due cards', async () => {
    const { anki, gateway } = await opened({ collection: plainCollection({ cards: 2_000 }), state: 'no-reviewer' });
    let calls = 0;
    anki.disturb(() => {
      calls += 1;
      return null;
    });
    expect((await handOf(gateway)).cards).toHaveLength(30);
    expect(calls).toBeLessThanOrEqual(6);
  });

  test('a connection that breaks once is asked again', async () => {
    const { anki, gateway } = await opened();
    anki.disturb(({ number }) => (number === 1 || number === 3 ? { kind: 'reset', when: 'after' } : null));
    expect((await handOf(gateway)).cards).toHaveLength(30);
  });

  test('that Anki is too slow for has the cards that came in time', async () => {
    const { anki, gateway } = await opened({ collection: plainCollection({ cards: 60 }), state: 'no-reviewer' });
    anki.disturb(({ actions, number }) =>
      actions.includes('cardsInfo') && number > 4 ? { kind: 'stall', ms: 4_000 } : null,
    );
    const startedAt = performance.now();
    expect((await handOf(gateway)).cards).toHaveLength(20);
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });

  test('is there, with what to do about it, where every answer of Anki is late', async () => {
    const { anki, client } = await openedAnki({ collection: plainCollection({ cards: 60 }), state: 'no-reviewer' });
    anki.disturb(() => ({ kind: 'stall', ms: 900 }));
    const slow = await handOf(createAnkiGateway(client, { platform: 'darwin' }));
    expect(slow.cards).toHaveLength(20);
    expect(slow.hint).toMatchObject({ code: 'slow', command: expect.stringContaining('NSAppSleepDisabled') });
  }, 30_000);
});

describe('one card', () => {
  test('is told as it is now', async () => {
    const { anki, gateway } = await opened({ collection: plainCollection({ cards: 3 }) });
    const [cardId = 0] = ids(await handOf(gateway));
    const before = await gateway.describe(cardId);
    await anki.desktop.grade(3);
    const after = await gateway.describe(cardId);
    expect(after?.guard?.revlogCount).toBe((before?.guard?.revlogCount ?? 0) + 1);
  });
  test('that is not there, or cannot be had, is null', async () => {
    const { anki, gateway } = await opened();
    expect(await gateway.describe(7)).toBeNull();
    anki.be('collection-closed');
    expect(await gateway.describe(7)).toBeNull();
    await anki.stop();
    expect(await gateway.describe(7)).toBeNull();
  });
});
