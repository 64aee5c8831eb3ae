import * as z from 'zod/mini';
import type { ledgerSchema } from '#lib/contract/review.ts';
import type { Answered } from '#lib/domain/review/grading.ts';
import type { LedgerEntry } from '#lib/domain/review/ledger.ts';
import { failure, json, parameter } from './respond.ts';
import type { Services } from './services.ts';

/** A whole number of at most three digits, as it stands in an address. */
export const wholeNumber = (least: number, most: number) =>
  z.pipe(
    z.string().check(z.regex(/^\d{1,3}$/)),
    z.pipe(z.transform(Number), z.number().check(z.gte(least), z.lte(most))),
  );

const LIMIT = { schema: wholeNumber(1, 500), otherwise: 100, expected: 'a whole number from 1 to 500' };

/** What became of the newest grades; 503 where the ledger cannot be read. */
export async function readLedger({ grades }: Services, query: URLSearchParams): Promise<Response> {
  const served = await grades.newest(parameter(query, 'limit', LIMIT));
  if ('problem' in served) return failure(503, 'ledger', served.problem);
  const ledger: z.infer<typeof ledgerSchema> = { entries: served.value.map(entryOf) };
  return json(ledger);
}

const entryOf = (entry: LedgerEntry) => {
  const { gradeId, cardId, deck, ease, answeredAt } = entry.grade;
  return { gradeId, cardId, deck, ease, answeredAt, receivedAt: entry.receivedAt, answer: answerOf(entry) };
};

const answerOf = ({ outcome, intent }: LedgerEntry): Answered =>
  outcome ?? {
    status: 'pending',
    detail: intent === null ? 'It waits for its turn.' : 'It is not known yet whether Anki counted it.',
  };
