import { describe, expect, test } from 'vitest';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import { createAnkiGateway } from '#lib/review/anki-gateway.ts';
import { callRead } from '#lib/review/call-read.ts';
import { createMemory } from '#lib/review/memory.ts';
import { addNote, createCollection } from '#tests/support/anki-collection.ts';
import type { NoteType } from '#tests/support/anki-model.ts';
import { handOf, openedAnki } from '#tests/support/opened-anki.ts';

const DUE = { as: 'review', intervalDays: 3 } as const;
const noteType = (templates: readonly (readonly [name: string, front: string])[], isCloze = false): NoteType => ({
  name: 'Heard',
  fields: ['One', 'Two'],
  templates: templates.map(([name, front]) => ({ name, front, back: '{{FrontSide}}<hr id=answer>{{One}}' })),
  css: '',
  isCloze,
});

async function cardsOf(type: NoteType, given: { tags?: readonly string[]; file?: string; one?: string } = {}) {
  const collection = createCollection();
  const fields = { One: given.one ?? '[sound:one.mp3]', Two: 'two [sound:two.mp3]' };
  addNote(collection, { deck: 'A::B', noteType: type, fields, tags: [...(given.tags ?? [])], standing: DUE });
  if (given.file !== undefined) collection.media.set('_ankiVoice.deck.A_B.json', Buffer.from(given.file));
  const { anki, client } = await openedAnki({ collection, state: 'no-reviewer' });
  const gateway = createAnkiGateway(client);
  const cards: (ReviewCard | null)[] = [];
  for (const cardId of [...collection.cards.keys()].toSorted()) cards.push(await gateway.describe(cardId));
  return { cards, anki, gateway };
}
const names = (card: ReviewCard | null | undefined) => ({
  question: card?.sounds?.question.map((sound) => (sound.kind === 'file' ? sound.name : sound.text)),
  answer: card?.sounds?.answer.map((sound) => (sound.kind === 'file' ? sound.name : sound.text)),
});

describe('the sounds of a card', () => {
  test('are by the template that made it', async () => {
    const { cards } = await cardsOf(
      noteType([
        ['First', '{{One}}'],
        ['Second', '{{Two}}{{tts es_ES:Two}}'],
      ]),
    );
    expect(names(cards[0])).toEqual({ question: ['one.mp3'], answer: ['one.mp3'] });
    expect(names(cards[1])).toEqual({ question: ['two.mp3', 'two [sound:two.mp3]'], answer: ['one.mp3'] });
  });

  test('of every cloze are by its one template: a hint is heard where it is shown', async () => {
    const one = '{{c1::a::[sound:a.mp3]}} {{c2::b::[sound:b.mp3]}}';
    const { cards } = await cardsOf(
      {
        ...noteType([['Cloze', '{{cloze:One}}']], true),
        templates: [{ name: 'Cloze', front: '{{cloze:One}}', back: '{{cloze:One}}' }],
      },
      { one },
    );
    expect(cards.map((card) => names(card).question)).toEqual([['a.mp3'], ['b.mp3']]);
  });

  test('inside a hidden cloze are the answer’s', async () => {
    const templates = [{ name: 'Cloze', front: '{{cloze:One}}', back: '{{cloze:One}}' }];
    const cloze = { ...noteType([], true), templates };
    const { cards } = await cardsOf(cloze, { one: '{{c1::a [sound:a.mp3]}}' });
    expect(cards.map(names)).toEqual([{ question: [], answer: ['a.mp3'] }]);
  });

  test('are only listed where numbers for names hide which template made it', async () => {
    const { cards } = await cardsOf(
      noteType([
        ['2', 'x {{Two}}'],
        ['1', 'y {{One}}'],
      ]),
    );
    for (const card of cards) {
      expect(card?.sounds).toBeNull();
      expect(`${card?.question} ${card?.answer}`).not.toContain('anki:play');
      expect(card?.looseSounds).toEqual(['one.mp3', 'two.mp3']);
      expect(card?.media.toSorted()).toEqual(['one.mp3', 'two.mp3']);
    }
  });
});

describe('the languages of a card', () => {
  const plain = noteType([['Card 1', '{{Two}}']]);
  test.each([
    ['{"frontLang":"es-ES","backLang":"en_US"}', { front: 'es-ES', back: 'en-US' }],
    ['{"frontLang":"es-ES"}', { front: 'es-ES', back: null }],
    ['{"frontLang":7,"backLang":"en-US"}', { front: null, back: 'en-US' }],
    ['no JSON', { front: null, back: null }],
    ['[]', { front: null, back: null }],
  ])('by the deck’s file %s: %j', async (file, languages) => {
    const { cards } = await cardsOf(plain, { file });
    expect(cards[0]?.languages).toEqual(languages);
  });

  test('are the note’s own before the deck’s, and the deck’s file is read once for a while', async () => {
    const { cards, anki, gateway } = await cardsOf(plain, {
      file: '{"frontLang":"es-ES","backLang":"en-US"}',
      tags: ['av:front=fr-FR'],
    });
    expect(cards[0]?.languages).toEqual({ front: 'fr-FR', back: 'en-US' });
    await handOf(gateway);
    expect(anki.carriedOut().filter((action) => action === 'retrieveMediaFile')).toHaveLength(1);
    expect(anki.carriedOut().filter((action) => action === 'modelTemplates')).toHaveLength(1);
  });
});

test('a reading is asked again once where the connection broke, and never where nothing was said', async () => {
  const calls = { reset: 0, silent: 0 };
  const reset = { outcome: 'reset', effect: 'unknown' } as const;
  const silent = { outcome: 'timed-out', effect: 'unknown' } as const;
  const ending = (end: typeof reset | typeof silent, name: keyof typeof calls) => async () => {
    calls[name] += 1;
    return end;
  };
  expect(await callRead(ending(reset, 'reset'))).toEqual(reset);
  expect(await callRead(ending(silent, 'silent'))).toEqual(silent);
  expect(calls).toEqual({ reset: 2, silent: 1 });
});

test('what was learnt is known until its time is over', () => {
  let now = 0;
  const memory = createMemory<string>(1_000, () => now);
  memory.keep('deck', 'Spanish');
  now = 999;
  expect([memory.recall('deck'), memory.recall('other')]).toEqual(['Spanish', undefined]);
  now = 1_000;
  expect(memory.recall('deck')).toBeUndefined();
});
