import type { Answered, Grade } from '#lib/domain/review/grading.ts';
import { answer, BATCH, entryOf, type Outbox, press, release, takeBack, toSend } from '#lib/domain/review/outbox.ts';
import { SECOND } from '#lib/domain/time.ts';
import type { AnkiInProcess, VirtualClock } from '#tests/support/anki-in-process.ts';
import { QUEUE } from '#tests/support/anki-model.ts';
import { gradeIdOf, madeGrade } from '#tests/support/made-grade.ts';
import type { Step } from './steps.ts';

type Told = { readonly gradeId: string; readonly answer: Answered };

/** A phone with the product's own outbox, and a hand of cards as they were when it was dealt. */
export type Phone = {
  readonly outbox: () => Outbox;
  readonly pressed: () => number;
  /** At which moment of the Mac the card of each grade was dealt, by the grade's id. */
  readonly dealtAt: ReadonlyMap<string, number>;
  readonly deal: () => void;
  /** The page is thrown away and opened again: what is stored is all that is left of it. */
  readonly reload: () => void;
  readonly press: (how: Extract<Step, { do: 'press' }>) => void;
  /** What goes out now, the held grade too: its 6 s are over. */
  readonly batch: () => readonly Grade[];
  readonly hear: (told: readonly Told[]) => void;
  /** Takes a press back here, the newest or one before it, where it is still held; tells its id. */
  readonly takeBack: (before: number) => string | undefined;
};

/** More than any has. */
const GRADES_OF_A_PHONE = 100_000;

type Shown = { readonly told: Pick<Grade, 'guard' | 'wasLearning' | 'shownAt'>; readonly dealtAt: number };

type Around = { readonly anki: AnkiInProcess; readonly clock: VirtualClock; readonly moment: () => number };

/** `moment`: how much has happened at the Mac. `name`: whose grades are told apart by it. */
export function createPhone({ anki, clock, moment }: Around, name: number): Phone {
  const { cards, revlog } = anki.collection;
  let outbox: Outbox = [];
  let hand: ReadonlyMap<number, Shown> = new Map();
  let seq = 0;
  const dealtAt = new Map<string, number>();
  const deal = () => {
    anki.catchUp();
    clock.advance(1); // a card is not shown in the very millisecond in which it was reviewed
    const busy = new Set(outbox.filter(({ stage }) => stage !== 'settled').map(({ grade }) => grade.cardId));
    const free = [...cards.values()].filter(({ id, queue }) => queue >= 0 && !busy.has(id));
    hand = new Map(
      free.map(({ id, reps, mod, queue }) => {
        const log = revlog.of(id);
        const guard = { revlogCount: log.length, revlogMax: log.at(-1)?.id ?? null, reps, mod };
        const told = { guard, wasLearning: queue === QUEUE.learning, shownAt: clock.now() };
        return [id, { told, dealtAt: moment() }];
      }),
    );
  };
  return {
    outbox: () => outbox,
    pressed: () => seq,
    dealtAt,
    deal,
    reload() {
      outbox = structuredClone(outbox);
      hand = new Map();
    },
    press({ ease, pick, isHeld, isGuarded, insist }) {
      if (hand.size === 0) deal();
      const [cardId, shown] = [...hand][pick % Math.max(1, hand.size)] ?? [];
      if (cardId === undefined || shown === undefined) return;
      hand = new Map([...hand].filter(([id]) => id !== cardId));
      clock.advance(2 * SECOND);
      seq += 1;
      const gradeId = gradeIdOf(seq + name * GRADES_OF_A_PHONE);
      const deviceId = `phone ${name}`;
      const guard = isGuarded ? shown.told.guard : null;
      const pressed = { cardId, ease, answeredAt: clock.now(), ...shown.told, guard, insist };
      const grade = madeGrade(seq, { gradeId, deviceId, ...pressed });
      dealtAt.set(gradeId, shown.dealtAt);
      outbox = press(outbox, entryOf(grade, { label: '', isHeld }));
    },
    batch() {
      outbox = release(outbox);
      return toSend(outbox).slice(0, BATCH);
    },
    hear(told) {
      for (const each of told) outbox = answer(outbox, each.gradeId, { told: each.answer, at: clock.now() });
    },
    takeBack(before) {
      const gradeId = outbox.at(-1 - before)?.grade.gradeId;
      if (gradeId !== undefined) outbox = takeBack(outbox, gradeId, clock.now());
      return gradeId;
    },
  };
}
