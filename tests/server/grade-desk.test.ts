import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Ledger } from '#lib/domain/review/ledger.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { answerCards } from '#lib/review/card-actions.ts';
import { createGrader } from '#lib/review/grading/grader.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { openGradeDesk } from '#lib/server/grade-desk.ts';
import { openLedger } from '#lib/store/open-ledger.ts';
import { plainCollection } from '#tests/support/anki-samples.ts';
import { madeGrade } from '#tests/support/made-grade.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';

const dataDir = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'lifeline-desk-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

async function anki(): Promise<ScriptedAnkiConnect & { readonly cards: readonly number[] }> {
  const collection = plainCollection({ cards: 5, standing: { as: 'review', intervalDays: 10 } });
  const scripted = await scriptedAnkiConnect({ collection, state: 'no-reviewer' });
  onTestFinished(() => scripted.stop());
  return { ...scripted, cards: [...collection.cards.keys()] };
}

/** A desk whose Anki is the scripted one, and whose ledger opens as told. */
async function desk({ url }: ScriptedAnkiConnect, open: () => Promise<Ledger>) {
  const made = await openGradeDesk({
    openLedger: open,
    graderOn: (ledger) =>
      createGrader({
        ledger,
        anki: createAnkiConnect(new URL(url)),
        server: createReviewServer(async () => ({ url: 'http://127.0.0.1:9/health' })),
        describe: async () => null,
      }),
  });
  onTestFinished(() => made.close());
  return made;
}

/** As the phone makes it of a card that it was just shown. */
const gradeOf = (nth: number, { cards, collection }: Awaited<ReturnType<typeof anki>>) => {
  const cardId = cards[nth] ?? expect.unreachable();
  const rows = collection.revlog.of(cardId);
  const guard = { revlogCount: rows.length, revlogMax: rows.at(-1)?.id ?? null, reps: 0, mod: 0 };
  return madeGrade(nth, { cardId, guard, answeredAt: Date.now(), deck: 'Plain' });
};

const rowsOf = ({ collection, cards }: Awaited<ReturnType<typeof anki>>, nth: number) =>
  collection.revlog.of(cards[nth] ?? 0);

test('a grade is counted once, however often it is handed in, also after a restart', async () => {
  const [mac, dir] = [await anki(), dataDir()];
  const grade = gradeOf(0, mac);
  const before = rowsOf(mac, 0).length;
  const first = await desk(mac, () => openLedger(dir));
  const answers = [await first.submit([grade], 'Plain'), await first.submit([grade], 'Plain')];
  await first.close();
  const second = await desk(mac, () => openLedger(dir));
  answers.push(await second.submit([grade], 'Plain'));
  for (const served of answers) {
    expect(served).toMatchObject({ value: { answers: [{ gradeId: grade.gradeId, answer: { status: 'applied' } }] } });
  }
  expect(rowsOf(mac, 0)).toHaveLength(before + 1);
});

test('what Anki did not answer for is counted when it is back, with no phone about', async () => {
  const [mac, dir] = [await anki(), dataDir()];
  const before = rowsOf(mac, 1).length;
  const grade = gradeOf(1, mac);
  await mac.stop();
  const counter = await desk(mac, () => openLedger(dir));
  expect(await counter.submit([grade], null)).toMatchObject({
    value: { answers: [{ answer: { status: 'pending' } }] },
  });
  await mac.start();
  await expect
    .poll(() => counter.newest(1), { timeout: 10_000 })
    .toMatchObject({ value: [{ outcome: { status: 'applied' } }] });
  expect(rowsOf(mac, 1)).toHaveLength(before + 1);
});

