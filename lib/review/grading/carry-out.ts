import type { Grade } from '#lib/domain/review/grading.ts';
import type { Intent, Ledger, LedgerEntry } from '#lib/domain/review/ledger.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { GradingClock, Proof, Writer, Written } from './writer.ts';

export type Bench = {
  readonly ledger: Ledger;
  /** Best first. */
  readonly writers: readonly Writer[];
  readonly clock: GradingClock;
  /** For each call: a phone waits for the answer, nobody for what is looked into later. */
  readonly patienceMs: DurationMs;
};

/** `details`: of each grade that stays open, why, by its id. */
export type CarriedOut = { readonly details: ReadonlyMap<string, string>; readonly nextCardId: number | null };

/** The phone waits 10 s for its answer, and what is left is carried out later. */
const ENOUGH_MS: DurationMs = 5 * SECOND;
/** An unknown effect is looked into at once, and where nothing was counted the grade is tried again. */
const ROUNDS = 2;
/** More than a phone has waiting, which are the newest and have no intent. */
const REMEMBERED = 500;

/**
 * Carries out the open grades in the order they were received. While one of a card is open, no later one of that card is
 * taken; once Anki does not answer, the rest waits. Rejects with the ledger's StorageError only.
 */
export async function carryOut(bench: Bench, deck: string | null): Promise<CarriedOut> {
  const details = new Map<string, string>();
  const openCards = new Set<number>();
  const silent = new Map<Writer, string>();
  const until = bench.clock.now() + ENOUGH_MS;
  let nextCardId: number | null = null;
  for (const entry of await bench.ledger.open()) {
    const { gradeId, cardId } = entry.grade;
    let tried = bench.clock.now() > until ? waits('It waits for its turn.') : null;
    if (openCards.has(cardId)) tried = waits('An earlier answer to this card is not settled yet.');
    tried ??= await settleEntry({ ...bench, silent, deck }, entry);
    if (tried.open === null) {
      nextCardId = tried.nextCardId ?? nextCardId;
      continue;
    }
    details.set(gradeId, tried.open);
    openCards.add(cardId);
  }
  return { details, nextCardId };
}

/** `silent`: the ways on which Anki did not answer a moment ago, and the words for it. */
type Round = Bench & { readonly silent: Map<Writer, string>; readonly deck: string | null };
type Tried = { readonly open: string | null; readonly nextCardId: number | null };

const waits = (open: string): Tried => ({ open, nextCardId: null });
const SETTLED: Tried = { open: null, nextCardId: null };

async function settleEntry(round: Round, entry: LedgerEntry): Promise<Tried> {
  let { intent } = entry;
  let detail = '';
  for (let nth = 0; nth < ROUNDS; nth += 1) {
    if (intent !== null) {
      const proof = await proveEntry(round, entry.grade, intent);
      if (proof.proved === 'not-yet') return waits(proof.detail);
      if (proof.proved !== null) return SETTLED;
    }
    const tried = await writeEntry(round, entry.grade);
    if (tried.intent === null) return tried;
    ({ intent } = tried);
    detail = tried.open ?? detail;
  }
  return waits(detail);
}

/** Finds out what became of an intent, and notes it. Rejects with the ledger's StorageError only. */
export async function proveEntry(bench: Bench, grade: Grade, intent: Intent): Promise<Proof> {
  const { ledger, writers, clock, patienceMs } = bench;
  const writer = writers.find(({ kind }) => kind === intent.gateway);
  if (writer === undefined) return { proved: 'not-yet', detail: 'The way by which it was sent is not there any more.' };
  const proof = await writer.prove({ grade, intent, patienceMs });
  if (proof.proved === null) await ledger.withdraw(grade.gradeId);
  else if (proof.proved !== 'not-yet')
    await ledger.settle(grade.gradeId, { outcome: proof.proved, at: clock.now(), reviewedToday: null });
  return proof;
}

/** `intent`: of a grade that may have been counted. */
type WrittenEntry = Tried & { readonly intent: Intent | null };

async function writeEntry(round: Round, grade: Grade): Promise<WrittenEntry> {
  let open: string | null = null;
  for (const writer of round.writers.filter(({ takes }) => takes(grade))) {
    const silence = round.silent.get(writer);
    if (silence !== undefined) {
      open ??= silence;
      continue;
    }
    const { written, intent } = await attempt(round, writer, grade);
    if (written.came === 'unknown') return { ...waits(written.detail), intent };
    if (written.came === 'outcome') return { open: null, nextCardId: written.nextCardId, intent: null };
    if (written.asked) return { ...waits(written.detail), intent: null };
    // The best way is what the person can mend; that the next one is no better tells less.
    open ??= written.detail;
    round.silent.set(writer, written.detail);
  }
  return { ...waits(open ?? 'Anki cannot be reached.'), intent: null };
}

/** One way tried, and in the ledger what came of it. */
async function attempt({ ledger, clock, deck, patienceMs }: Round, writer: Writer, grade: Grade) {
  const noted: { intent: Intent | null } = { intent: null };
  const written: Written = await writer.write({
    grade,
    deck,
    patienceMs,
    async lastProfile() {
      const intents = (await ledger.newest(REMEMBERED)).map(({ intent }) => intent);
      return intents.find((intent) => intent !== null && intent.profile !== null)?.profile ?? null;
    },
    async intend(intent) {
      await ledger.intend(grade.gradeId, intent);
      noted.intent = intent;
    },
  });
  if (written.came === 'outcome') {
    const { outcome, reviewedToday } = written;
    await ledger.settle(grade.gradeId, { outcome, at: clock.now(), reviewedToday });
  }
  if (written.came === 'nothing' && noted.intent !== null) await ledger.withdraw(grade.gradeId);
  return { written, intent: noted.intent };
}
