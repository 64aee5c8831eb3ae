import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from '#lib/domain/review/ledger.ts';
import { type DurationMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Grader } from '#lib/review/grading/grader.ts';
import { AlreadyOwnedError } from '#lib/store/owner.ts';
import { StorageError } from '#lib/store/storage-error.ts';
import { log } from './log.ts';

/** What came of asking the desk: its answer, or a sentence or two why no grade is taken now. */
type Served<Value> = { readonly value: Value } | { readonly problem: string };

/** Where grades are handed in. That the disk refuses is a `problem` and no exception; then nothing was taken. */
export type GradeDesk = {
  readonly submit: (...given: Parameters<Grader['submit']>) => Promise<Served<Awaited<ReturnType<Grader['submit']>>>>;
  readonly undo: (gradeId: string) => Promise<Served<Awaited<ReturnType<Grader['undo']>>>>;
  readonly newest: (limit: number) => Promise<Served<Awaited<ReturnType<Ledger['newest']>>>>;
  /** Why no grade could be kept when that was last tried; null when all is well. */
  readonly problem: () => string | null;
  /** Waits for what is under way, but not for ever: what is cut off is proved at the next start. */
  readonly close: () => Promise<void>;
};

export type DeskParts = {
  /** Rejects with a StorageError or an AlreadyOwnedError. */
  readonly openLedger: () => Promise<Ledger>;
  readonly graderOn: (ledger: Ledger) => Grader;
};
type Open = { readonly ledger: Ledger; readonly grader: Grader };

/** A full disk is freed and a folder made writable while we run, but not many times a second. */
const REOPEN_MS: DurationMs = 3 * SECOND;
/** While Anki is only busy, what is open is known soon; while it is closed, not for long. */
const SOON_MS: DurationMs = 3 * SECOND;
const LATEST_MS: DurationMs = MINUTE;
const CLOSE_MS: DurationMs = 3 * SECOND;

const ENDING = 'Lifeline is ending.';

/** Opens the ledger, looks into what an earlier run left open before it takes a grade, and goes on looking while anything is. */
export async function openGradeDesk(parts: DeskParts): Promise<GradeDesk> {
  const desk = new Desk(parts);
  await desk.open();
  return {
    submit: (...given) => desk.submit(given),
    undo: (gradeId) => desk.undo(gradeId),
    newest: (limit) => desk.ask(({ ledger }) => ledger.newest(limit)),
    problem: () => desk.problem,
    close: () => desk.close(),
  };
}

class Desk {
  problem: string | null = null;
  readonly #parts: DeskParts;
  readonly #underWay = new Set<Promise<unknown>>();
  #opened: Open | null = null;
  #nextTryAt: DurationMs = 0;
  #looking: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async open(): Promise<Open | null> {
    if (this.#opened !== null || this.#isClosed || performance.now() < this.#nextTryAt) return this.#opened;
    this.#nextTryAt = performance.now() + REOPEN_MS;
    const served = await this.#told(this.#parts.openLedger());
    if ('problem' in served) return null;
    this.#opened = { ledger: served.value, grader: this.#parts.graderOn(served.value) };
    this.#look(this.#opened, SOON_MS);
    return this.#opened;
  }

  async ask<Value>(question: (open: Open) => Promise<Value>): Promise<Served<Value>> {
    // Without a pause where it is open, so that what was handed in before the end is under way.
    const open = this.#opened ?? (await this.open());
    return open === null ? { problem: this.problem ?? ENDING } : this.#told(question(open));
  }

  async submit(given: Parameters<Grader['submit']>): ReturnType<GradeDesk['submit']> {
    const served = await this.ask(({ grader }) => grader.submit(...given));
    const isPending = 'value' in served && served.value.answers.some(({ answer }) => answer.status === 'pending');
    if (isPending) this.#lookAfter(SOON_MS);
    return served;
  }

  async undo(gradeId: string): ReturnType<GradeDesk['undo']> {
    const served = await this.ask(({ grader }) => grader.undo(gradeId));
    // Anki may have been asked, and carry it out later.
    if ('value' in served && !served.value.undone) this.#lookAfter(SOON_MS);
    return served;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#looking !== null) clearTimeout(this.#looking);
    await Promise.race([Promise.allSettled(this.#underWay), pause(CLOSE_MS, null, { ref: false })]);
    const open = this.#opened;
    this.#opened = null;
    await open?.ledger.close();
  }

  /** Whatever the disk says becomes the problem, until it says that all is well. */
  async #told<Value>(asked: Promise<Value>): Promise<Served<Value>> {
    this.#underWay.add(asked);
    try {
      const value = await asked;
      this.problem = null;
      return { value };
    } catch (error) {
      if (this.#isClosed) return { problem: ENDING };
      if (!(error instanceof StorageError || error instanceof AlreadyOwnedError)) throw error;
      log.error({ err: error }, `no grade can be kept: ${error.message}`);
      this.problem = error.message;
      return { problem: error.message };
    } finally {
      this.#underWay.delete(asked);
    }
  }

  /** Now, and again after so long while anything is open. */
  #look({ grader }: Open, thenAfterMs: DurationMs): void {
    this.#told(grader.reconcile()).then(
      (left) => {
        if ('problem' in left || left.value > 0) this.#lookAfter(thenAfterMs);
      },
      (error: unknown) => log.error({ err: error }, 'looking into open grades failed'),
    );
  }

  #lookAfter(afterMs: DurationMs): void {
    if (this.#looking !== null || this.#isClosed) return;
    const look = (): void => {
      this.#looking = null;
      if (this.#opened !== null) this.#look(this.#opened, Math.min(2 * afterMs, LATEST_MS));
    };
    this.#looking = setTimeout(look, afterMs).unref();
  }
}
