import type { Outcome } from '#lib/domain/review/grading.ts';
import type { LedgerEntry } from '#lib/domain/review/ledger.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import type { AnkiConnectClient } from '#lib/review/anki-connect.ts';
import { isSafeToUndo, pressUndo, type Row, readRow, refreshReviewer } from './anki-undo.ts';
import { type Bench, proveEntry } from './carry-out.ts';

/** What came of an undo. `refused`: a sentence that says why not, null where it is undone; `cardId`: null where it is not. */
export type Undo = {
  readonly answer: Outcome | { readonly status: 'pending'; readonly detail: string } | null;
  readonly refused: string | null;
  readonly cardId: number | null;
};

type UndoBench = Bench & { readonly anki: AnkiConnectClient };

/** The longer ago, the more likely Anki's last step is another one. Source of the rules: review reference §3.5. */
const LATEST_MS = 10 * MINUTE;
/** Anki answers before it has undone. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 250;
/** After that nothing comes of it any more. */
const ENDED_MS = 10 * SECOND;

/**
 * Takes back a grade: one that Anki was never asked to count by not asking, one that was counted by Anki's own undo, pressed
 * once at most and only where its last step is this very answer. Rejects with the ledger's StorageError only.
 */
export async function undoGrade(bench: UndoBench, gradeId: string): Promise<Undo> {
  const entry = await bench.ledger.find(gradeId);
  if (entry === null) return { answer: null, refused: 'This answer is not known here.', cardId: null };
  const { outcome } = entry;
  if (outcome === null) return undoOpen(bench, entry);
  if (outcome.status === 'undone') return undone(entry);
  if (outcome.status !== 'applied') return refuse(outcome, 'It was not counted, so there is nothing to take back.');
  if (outcome.revlogId === null || entry.intent?.gateway !== 'anki-connect')
    return refuse(outcome, 'Only what Anki has logged can be taken back.');
  return undoApplied(bench, { entry, outcome, row: { ...askedOf(bench, entry), revlogId: outcome.revlogId } });
}

async function undoOpen(bench: UndoBench, { grade, intent }: LedgerEntry): Promise<Undo> {
  if (intent !== null) {
    const proof = await proveEntry(bench, grade, intent);
    if (proof.proved === 'not-yet')
      return refuse({ status: 'pending', detail: proof.detail }, 'It is not known yet whether it was counted.');
    if (proof.proved !== null) return undoGrade(bench, grade.gradeId);
  }
  const at = bench.clock.now();
  await bench.ledger.settle(grade.gradeId, { outcome: { status: 'undone' }, at, reviewedToday: null });
  return { answer: { status: 'undone' }, refused: null, cardId: grade.cardId };
}

type Applied = {
  readonly entry: LedgerEntry;
  readonly outcome: Extract<Outcome, { status: 'applied' }>;
  readonly row: Row;
};

async function undoApplied(bench: UndoBench, { entry, outcome, row }: Applied): Promise<Undo> {
  const { ledger, anki, clock, patienceMs } = bench;
  const { gradeId } = entry.grade;
  if (entry.undoAskedAt === null) {
    if (clock.now() - (entry.settledAt ?? 0) > LATEST_MS) return refuse(outcome, 'It was more than ten minutes ago.');
    const unsafe = await isSafeToUndo(anki, { ...row, reviewedToday: entry.reviewedToday });
    if (unsafe !== null) return refuse(outcome, unsafe);
    await ledger.askUndo(gradeId, clock.now());
    await pressUndo(anki, patienceMs);
  }
  for (let look = 1; look <= LOOKS; look += 1) {
    const seen = await readRow(anki, row);
    if (seen === 'silent')
      return refuse(outcome, 'Anki does not answer, so it is not known yet whether it was taken back.');
    if (seen === 'gone') {
      await noteUndone(bench, entry);
      await refreshReviewer(anki, entry.grade.deck, patienceMs);
      return undone(entry);
    }
    await clock.sleep(BETWEEN_LOOKS_MS);
  }
  return refuse(outcome, 'Anki could not take it back.');
}

/** Finds out what came of undos that were pressed and then not seen to work. Rejects with the ledger's StorageError only. */
export async function endUndos(bench: UndoBench): Promise<void> {
  for (const entry of await bench.ledger.undoing()) {
    const { grade, outcome, undoAskedAt } = entry;
    if (outcome?.status === 'applied' && outcome.revlogId !== null) {
      const seen = await readRow(bench.anki, { ...askedOf(bench, entry), revlogId: outcome.revlogId });
      if (seen === 'gone') await noteUndone(bench, entry);
      if (seen !== 'there' || bench.clock.now() - (undoAskedAt ?? 0) < ENDED_MS) continue;
    }
    await bench.ledger.endUndo(grade.gradeId, bench.clock.now());
  }
}

async function noteUndone({ ledger, clock }: UndoBench, { grade, reviewedToday }: LedgerEntry): Promise<void> {
  const at = clock.now();
  await ledger.settle(grade.gradeId, { outcome: { status: 'undone' }, at, reviewedToday });
  await ledger.endUndo(grade.gradeId, at);
}

const askedOf = ({ patienceMs }: UndoBench, { grade }: LedgerEntry) => ({ cardId: grade.cardId, patienceMs });

const refuse = (answer: Undo['answer'], refused: string): Undo => ({ answer, refused, cardId: null });
const undone = ({ grade }: LedgerEntry): Undo => ({
  answer: { status: 'undone' },
  refused: null,
  cardId: grade.cardId,
});
