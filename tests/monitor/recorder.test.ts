import { expect, test } from 'vitest';
import type { RoundRecord } from '#lib/domain/measurement.ts';
import type { Note } from '#lib/domain/note.ts';
import { createRecorder } from '#lib/monitor/recorder.ts';
import { StorageError } from '#lib/store/storage-error.ts';
import { answered } from '#tests/support/facts.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const round: RoundRecord = { measurements: [{ result: answered(), cause: 'healthy', late: false }], spans: [] };
const note: Note = {
  kind: 'remedy',
  at: 1,
  command: 'uvicorn app.main:app',
  outcome: 'up',
  exitCode: null,
  upAfterMs: 2_400,
  output: '',
};

test('while a disk refuses for hours the oldest probes go, and neither a state nor a note does', async () => {
  let refuses = true;
  const kept: RoundRecord[] = [];
  const disk = {
    record: async (each: RoundRecord) => {
      if (refuses) throw new StorageError('full', 'The disk', new Error('no space'));
      kept.push(each);
    },
    rollUp: async () => undefined,
    forget: async () => undefined,
  };
  const recorder = createRecorder(disk, quiet);
  await recorder.keep({ measurements: [], spans: [{ at: 1, level: 'no-data', gap: 'stopped' }], notes: [note] });
  for (let nth = 0; nth < 1_000; nth += 1) await recorder.keep(round);
  refuses = false;
  await recorder.keep(round);
  expect(kept.length).toBeLessThan(1_000);
  expect(kept.flatMap(({ spans }) => spans)).toHaveLength(1);
  expect(kept.flatMap(({ notes }) => notes ?? [])).toEqual([note]);
});
