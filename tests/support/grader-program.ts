// A server that only grades: opens the ledger in the directory it is given, and carries out each line of grades that it reads
// through the AnkiConnect at the given URL. It says a line of answers for each, until it is killed.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { gradeSchema } from '#lib/contract/review.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createGrader } from '#lib/review/grading/grader.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { openLedger } from '#lib/store/open-ledger.ts';
import { claimDataDir } from '#lib/store/owner.ts';

const [dataDir = '', ankiUrl = ''] = process.argv.slice(2);
claimDataDir(dataDir);
const grader = createGrader({
  ledger: await openLedger(dataDir),
  anki: createAnkiConnect(new URL(ankiUrl)),
  server: createReviewServer(async () => ({ url: 'http://127.0.0.1:9' })),
  describe: async () => null,
});
await grader.reconcile();
for await (const line of createInterface({ input: process.stdin })) {
  const { answers } = await grader.submit(z.array(gradeSchema).parse(JSON.parse(line)), null);
  writeSync(1, `${JSON.stringify(answers)}\n`);
}
