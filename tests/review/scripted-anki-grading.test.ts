import { expect, test } from 'vitest';
import { MINUTE } from '#lib/domain/time.ts';
import { QUEUE } from '#tests/support/anki-model.ts';
import { inProcess } from '#tests/support/anki-talk.ts';

// What the reference says of answering cards (§1.3, §1.4, §3.2), each statement as a test.

const answerById = (cardId: number, ease = 3) => ({ answers: [{ cardId, ease }] });

test('answering by id needs no reviewer, and takes any card while no queue is built', async () => {
  const { call, ids, revlog } = inProcess({ state: 'no-reviewer' });
  expect(await call('answerCards', answerById(ids[3]))).toEqual([true]);
  expect(await call('answerCards', answerById(ids[1], 1))).toEqual([true]);
  expect(revlog.of(ids[3]).at(-1)).toMatchObject({ ease: 3, type: 1, lastIvl: 10, time: 0 });
});

test('with a queue built only its front is taken, and the refusal costs the queue and every undo', async () => {
  const { call, ids, collection } = inProcess();
  expect(await call('answerCards', answerById(ids[0]))).toEqual([true]);
  expect(collection.undoSteps).toHaveLength(1);
  expect(await call('answerCards', answerById(ids[3]))).toEqual({ error: 'not at top of queue' });
  expect(collection).toMatchObject({ undoSteps: [], queue: null });
  expect(await call('answerCards', answerById(ids[3]))).toEqual([true]);
});

test('a card in learning is taken from any place of the queue', async () => {
  const { call, anki } = inProcess({ standing: { as: 'learning', dueInMs: MINUTE }, cards: 3 });
  const last = [...anki.collection.cards.keys()].at(-1) ?? 0;
  expect(await call('answerCards', answerById(last))).toEqual([true]);
});

test('those before a refused one stay answered', async () => {
  const { call, ids, revlog } = inProcess();
  const answers = [ids[0], ids[1], ids[4], ids[2]].map((cardId) => ({ cardId, ease: 3 }));
  expect(await call('answerCards', { answers })).toEqual({ error: 'not at top of queue' });
  expect(ids.map((id) => revlog.of(id).length)).toEqual([2, 2, 1, 1, 1]);
});

test('a card that is missing is answered by false, an ease that is none by an error', async () => {
  const { call, ids } = inProcess();
  expect(await call('answerCards', answerById(4))).toEqual([false]);
  expect(await call('answerCards', answerById(ids[0], 5))).toEqual({ error: 'invalid ease' });
});

test('what is sent twice is counted twice, and a suspended card comes back by it', async () => {
  const { call, ids, revlog, collection } = inProcess({ state: 'no-reviewer' });
  await call('suspend', { cards: [ids[0]] });
  await call('answerCards', answerById(ids[0]));
  await call('answerCards', answerById(ids[0]));
  expect(revlog.of(ids[0])).toHaveLength(3);
  expect(collection.cards.get(ids[0])).toMatchObject({ queue: QUEUE.review, reps: 3 });
});

test('a reviewer is not told: its next key press is refused, and it is stuck until it is opened again', async () => {
  const { call, ids, anki, revlog } = inProcess();
  await call('answerCards', answerById(ids[0]));
  expect(await call('guiCurrentCard')).toMatchObject({ cardId: ids[0] });
  await call('guiShowAnswer');
  expect(await call('guiAnswerCard', { ease: 3 })).toBe(true);
  expect(await call('guiCurrentCard')).toMatchObject({ cardId: ids[0] });
  expect(anki.window).toMatchObject({ popups: ['card was modified'], reviewer: { side: 'transition' } });
  expect(anki.collection.undoSteps).toEqual([]);
  expect(revlog.of(ids[0])).toHaveLength(2);
  await call('guiDeckReview', { name: 'Plain' });
  expect(await call('guiCurrentCard')).toMatchObject({ cardId: ids[1] });
});

test('in one multi the shown card is graded and the next one told', async () => {
  const { anki, ids, callAll } = inProcess();
  const said = await callAll(
    ['getReviewsOfCards', { cards: [ids[0]] }],
    ['answerCards', answerById(ids[0])],
    ['getReviewsOfCards', { cards: [ids[0]] }],
    ['guiDeckReview', { name: 'Plain' }],
    ['guiCurrentCard'],
  );
  const key = String(ids[0]);
  expect(said).toMatchObject([
    { [key]: [{ ease: 3 }] },
    [true],
    { [key]: [{ ease: 3 }, { ease: 3 }] },
    true,
    { cardId: ids[1] },
  ]);
  expect(anki.window.popups).toEqual([]);
});

test('the window answers only a card whose answer is shown, and says yes before it is done', async () => {
  const { call, ids, revlog, callAll } = inProcess();
  expect(await call('guiAnswerCard', { ease: 3 })).toBe(false);
  await call('guiShowAnswer');
  expect(await call('guiAnswerCard', { ease: 5 })).toBe(false);
  expect(await callAll(['guiAnswerCard', { ease: 3 }], ['guiCurrentCard'])).toMatchObject([true, { cardId: ids[0] }]);
  expect(await call('guiCurrentCard')).toMatchObject({ cardId: ids[1] });
  expect(revlog.of(ids[0])).toHaveLength(2);
});

test('it logs the time the card was shown, a minute at most, unless the timer was started anew', async () => {
  const { call, ids, revlog, clock } = inProcess();
  const grade = async () => {
    await call('guiShowAnswer');
    await call('guiAnswerCard', { ease: 3 });
    await call('version');
  };
  clock.advance(5 * MINUTE);
  await grade();
  clock.advance(5 * MINUTE);
  await call('guiStartCardTimer');
  clock.advance(1_000);
  await grade();
  expect(revlog.of(ids[0]).at(-1)?.time).toBe(MINUTE);
  expect(revlog.of(ids[1]).at(-1)?.time).toBeLessThan(2_000);
});

test('shown and answered twice in one moment, a card in learning is counted twice, any other is refused', async () => {
  const twice = [['guiShowAnswer'], ['guiAnswerCard', { ease: 1 }], ['guiShowAnswer'], ['guiAnswerCard', { ease: 1 }]];
  const learning = inProcess({ standing: { as: 'learning', dueInMs: -MINUTE, left: 2 }, cards: 2 });
  await learning.callAll(...twice);
  await learning.call('version');
  expect(learning.revlog.of(learning.ids[0])).toHaveLength(3);
  const reviewing = inProcess();
  await reviewing.callAll(...twice);
  await reviewing.call('version');
  expect(reviewing.revlog.of(reviewing.ids[0])).toHaveLength(2);
  expect(reviewing.anki.window.popups).toEqual(['card was modified']);
});

test.each([
  [['guiCurrentCard'], { error: 'Gui review is not currently active.' }],
  [['guiShowAnswer'], false],
  [['guiShowQuestion'], false],
  [['guiAnswerCard', { ease: 3 }], false],
  [['guiStartCardTimer'], false],
  [['guiReviewActive'], false],
  [['guiUndo'], true],
  [['guiDeckReview', { name: 'Nowhere' }], false],
] as const)('without a reviewer %j is answered so', async ([action, params], said) => {
  const { call } = inProcess({ state: 'no-reviewer' });
  expect(await call(action, params)).toEqual(said);
});

test('a review of a deck with nothing due is said to begin, and does not', async () => {
  const { callAll } = inProcess({ standing: { as: 'review', intervalDays: 9, overdueDays: -2 } });
  expect(await callAll(['guiDeckReview', { name: 'Plain' }], ['guiReviewActive'])).toEqual([true, false]);
});
