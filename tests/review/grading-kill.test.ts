import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { EASES } from '#lib/domain/review/card.ts';
import type { Answered, Grade } from '#lib/domain/review/grading.ts';
import { openLedger } from '#lib/store/open-ledger.ts';
import { dataDir } from '#tests/store/data-dir.ts';
import { plainCollection } from '#tests/support/anki-samples.ts';
import { SEED } from '#tests/support/fast-check.ts';
import { gradeIdOf, madeGrade } from '#tests/support/made-grade.ts';
import { type Random, randomOf } from '#tests/support/random.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';

const GRADES = 200;
const BATCH = 10;
const PROGRAM = join(import.meta.dirname, '..', 'support', 'grader-program.ts');

type Told = { readonly gradeId: string; readonly answer: Answered };

type Program = {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** The next line it says; null when it is over. */
  readonly answers: () => Promise<readonly Told[] | null>;
};

function start(dir: string, ankiUrl: string): Program {
  const child = spawn(process.execPath, [PROGRAM, dir, ankiUrl], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined); // killed while it is written to
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async answers() {
      const { value, done } = await lines.next();
      return done === true ? null : JSON.parse(value);
    },
  };
}

/** Cards as they are now, each of them graded once. */
function pressed(anki: ScriptedAnkiConnect, from: number, random: Random): Grade[] {
  const { cards, revlog } = anki.collection;
  return Array.from({ length: BATCH }, (_, place) => {
    const nth = from + place;
    const card = [...cards.values()][nth % cards.size];
    const log = revlog.of(card?.id ?? 0);
    const guard = { revlogCount: log.length, revlogMax: log.at(-1)?.id ?? null, reps: card?.reps ?? 0, mod: 0 };
    const told = { gradeId: gradeIdOf(nth), cardId: card?.id ?? 0, ease: random.oneOf(EASES), guard };
    return madeGrade(nth, { ...told, answeredAt: Date.now() });
  });
}

/** A server that is killed now and then and started again, and a phone that sends again what it has no answer to. */
function createDelivery(start: () => Program, random: Random) {
  let program = start();
  let kills = 0;
  const send = async (grades: readonly Grade[]): Promise<readonly Told[]> => {
    program.child.stdin.write(`${JSON.stringify(grades)}\n`);
    const { child } = program;
    const killer = random.share() < 0.6 ? setTimeout(() => child.kill('SIGKILL'), random.between(20, 700)) : undefined;
    const told = await program.answers();
    clearTimeout(killer);
    if (told !== null) return told;
    kills += 1;
    program = start();
    return [];
  };
  return {
    kills: () => kills,
    /** Until each of them is settled. */
    async deliver(grades: readonly Grade[]): Promise<void> {
      let open = grades;
      while (open.length > 0) {
        const settled = (await send(open)).filter(({ answer }) => answer.status !== 'pending');
        const ids = new Set(settled.map(({ gradeId }) => gradeId));
        open = open.filter(({ gradeId }) => !ids.has(gradeId));
      }
    },
    async end(): Promise<void> {
      const closed = once(program.child, 'close');
      program.child.kill('SIGKILL');
      await closed;
    },
  };
}

test('killed at any moment, a server on a real disk and real sockets counts each of two hundred grades once', {
  timeout: 600_000,
}, async () => {
  const random = randomOf(SEED);
  const dir = dataDir();
  const anki = await scriptedAnkiConnect({ collection: plainCollection({ cards: 50 }), state: 'no-reviewer' });
  onTestFinished(() => anki.stop());
  anki.disturb(() => {
    const chance = random.share();
    if (chance < 0.03) return { kind: 'reset', when: random.oneOf(['before', 'after']) };
    return chance < 0.05 ? { kind: 'stall', ms: 300 } : null;
  });
  const rowsBefore = anki.collection.revlog.rows.length;
  const delivery = createDelivery(() => start(dir, anki.url), random);
  const grades: Grade[] = [];
  for (let from = 0; from < GRADES; from += BATCH) {
    const batch = pressed(anki, from, random);
    grades.push(...batch);
    await delivery.deliver(batch);
  }
  await delivery.end();

  const ledger = await openLedger(dir);
  onTestFinished(() => ledger.close());
  const written = anki.collection.revlog.rows.slice(rowsBefore);
  const told: { id: number | null; cardId: number; ease: number }[] = [];
  for (const { gradeId, cardId, ease } of grades) {
    const outcome = (await ledger.find(gradeId))?.outcome;
    told.push({ id: outcome?.status === 'applied' ? outcome.revlogId : null, cardId, ease });
  }
  console.info(`SEED=${SEED}: ${grades.length} grades, ${delivery.kills()} kills, ${written.length} rows`);
  const byId = (one: { id: number | null }, other: { id: number | null }) => (one.id ?? 0) - (other.id ?? 0);
  expect(told.toSorted(byId)).toEqual(written.map(({ id, cardId, ease }) => ({ id, cardId, ease })).toSorted(byId));
  expect(await ledger.open()).toEqual([]);
  expect(delivery.kills()).toBeGreaterThan(3);
});
