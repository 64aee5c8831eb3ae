import { expect, test } from 'vitest';
import { DAY } from '#lib/domain/time.ts';
import { inProcess } from '#tests/support/anki-talk.ts';
import { fc } from '#tests/support/fast-check.ts';

// What the reference says of undo (§1.4 and §3.5), each statement as a test.

const answerById = (cardId: number, ease = 3) => ({ answers: [{ cardId, ease }] });

test('an undo takes the review back: row, schedule, count of the day', async () => {
  const { call, ids, revlog, collection } = inProcess({ state: 'no-reviewer' });
  const before = { ...collection.cards.get(ids[0]) };
  await call('answerCards', answerById(ids[0]));
  expect(await call('getNumCardsReviewedToday')).toBe(1);
  expect(await call('guiUndo')).toBe(true);
  expect(await call('getNumCardsReviewedToday')).toBe(0);
  expect(revlog.of(ids[0])).toHaveLength(1);
  expect(collection.cards.get(ids[0])).toEqual(before);
});

test('with nothing to undo it says true all the same', async () => {
  const { call, revlog } = inProcess();
  expect(await call('guiUndo')).toBe(true);
  expect(revlog.rows).toHaveLength(5);
});

test('it takes back the last step of anyone', async () => {
  const { anki, call, ids, revlog, collection } = inProcess({ state: 'no-reviewer' });
  await call('answerCards', answerById(ids[0]));
  await anki.desktop.edit(ids[4], 'Front', 'another question');
  await call('guiUndo');
  await call('version');
  expect(revlog.of(ids[0])).toHaveLength(2);
  expect([...collection.notes.values()].at(-1)?.fields['Front']).toBe('question 5');
});

test('a reviewer that is not in front keeps showing the next card, and whoever grades that is refused', async () => {
  const { anki, call, ids, revlog } = inProcess();
  await anki.desktop.grade(3);
  await call('guiUndo');
  expect(await call('guiCurrentCard')).toMatchObject({ cardId: ids[1] });
  await call('guiShowAnswer');
  await call('guiAnswerCard', { ease: 3 });
  await call('version');
  expect(anki.window.popups).toEqual(['not at top of queue']);
  expect(revlog.of(ids[1])).toHaveLength(1);
});

test('a review that is begun anew shows the card that was taken back', async () => {
  const { anki, callAll, call, ids } = inProcess();
  await anki.desktop.grade(3);
  await call('guiUndo');
  expect(await callAll(['guiDeckReview', { name: 'Plain' }], ['guiCurrentCard'])).toMatchObject([
    true,
    { cardId: ids[0] },
  ]);
});

test('whoever sits before Anki sees the card that was taken back', async () => {
  const { anki, ids } = inProcess();
  await anki.desktop.grade(3);
  await anki.desktop.undo();
  expect(anki.window.reviewer.cardId).toBe(ids[0]);
});

test.each([
  ['a sync', async ({ call }: ReturnType<typeof inProcess>) => call('sync')],
  [
    'a refusal',
    async ({ call, ids }: ReturnType<typeof inProcess>) => {
      await call('guiDeckOverview', { name: 'Plain' });
      return call('answerCards', answerById(ids[4]));
    },
  ],
  [
    'a new day',
    async ({ call, clock }: ReturnType<typeof inProcess>) => {
      clock.advance(DAY);
      return call('guiDeckReview', { name: 'Plain' });
    },
  ],
])('%s ends every undo', async (_, happens) => {
  const talk = inProcess();
  await talk.call('answerCards', answerById(talk.ids[0]));
  await happens(talk);
  await talk.call('guiUndo');
  await talk.call('version');
  expect(talk.revlog.of(talk.ids[0])).toHaveLength(2);
});

test('no more than 30 steps can be taken back', async () => {
  const { call, revlog, collection } = inProcess({ state: 'no-reviewer', cards: 40 });
  for (const id of collection.cards.keys()) await call('answerCards', answerById(id));
  for (let press = 0; press < 40; press += 1) await call('guiUndo');
  await call('version');
  expect(revlog.rows).toHaveLength(40 + 10);
});

type Talk = ReturnType<typeof inProcess>;
type Deed = {
  readonly what: keyof typeof DEEDS;
  readonly place: number;
  readonly ease: number;
  readonly laterMs: number;
};

const DEEDS = {
  grade: ({ anki }: Talk, { ease }: Deed) => anki.desktop.grade(ease),
  answer: ({ call }: Talk, { ease }: Deed, cardId: number) => call('answerCards', answerById(cardId, ease)),
  suspend: ({ anki }: Talk, _: Deed, cardId: number) => anki.desktop.suspend(cardId),
  bury: ({ anki }: Talk, _: Deed, cardId: number) => anki.desktop.bury(cardId),
  edit: ({ anki }: Talk, { laterMs }: Deed, cardId: number) => anki.desktop.edit(cardId, 'Front', `<b>${laterMs}</b>`),
  remove: ({ anki }: Talk, _: Deed, cardId: number) => anki.desktop.remove(cardId),
};

function pictureOf({ collection, revlog }: Talk) {
  const cards = [...collection.cards.values()].map((card) => ({ ...card }));
  const fields = [...collection.notes.values()].map(({ id, fields: given }) => ({ id, ...given }));
  const byId = (one: { readonly id: number }, other: { readonly id: number }) => one.id - other.id;
  return { cards: cards.toSorted(byId), fields: fields.toSorted(byId), rows: [...revlog.rows] };
}

test('whatever is done to a collection, taking all of it back leaves it as it was', async () => {
  const deed = fc.record({
    what: fc.constantFrom(...(['grade', 'answer', 'suspend', 'bury', 'edit', 'remove'] as const)),
    place: fc.nat(11),
    ease: fc.integer({ min: 1, max: 4 }),
    laterMs: fc.nat(600_000),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 20 }), async (deeds) => {
      const talk = inProcess({ cards: 12 });
      const { collection, revlog, clock, anki } = talk;
      const before = pictureOf(talk);
      for (const each of deeds) {
        clock.advance(each.laterMs);
        const cardId = [...collection.cards.keys()][each.place % collection.cards.size];
        if (cardId !== undefined) await DEEDS[each.what](talk, each, cardId);
        const ids = revlog.rows.map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => one - other));
        // A refusal ends every undo: what it leaves is where the way back begins.
        if (collection.undoSteps.length === 0) Object.assign(before, pictureOf(talk));
      }
      for (let step = 0; step < deeds.length; step += 1) await anki.desktop.undo();
      expect(pictureOf(talk)).toEqual(before);
    }),
    { numRuns: 60 },
  );
});