test('an undo that Anki did not answer for is found out about when it is back, with no phone about', async () => {
  const mac = await anki();
  const counter = await desk(mac, () => openLedger(dataDir()));
  const grade = gradeOf(1, mac);
  await counter.submit([grade], null);
  mac.disturb(({ actions }) => {
    if (actions.includes('guiUndo')) mac.be('hung');
    return null;
  });
  expect(await counter.undo(grade.gradeId)).toMatchObject({ value: { undone: false, isFinal: false } });
  mac.disturb(null);
  mac.be('no-reviewer');
  await expect
    .poll(() => counter.newest(1), { timeout: 15_000 })
    .toMatchObject({ value: [{ outcome: { status: 'undone' } }] });
});

test('what an earlier run left open is looked into at start, with no phone about', async () => {
  const [mac, dir] = [await anki(), dataDir()];
  const [executed, lost] = [gradeOf(0, mac), gradeOf(1, mac)];
  const ledger = await openLedger(dir);
  const at = Date.now();
  for (const grade of [executed, lost]) {
    await ledger.receive(grade, at);
    const before = mac.collection.revlog.of(grade.cardId).map(({ id, ease }) => ({ id, ease }));
    await ledger.intend(grade.gradeId, { at, gateway: 'anki-connect', before, profile: null });
  }
  const client = createAnkiConnect(new URL(mac.url));
  await client.call(answerCards([{ cardId: executed.cardId, ease: executed.ease }]));
  await ledger.close(); // as if the process had been killed between the call and its answer
  const counted = [rowsOf(mac, 0).length, rowsOf(mac, 1).length];
  const again = await desk(mac, () => openLedger(dir));
  await expect
    .poll(() => again.newest(2), { timeout: 10_000 })
    .toMatchObject({ value: [{ outcome: { status: 'applied' } }, { outcome: { status: 'applied' } }] });
  expect([rowsOf(mac, 0).length, rowsOf(mac, 1).length]).toEqual([counted[0], (counted[1] ?? 0) + 1]);
});

test('without its ledger nothing is graded, and it says why, until it can be opened', async () => {
  const [mac, dir] = [await anki(), dataDir()];
  const before = rowsOf(mac, 2).length;
  const place = { dir: '/proc/lifeline' };
  const broken = await desk(mac, () => openLedger(place.dir));
  expect(broken.problem()).toContain('/proc/lifeline');
  const refused = { problem: expect.stringContaining('LIFELINE_DATA_DIR') };
  expect(await broken.submit([gradeOf(2, mac)], null)).toEqual(refused);
  expect(await broken.undo(gradeOf(2, mac).gradeId)).toEqual(refused);
  expect(await broken.newest(5)).toEqual(refused);
  expect(rowsOf(mac, 2)).toHaveLength(before);
  place.dir = dir;
  await expect
    .poll(() => broken.submit([gradeOf(2, mac)], null), { timeout: 10_000, interval: 500 })
    .toMatchObject({ value: { answers: [{ answer: { status: 'applied' } }] } });
  expect(broken.problem()).toBeNull();
  expect(rowsOf(mac, 2)).toHaveLength(before + 1);
});

test('a ledger that is damaged is left as it is, and told', async () => {
  const [mac, dir] = [await anki(), dataDir()];
  writeFileSync(join(dir, 'grades.db'), 'this is no database, and long enough to be taken for one'.repeat(100));
  const broken = await desk(mac, () => openLedger(dir));
  expect(await broken.submit([gradeOf(3, mac)], null)).toEqual({ problem: expect.stringContaining('is damaged') });
  expect(readFileSync(join(dir, 'grades.db'), 'utf8')).toMatch(/^this is no database/);
});

test('what is under way when it closes is finished first, and nothing is taken afterwards', async () => {
  const [mac, dir] = [await anki(), dataDir()];
  const counter = await desk(mac, () => openLedger(dir));
  const handedIn = counter.submit([gradeOf(4, mac)], null);
  await counter.close();
  expect(await handedIn).toMatchObject({ value: { answers: [{ answer: { status: 'applied' } }] } });
  expect(await counter.submit([gradeOf(3, mac)], null)).toEqual({ problem: 'Lifeline is ending.' });
});
