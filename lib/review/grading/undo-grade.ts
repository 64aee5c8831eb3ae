import type { Outcome } from '#lib/domain/review/grading.ts';
import type { LedgerEntry } from '#lib/domain/review/ledger.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import type { AnkiConnectClient } from '#lib/review/anki-connect.ts';
import { isLastStep, pressUndo, type Row, readRow, refreshReviewer } from './anki-undo.ts';
import { type Bench, proveEntry } from './carry-out.ts';

/**
 * What came of an undo. `refused`: a sentence that says that it is not taken back, and why, or that this is not known yet; null
 * where it is undone. `isFinal`: it will not be another time either. `cardId`: null where it is not undone.
 */
export type Undo = {
  readonly answer: Outcome | { readonly status: 'pending'; readonly detail: string } | null;
  readonly refused: string | null;
  readonly isFinal: boolean;
  readonly cardId: number | null;
};

type UndoBench = Bench & { readonly anki: AnkiConnectClient };

/** The longer ago, the more likely Anki's last step is another one. Source of the rules: review reference §3.5. */
const LATEST_MS = 10 * MINUTE;
/** Anki answers before it has undone. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 250;
/** The phone waits 10 s, and what is left is looked into later. */
const ENOUGH_MS = 5 * SECOND;
/** After that nothing comes of it any more. */
const ENDED_MS = 10 * SECOND;

const NOT_KNOWN = 'Anki does not answer, so it is not known yet whether it was taken back.';
const TOO_LATE = 'It was not taken back: it was more than ten minutes ago.';
const OTHERS_SINCE = 'It was not taken back: other things were done in Anki since.';
/** AnkiConnect undoes whatever is last, and what leaves no review cannot be seen before. */
const HIT_ANOTHER =
  'It was not taken back. If anything else was done at the Mac since, an edit perhaps, that may be undone now: see Edit › Redo in Anki.';
/** What was found out only later was counted beside whatever else was done by then. */
const UNCOUNTED =
  'It was not taken back: Anki did not answer when it was counted, so it is not known what was done since.';

/**
 * Takes back a grade: one that Anki was never asked to count by not asking, one that was counted by Anki's own undo, pressed
 * once at most and only where its last step is this very answer. Rejects with the ledger's StorageError only.
 */
export async function undoGrade(bench: UndoBench, gradeId: string): Promise<Undo> {
  const entry = await bench.ledger.find(gradeId);
  if (entry === null) return stays(null, 'This answer is not known here.');
  const { outcome } = entry;
  if (outcome === null) return undoOpen(bench, entry);
  if (outcome.status === 'undone') return undone(entry);
  if (outcome.status !== 'applied') return stays(outcome, 'It was not counted, so there is nothing to take back.');
  if (outcome.revlogId === null || entry.intent?.gateway !== 'anki-connect')
    return stays(outcome, 'It was not taken back: that can only be done with what Anki has logged.');
  return undoApplied(bench, { entry, outcome, row: { ...askedOf(bench, entry), revlogId: outcome.revlogId } });
}

async function undoOpen(bench: UndoBench, { grade, intent }: LedgerEntry): Promise<Undo> {
  if (intent !== null) {
    const proof = await proveEntry(bench, grade, intent);
    if (proof.proved === 'not-yet')
      return isOpen({ status: 'pending', detail: proof.detail }, 'It is not known yet whether it was counted.');
    if (proof.proved !== null) return undoGrade(bench, grade.gradeId);
  }
  const at = bench.clock.now();
  await bench.ledger.settle(grade.gradeId, { outcome: { status: 'undone' }, at, reviewedToday: null });
  return undone({ grade });
}

type Applied = {
  readonly entry: LedgerEntry;
  readonly outcome: Extract<Outcome, { status: 'applied' }>;
  readonly row: Row;
};

async function undoApplied(bench: UndoBench, applied: Applied): Promise<Undo> {
  const { entry, outcome, row } = applied;
  const { anki, clock, patienceMs } = bench;
  const until = clock.now() + ENOUGH_MS;
  const refusal = entry.undoAskedAt === null ? await askOnce(bench, applied) : null;
  if (refusal !== null) return refusal;
  for (let look = 1; look <= LOOKS; look += 1) {
    const seen = await readRow(anki, row);
    if (seen === 'silent' || (seen === 'there' && clock.now() > until)) return isOpen(outcome, NOT_KNOWN);
    if (seen === 'gone') {
      await noteUndone(bench, entry);
      await refreshReviewer(anki, entry.grade.deck, patienceMs);
      return undone(entry);
    }
    await clock.sleep(BETWEEN_LOOKS_MS);
  }
  return stays(outcome, HIT_ANOTHER);
}

/** Presses undo, unless something stands against it, which is told. */
async function askOnce(
  { ledger, anki, clock, patienceMs }: UndoBench,
  { entry, outcome, row }: Applied,
): Promise<Undo | null> {
  const { grade, settledAt, reviewedToday } = entry;
  if (clock.now() - (settledAt ?? 0) > LATEST_MS) return stays(outcome, TOO_LATE);
  const isLast = await isLastStep(anki, { ...row, reviewedToday });
  if (typeof isLast === 'string') return isOpen(outcome, `It was not taken back. ${isLast}`);
  if (!isLast) return stays(outcome, reviewedToday === null ? UNCOUNTED : OTHERS_SINCE);
  await ledger.askUndo(grade.gradeId, clock.now());
  await pressUndo(anki, patienceMs);
  return null;
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

const askedOf = ({ patienceMs }: UndoBench, { grade, intent }: LedgerEntry) => ({
  cardId: grade.cardId,
  profile: intent?.profile ?? null,
  patienceMs,
});

type Refusal = (answer: Undo['answer'], refused: string) => Undo;
const stays: Refusal = (answer, refused) => ({ answer, refused, isFinal: true, cardId: null });
const isOpen: Refusal = (answer, refused) => ({ answer, refused, isFinal: false, cardId: null });
const undone = ({ grade }: Pick<LedgerEntry, 'grade'>): Undo => ({
  answer: { status: 'undone' },
  refused: null,
  isFinal: true,
  cardId: grade.cardId,
});
