import { expect, onTestFinished, test } from 'vitest';
import { SECOND } from '#lib/domain/time.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createGrader } from '#lib/review/grading/grader.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { openLedger } from '#lib/store/open-ledger.ts';
import { dayStart } from '#tests/support/anki-day.ts';
import { plainCollection } from '#tests/support/anki-samples.ts';
import { gradeIdOf, madeGrade } from '#tests/support/made-grade.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

const NOWHERE = new URL('http://127.0.0.1:1');

/** A review server that reaches Anki, where we do not unless told; our clock runs ahead as far as it is told. */
async function bench({ withAnki = false, cards = 5 } = {}) {
  const anki = await scriptedAnkiConnect({ collection: plainCollection({ cards }), state: 'reviewing' });
  onTestFinished(() => anki.stop());
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  onTestFinished(() => server.stop());
  const ledger = await openLedger(':memory:');
  onTestFinished(() => ledger.close());
  let aheadMs = 0;
  let way = withAnki ? new URL(anki.url) : NOWHERE;
  const rowsAtStart = anki.collection.revlog.rows.length;
  const start = () =>
    createGrader({
      ledger,
      anki: createAnkiConnect(way),
      server: createReviewServer(async () => ({ url: server.url })),
      describe: async () => null,
      clock: { now: () => Date.now() + aheadMs, dayBegan: dayStart, sleep: async () => undefined },
    });
  return {
    anki,
    server,
    start,
    shown: () => anki.window.reviewer.cardId ?? 0,
    pressed: (cardId: number) =>
      madeGrade(1, { cardId, guard: null, source: 'review-server', answeredAt: Date.now(), ease: 3 }),
    added: () => anki.collection.revlog.rows.slice(rowsAtStart),
    waitMs: (ms: number) => {
      aheadMs += ms;
    },
    reachAnki: () => {
      way = new URL(anki.url);
    },
  };
}

const answered = (answer: unknown) => ({ answers: [{ gradeId: gradeIdOf(1), answer }] });

test('a grade is counted when the card is the one that Anki shows, and Anki is seen to move on', async () => {
  const { start, shown, pressed, added } = await bench();
  const cardId = shown();
  const grader = start();
  const grade = pressed(cardId);
  const applied = answered({ status: 'applied', revlogId: null });
  expect(await grader.submit([grade], null)).toMatchObject(applied);
  expect(await grader.submit([grade], null)).toMatchObject(applied);
  expect(added()).toMatchObject([{ cardId, ease: 3 }]);
});

test('with another card on the Mac nothing is graded, whatever the server would do with the id', async () => {
  const { anki, start, shown, pressed, added } = await bench();
  const grade = pressed(shown());
  await anki.desktop.grade(4);
  expect(await start().submit([grade], null)).toMatchObject(answered({ status: 'conflict', why: 'another-card' }));
  expect(added()).toHaveLength(1);
});

test('without a reviewer on the Mac a grade waits', async () => {
  const { anki, start, shown, pressed, added } = await bench();
  const grade = pressed(shown());
  await anki.desktop.closeReviewer();
  const grader = start();
  expect(await grader.submit([grade], null)).toMatchObject(
    answered({ status: 'pending', detail: 'Anki shows no card.' }),
  );
  await anki.desktop.openDeck();
  expect(await grader.reconcile()).toBe(0);
  expect(added()).toHaveLength(1);
});

test('a grade with a guard waits for AnkiConnect: the review server cannot be held to it', async () => {
  const { start, shown, pressed, added } = await bench();
  const guard = { revlogCount: 1, revlogMax: 1, reps: 1, mod: 1 };
  const said = await start().submit([{ ...pressed(shown()), guard }], null);
  expect(said).toMatchObject(answered({ status: 'pending', detail: 'Anki does not run, or does not listen.' }));
  expect(added()).toEqual([]);
});

test('where AnkiConnect answers too, it counts the grade, and proves it by its row', async () => {
  const { start, shown, pressed, added } = await bench({ withAnki: true });
  const said = await start().submit([pressed(shown())], null);
  expect(said).toMatchObject(answered({ status: 'applied', revlogId: added()[0]?.id }));
});

test('a grade whose card cannot be turned waits', async () => {
  const { anki, start, shown, pressed, added } = await bench();
  anki.disturb(({ actions }) => (actions.includes('guiShowAnswer') ? { kind: 'close', when: 'before' } : null));
  const grader = start();
  const grade = pressed(shown());
  const waits = answered({ status: 'pending', detail: expect.any(String) });
  expect(await grader.submit([grade], null)).toMatchObject(waits);
  expect(added()).toEqual([]);
  anki.disturb(null);
  expect(await grader.submit([grade], null)).toMatchObject(answered({ status: 'applied', revlogId: null }));
  expect(added()).toHaveLength(1);
});

