import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { IN_PROCESS_FAULTS } from '#tests/support/anki-in-process.ts';
import { plainCollection } from '#tests/support/anki-samples.ts';
import { inProcess } from '#tests/support/anki-talk.ts';
import type { CallFault } from '#tests/support/ankiconnect-socket.ts';
import { type AnkiConnectOptions, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';

async function overSockets(options: AnkiConnectOptions = {}) {
  const collection = plainCollection({ cards: 5 });
  const anki = await scriptedAnkiConnect({ collection, ...options });
  onTestFinished(() => anki.stop());
  const { call, callAll } = createAnkiConnect(new URL(anki.url));
  const ids = [...collection.cards.keys()];
  const answer = (cardId = ids[0]) => ({
    action: 'answerCards',
    params: { answers: [{ cardId, ease: 3 }] },
    result: z.unknown(),
  });
  const countOf = (cardId = ids[0]) => collection.revlog.of(cardId ?? 0).length - 1;
  return { anki, call, callAll, ids, answer, countOf };
}

const VERSION = { action: 'version', result: z.int() };

test.each([
  [{ kind: 'close', when: 'before' }, 0, { outcome: 'reset', effect: 'unknown' }],
  [{ kind: 'close', when: 'after' }, 1, { outcome: 'reset', effect: 'unknown' }],
  [{ kind: 'reset', when: 'before' }, 0, { outcome: 'reset', effect: 'unknown' }],
  [{ kind: 'reset', when: 'after' }, 1, { outcome: 'reset', effect: 'unknown' }],
  [{ kind: 'half' }, 1, { outcome: 'reset', effect: 'unknown' }],
  [{ kind: 'stall', ms: 200 }, 1, { outcome: 'answered' }],
] as const satisfies readonly (readonly [CallFault, number, object])[])(
  'of a request that meets %j %i are counted',
  async (fault, counted, end) => {
    const { anki, call, answer, countOf } = await overSockets();
    anki.disturb(({ number, actions }) => (number === 1 && actions.includes('answerCards') ? fault : null));
    expect(await call(answer())).toMatchObject(end);
    expect(await call(VERSION)).toMatchObject({ value: 6 });
    expect(countOf()).toBe(counted);
  },
);

test('a grade whose caller gave up is counted when Anki has time, before what was asked after it', async () => {
  const { anki, call, answer, countOf } = await overSockets();
  anki.stall(400);
  expect(await call(answer(), { patienceMs: 100 })).toEqual({ outcome: 'timed-out', effect: 'unknown' });
  expect(countOf()).toBe(0);
  expect(await call(VERSION)).toMatchObject({ outcome: 'answered' });
  expect(countOf()).toBe(1);
  expect(anki.carriedOut()).toEqual(['answerCards', 'version']);
});

test('whoever sits at the Mac waits for the same thread, in the same order', async () => {
  const { anki, call, answer, ids, countOf } = await overSockets();
  anki.stall(300);
  const asked = call(answer(ids[0]));
  await pause(100);
  const graded = anki.desktop.grade(1);
  expect(await asked).toMatchObject({ value: [true] });
  // The reviewer still showed the card that was just answered by its id.
  expect(await graded).toBeNull();
  expect(anki.window.popups).toEqual(['card was modified']);
  expect(countOf()).toBe(1);
  expect(await anki.desktop.grade(1)).toBe(ids[1]);
});

test('a window’s answer takes a moment, in which the reviewer shows the old card', async () => {
  const { anki, callAll, ids } = await overSockets();
  const ask = (action: string, params = {}) => ({ action, params, result: z.unknown() });
  const grade = [ask('guiShowAnswer'), ask('guiAnswerCard', { ease: 3 }), ask('guiCurrentCard')];
  expect(await callAll(grade)).toMatchObject({
    value: [{ value: true }, { value: true }, { value: { cardId: ids[0] } }],
  });
  await expect.poll(() => anki.window.reviewer.cardId).toBe(ids[1]);
});

test('media are files of their own, under the names they have', async () => {
  const anki = await scriptedAnkiConnect();
  onTestFinished(() => anki.stop());
  const { call } = createAnkiConnect(new URL(anki.url));
  const said = await call({ action: 'getMediaDirPath', result: z.string() });
  const again = await call({ action: 'getMediaDirPath', result: z.string() });
  expect(said).toMatchObject({ outcome: 'answered', value: expect.stringContaining('collection.media') });
  expect(again).toMatchObject({ value: anki.collection.mediaDir });
});

test.each([
  ['refused', 0, 0, { outcome: 'refused' }],
  ['silent', 0, 0, { outcome: 'timed-out', effect: 'unknown' }],
  ['silent-executed', 1, 1, { outcome: 'timed-out', effect: 'unknown' }],
  ['silent-late', 0, 1, { outcome: 'timed-out', effect: 'unknown' }],
  ['reset', 0, 0, { outcome: 'reset', effect: 'unknown' }],
  ['reset-executed', 1, 1, { outcome: 'reset', effect: 'unknown' }],
] as const)('in process a call that is %s counts %i now and %i in the end', async (fault, atOnce, inTheEnd, end) => {
  expect(IN_PROCESS_FAULTS).toContain(fault);
  const { anki, call, clock, ids, revlog } = inProcess();
  const before = clock.now();
  anki.disturb(({ number }) => (number === 1 ? fault : null));
  expect(await call('answerCards', { answers: [{ cardId: ids[0], ease: 3 }] })).toEqual(end);
  expect(revlog.of(ids[0])).toHaveLength(1 + atOnce);
  expect(clock.now() - before).toBe(fault.startsWith('silent') ? 2_000 : 25);
  expect(await call('version')).toBe(6);
  expect(revlog.of(ids[0])).toHaveLength(1 + inTheEnd);
});

test('in process too a hung Anki does everything later, in order, the desktop user’s acts included', async () => {
  const { anki, call, ids, revlog } = inProcess();
  anki.be('hung');
  await call('answerCards', { answers: [{ cardId: ids[0], ease: 3 }] });
  const graded = anki.desktop.grade(1);
  expect(revlog.rows).toHaveLength(5);
  anki.be('reviewing');
  expect(await graded).toBeNull();
  expect(revlog.of(ids[0]).map(({ ease }) => ease)).toEqual([3, 3]);
});

test('a sync brings the reviews of another device by their own time, and the later change of a card wins', async () => {
  const { anki, call, clock, ids, revlog, collection } = inProcess({ state: 'no-reviewer' });
  const earlier = clock.now();
  clock.advance(60_000);
  await call('answerCards', { answers: [{ cardId: ids[0], ease: 3 }] });
  const mine = { ...collection.cards.get(ids[0]) };
  await anki.desktop.sync([
    { cardId: ids[0], ease: 1, at: earlier },
    { cardId: ids[1], ease: 4, at: earlier },
  ]);
  expect(revlog.of(ids[0]).map(({ ease }) => ease)).toEqual([3, 1, 3]);
  expect(collection.cards.get(ids[0])).toEqual(mine);
  expect(revlog.of(ids[1]).at(-1)).toMatchObject({ ease: 4, id: expect.toSatisfy((id) => id >= earlier) });
  expect(collection.cards.get(ids[1])?.interval).toBeGreaterThan(10);
});

test('what a person does in Anki’s window takes a card out of the review', async () => {
  const { anki, call, ids } = inProcess();
  await anki.desktop.suspend(ids[0]);
  expect(await call('guiCurrentCard')).toMatchObject({ cardId: ids[1] });
  await anki.desktop.bury(ids[1]);
  await anki.desktop.remove(ids[2]);
  await anki.desktop.edit(ids[3], 'Front', 'edited');
  expect(await call('guiCurrentCard')).toMatchObject({ cardId: ids[3], question: expect.stringContaining('edited') });
  expect(await call('findCards', { query: 'is:due' })).toEqual([ids[3], ids[4]]);
  await anki.desktop.closeReviewer();
  expect(await call('guiReviewActive')).toBe(false);
  expect(await anki.desktop.openDeck()).toBe(true);
});
