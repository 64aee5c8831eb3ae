import type { Grade } from '#lib/domain/review/grading.ts';
import type { Outbox } from '#lib/domain/review/outbox.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import type { AnkiConnectClient } from '#lib/review/anki-connect.ts';
import type { Grader } from '#lib/review/grading/grader.ts';
import { StorageError } from '#lib/store/storage-error.ts';
import { type VirtualClock, virtualClock } from '#tests/support/anki-in-process.ts';
import { createAmbush } from './ambush.ts';
import { countIn, createMac, type Mac, type Tally } from './mac.ts';
import { createDisk, createLife, type Disk, type Life } from './mortal.ts';
import { createPhone, type Phone } from './phone.ts';
import type { Step, Trouble } from './steps.ts';

/** What answers the phone; a naive one can neither undo nor find out. */
export type Server = Pick<Grader, 'submit'> & Partial<Grader>;
/** Starts the server as a new process on what the one before it left. */
export type Boot = (parts: {
  life: Life;
  disk: Disk;
  anki: AnkiConnectClient;
  clock: VirtualClock;
  /** To be told each grade whose outcome is written down. */
  onSettle: (gradeId: string) => void;
}) => Server;

/** Two phones, a server and a Mac on one clock. */
export type World = {
  readonly rows: Mac['rows'];
  readonly events: Mac['events'];
  /** How many events there had been when a grade's card was dealt, and when its outcome was written down. */
  readonly spanOf: (gradeId: string) => { readonly from: number; readonly until: number };
  /** Grades that somebody wanted to take back. */
  readonly undoAsked: ReadonlySet<string>;
  /** Grades that reached the server, in their order. */
  readonly sent: ReadonlyMap<string, Grade>;
  readonly outbox: () => Outbox;
  readonly pressed: () => number;
  readonly take: (step: Step) => Promise<void>;
  /** All goes well from now on, until nothing is open any more. Throws where something stays open. */
  readonly settle: () => Promise<void>;
};

type Flush = Extract<Step, { do: 'flush' }>;
const NO_TROUBLE: Trouble = { faults: [], dieBefore: null, diskRefuses: null, meanwhile: null, rival: null };

/** `tally` counts what happens. */
export function createWorld(boot: Boot, tally: Tally): World {
  const clock = virtualClock();
  const mac = createMac(clock, tally);
  const { anki, rows, events, be, desktopDoes } = mac;
  const { meet, overhear } = createAmbush(mac, tally);
  const moment = () => events.length;
  const first = createPhone({ anki, clock, moment }, 0);
  const second = createPhone({ anki, clock, moment }, 1);
  const phoneOf = (step: { phone: number }): Phone => (step.phone === 0 ? first : second);
  const disk = createDisk();
  const settledAt = new Map<string, number>();
  const onSettle = (gradeId: string) => void settledAt.set(gradeId, moment());
  const start = (alive: Life) => boot({ life: alive, disk, anki: overhear(anki.connect()), clock, onSettle });
  let life = createLife();
  let server = start(life);

  /** One visit at the server with the trouble it meets there; undefined where it died of it or could not keep anything. */
  const visit = async <Result>(trouble: Trouble, ask: (at: Server) => Promise<Result>): Promise<Result | undefined> => {
    meet(trouble);
    life.dieBefore(trouble.dieBefore);
    disk.refuse(trouble.diskRefuses);
    const asked = ask(server).catch((error: unknown) => {
      if (!(error instanceof StorageError)) throw error;
      countIn(tally, 'the disk refused');
      return undefined;
    });
    const result = await Promise.race([asked, life.ended.then(() => undefined)]);
    life.dieBefore(null);
    disk.refuse(null);
    anki.disturb(null);
    if (life.isOver()) {
      countIn(tally, 'server killed');
      life = createLife();
      server = start(life);
    }
    return result;
  };

  const sent = new Map<string, Grade>();
  const flush = async (phone: Phone, { network, trouble }: Pick<Flush, 'network' | 'trouble'>) => {
    const grades = phone.batch();
    if (grades.length === 0) return;
    countIn(tally, `network: ${network}`);
    if (network === 'request lost') return;
    for (const grade of grades) sent.set(grade.gradeId, grade);
    const copies = network === 'sent twice' ? 2 : 1;
    const replies = await visit(trouble, (at) =>
      Promise.all(Array.from({ length: copies }, () => at.submit(grades, 'Plain'))),
    );
    if (network !== 'reply lost') phone.hear(replies?.flatMap(({ answers }) => answers) ?? []);
  };
  const undoAsked = new Set<string>();
  const undo = async (phone: Phone, { before, trouble }: Extract<Step, { do: 'undo' }>) => {
    const gradeId = phone.takeBack(before);
    if (gradeId === undefined) return;
    undoAsked.add(gradeId);
    if (!sent.has(gradeId)) return;
    countIn(tally, 'undo asked');
    // Whoever undoes at the Mac in that very moment is undone: AnkiConnect has no condition.
    const undone = await visit({ ...trouble, meanwhile: null, rival: null }, async (at) => at.undo?.(gradeId));
    if (undone?.answer) phone.hear([{ gradeId, answer: undone.answer }]);
  };
  /** What became of an undo is known to who sends the grade again. */
  const askAgain = async (phone: Phone) => {
    for (const grade of [...sent.values()].filter(
      ({ gradeId }) => undoAsked.has(gradeId) && phone.dealtAt.has(gradeId),
    ))
      phone.hear((await visit(NO_TROUBLE, (at) => at.submit([grade], 'Plain')))?.answers ?? []);
  };
  const reconcile = (trouble: Trouble) => visit(trouble, async (at) => at.reconcile?.());

  const settleAll = async () => {
    for (let round = 0; round < 20; round += 1) {
      for (const phone of [first, second]) await flush(phone, { network: 'ok', trouble: NO_TROUBLE });
      const open = (await reconcile(NO_TROUBLE)) ?? 0;
      if (open === 0 && first.batch().length + second.batch().length === 0) return;
      clock.advance(15 * SECOND);
    }
    throw new Error('Something stays open for ever.');
  };

  return {
    rows,
    events,
    spanOf: (gradeId) => ({
      from: first.dealtAt.get(gradeId) ?? second.dealtAt.get(gradeId) ?? 0,
      until: settledAt.get(gradeId) ?? 0,
    }),
    undoAsked,
    sent,
    outbox: () => [...first.outbox(), ...second.outbox()],
    pressed: () => first.pressed() + second.pressed(),
    async take(step) {
      switch (step.do) {
        case 'press':
          return phoneOf(step).press(step);
        case 'flush':
          return flush(phoneOf(step), step);
        case 'undo':
          return undo(phoneOf(step), step);
        case 'reconcile':
          return void (await reconcile(step.trouble));
        case 'desktop':
          return desktopDoes(step.act);
        case 'deal':
          return phoneOf(step).deal();
        case 'reload':
          return phoneOf(step).reload();
        case 'wait':
          return clock.advance(step.minutes * MINUTE);
        case 'anki':
          countIn(tally, `Anki: ${step.is}`);
          return be(step.is);
      }
    },
    async settle() {
      be('no-reviewer');
      await settleAll();
      if (server.undo === undefined) return;
      for (const phone of [first, second]) await askAgain(phone);
    },
  };
}