test.each([
  ['the first look', 1],
  ['the second', 2],
])('whoever goes on at the Mac right after %s has the next card ungraded, and is not taken for us', async (_, nth) => {
  const { anki, start, shown, pressed, added } = await bench();
  let looks = 0;
  anki.disturb(({ actions }) => {
    if (actions.includes('guiCurrentCard')) looks += 1;
    if (actions.includes('guiCurrentCard') && looks === nth) void anki.desktop.grade(4);
    return null;
  });
  const grader = start();
  const cardId = shown();
  const grade = pressed(cardId);
  await grader.submit([grade], null);
  anki.disturb(null);
  const conflict = answered({ status: 'conflict', why: 'another-card' });
  expect(await grader.submit([grade], null)).toMatchObject(conflict);
  expect(added()).toMatchObject([{ cardId, ease: 4 }]);
});

test('an unknown effect is waited for until nothing can still be under way; and another card on the Mac proves nothing', async () => {
  const { anki, start, shown, pressed, added, waitMs } = await bench();
  anki.disturb(({ actions }) => (actions.includes('guiAnswerCard') ? { kind: 'close', when: 'after' } : null));
  const grader = start();
  const pending = answered({ status: 'pending', detail: 'It may still be counted.' });
  expect(await grader.submit([pressed(shown())], null)).toMatchObject(pending);
  expect(await grader.reconcile()).toBe(1);
  waitMs(10 * SECOND);
  expect(await grader.reconcile()).toBe(0);
  expect(await grader.submit([pressed(shown())], null)).toMatchObject(answered({ status: 'unproven' }));
  expect(added()).toHaveLength(1);
});

test('an unknown effect is not taken for counted because somebody at the Mac went on', async () => {
  const { anki, start, shown, pressed, added, waitMs } = await bench();
  anki.disturb(({ actions }) => (actions.includes('guiAnswerCard') ? { kind: 'close', when: 'before' } : null));
  const grader = start();
  const grade = pressed(shown());
  await grader.submit([grade], null);
  anki.disturb(null);
  await anki.desktop.grade(1);
  await grader.reconcile();
  waitMs(10 * SECOND);
  expect(await grader.reconcile()).toBe(0);
  expect(await grader.submit([grade], null)).toMatchObject(answered({ status: 'unproven' }));
  expect(added()).toMatchObject([{ ease: 1 }]);
});

test('the same card after an unknown effect proves nothing: the grade is unproven, and never sent again', async () => {
  const { anki, start, shown, pressed, added, waitMs } = await bench();
  anki.disturb(({ actions }) => (actions.includes('guiAnswerCard') ? { kind: 'close', when: 'before' } : null));
  const grader = start();
  const grade = pressed(shown());
  await grader.submit([grade], null);
  await grader.reconcile();
  waitMs(10 * SECOND);
  anki.disturb(null);
  expect(await grader.reconcile()).toBe(0);
  expect(await grader.submit([grade], null)).toMatchObject(answered({ status: 'unproven' }));
  expect(added()).toEqual([]);
});

test('once AnkiConnect can be reached, its log tells of an unknown effect, also after a restart', async () => {
  const { anki, start, shown, pressed, added, waitMs, reachAnki } = await bench();
  anki.disturb(({ actions }) => (actions.includes('guiAnswerCard') ? { kind: 'close', when: 'after' } : null));
  const grade = pressed(shown());
  await start().submit([grade], null);
  anki.disturb(null);
  reachAnki();
  const again = start();
  expect(await again.reconcile()).toBe(1);
  waitMs(10 * SECOND);
  expect(await again.submit([grade], null)).toMatchObject(answered({ status: 'applied', revlogId: added()[0]?.id }));
  expect(added()).toHaveLength(1);
});

test('a review server that is gone has nothing under way, and AnkiConnect tells at once what it did', async () => {
  const { anki, server, start, shown, pressed, added, reachAnki } = await bench();
  anki.disturb(({ actions }) => (actions.includes('guiAnswerCard') ? { kind: 'close', when: 'before' } : null));
  const grade = pressed(shown());
  await start().submit([grade], null);
  anki.disturb(null);
  await server.stop();
  reachAnki();
  const said = await start().submit([grade], null);
  expect(said).toMatchObject(answered({ status: 'applied', revlogId: added()[0]?.id }));
  expect(added()).toHaveLength(1);
});
