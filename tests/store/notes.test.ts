import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { CAUSES } from '#lib/domain/cause.ts';
import type { Note } from '#lib/domain/note.ts';
import { DAY, type EpochMs, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { historyOn, openHistory } from '#lib/store/open-history.ts';
import { openSqlite } from '#lib/store/sqlite-file.ts';
import { fc } from '#tests/support/fast-check.ts';
import { dataDir } from './data-dir.ts';
import { gap, MIDNIGHT, measured, round, state } from './rounds.ts';

type Concluded = Extract<Note, { kind: 'diagnosis' }>;
type Run = Extract<Note, { kind: 'remedy' }>;

const concluded = (at: EpochMs, more: Partial<Concluded> = {}): Concluded => ({
  at,
  kind: 'diagnosis',
  cause: 'not-running',
  row: 'R01',
  confidence: 'high',
  story: 'It was up until 14:02:11 (± 5 s).',
  evidence: ['100.64.0.7:8000 refused the connection after 1 ms', 'Nothing listens on port 8000'],
  ...more,
});
const ran = (at: EpochMs, more: Partial<Run> = {}): Run => ({
  at,
  kind: 'remedy',
  command: 'uvicorn app:app --port 8000',
  outcome: 'up',
  exitCode: null,
  upAfterMs: 2_412.5,
  output: 'INFO: Uvicorn running on http://0.0.0.0:8000\n',
  ...more,
});
const noting = (...notes: readonly Note[]) => ({ measurements: [], spans: [], notes });
const all = { from: 0, to: MIDNIGHT + 10_000 * DAY };

test('what was noted comes back as it was, in order of time, from the beginning of an interval to before its end', async () => {
  const store = await openHistory(':memory:');
  const bare = concluded(MIDNIGHT + MINUTE, { cause: 'hung', row: null, story: null, evidence: [] });
  const failed = ran(MIDNIGHT + HOUR, { outcome: 'exited', exitCode: 1, upAfterMs: null, output: '' });
  await store.record(noting(failed, ran(MIDNIGHT + MINUTE), bare));
  await store.record(noting(concluded(MIDNIGHT)));
  expect(await store.notes(all)).toEqual([concluded(MIDNIGHT), bare, ran(MIDNIGHT + MINUTE), failed]);
  expect(await store.notes({ from: MIDNIGHT + MINUTE, to: MIDNIGHT + HOUR })).toEqual([bare, ran(MIDNIGHT + MINUTE)]);
  await store.close();
});

test('a note of the same moment and thing is kept once, as it was told last', async () => {
  const store = await openHistory(':memory:');
  const surer = concluded(MIDNIGHT, { evidence: ['No such process'] });
  await store.record(noting(concluded(MIDNIGHT, { confidence: 'low' }), ran(MIDNIGHT)));
  await store.record(noting(surer, ran(MIDNIGHT)));
  expect(await store.notes(all)).toEqual([surer, ran(MIDNIGHT)]);
  await store.close();
});

test('a note is kept with its round or not at all', async () => {
  const store = await openHistory(':memory:');
  const probe = measured(MIDNIGHT);
  const broken = { ...probe, result: { ...probe.result, totalMs: Number.NaN } };
  await expect(store.record({ ...noting(concluded(MIDNIGHT)), measurements: [broken] })).rejects.toThrow(RangeError);
  await expect(store.record({ ...round(MIDNIGHT), notes: [concluded(Number.NaN)] })).rejects.toThrow(RangeError);
  expect(await store.notes(all)).toEqual([]);
  expect(await Array.fromAsync(store.measurements(all))).toEqual([]);
  await store.close();
});

test('a damaged note is reported and left out, and the rest is told', async () => {
  const sqlite = openSqlite(':memory:');
  const reported: string[] = [];
  const store = await historyOn(sqlite, (table) => reported.push(table));
  await store.record(noting(concluded(MIDNIGHT), concluded(MIDNIGHT + 1), concluded(MIDNIGHT + 2), ran(MIDNIGHT + 3)));
  const damage = sqlite.prepare('update note set body = ? where at = ?');
  damage.run('{"kind":"diag', MIDNIGHT);
  damage.run('[]', MIDNIGHT + 1);
  damage.run('{"kind":"remedy","outcome":"fine"}', MIDNIGHT + 2);
  expect(await store.notes(all)).toEqual([ran(MIDNIGHT + 3)]);
  expect(reported).toEqual(['note', 'note', 'note']);
  await store.close();
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('\u0000'.repeat(9_000), '🂡'.repeat(9_000), '\ud800'.repeat(9_000), 'short'),
);
const anyNote: fc.Arbitrary<Note> = fc.oneof(
  fc
    .record({ story: fc.option(anyText), evidence: fc.array(anyText, { maxLength: 20 }) })
    .map((more) => concluded(MIDNIGHT, more)),
  fc.record({ command: anyText, output: anyText }).map((more) => ran(MIDNIGHT, more)),
);

test('whatever is noted takes at most 8 KB: the first of what decided, the end of what was printed', async () => {
  const sqlite = openSqlite(':memory:');
  const store = await historyOn(sqlite);
  const bytes = sqlite.prepare('select body from note where at = ?');
  await fc.assert(
    fc.asyncProperty(anyNote, async (note) => {
      sqlite.exec('delete from note');
      await store.record(noting(note));
      expect(Buffer.byteLength(String(bytes.get(MIDNIGHT)?.['body']))).toBeLessThanOrEqual(8_192);
      const [kept] = await store.notes(all);
      if (note.kind === 'remedy') {
        expect(note.output.toWellFormed().endsWith(kept?.kind === 'remedy' ? kept.output : 'lost')).toBe(true);
      } else {
        const evidence = kept?.kind === 'diagnosis' ? kept.evidence : ['lost'];
        expect(evidence.length).toBeLessThanOrEqual(12);
        expect(evidence).toEqual(
          note.evidence.slice(0, evidence.length).map((text) => text.slice(0, 300).toWellFormed()),
        );
      }
    }),
    { numRuns: 60 },
  );
  await store.close();
});

const firstHour = { from: MIDNIGHT, to: MIDNIGHT + HOUR };

test('a server that falls ill in one of two ways every second is noted six times an hour for each, and a run beside them', async () => {
  const store = await openHistory(':memory:');
  const flapping = Array.from({ length: 90 * 60 }, (_, nth) =>
    concluded(MIDNIGHT + nth * SECOND, { cause: nth % 2 === 0 ? 'hung' : 'not-running' }),
  );
  await store.record(noting(...flapping));
  await store.record(noting(ran(MIDNIGHT + 30 * MINUTE)));
  expect(await store.notes(firstHour)).toEqual([...flapping.slice(0, 12), ran(MIDNIGHT + 30 * MINUTE)]);
  expect(await store.notes({ from: MIDNIGHT + HOUR, to: MIDNIGHT + 2 * HOUR })).toHaveLength(12);
  await store.close();
});

test('another illness in the hour of one that came and went leaves its reason too', async () => {
  const store = await openHistory(':memory:');
  const flapping = Array.from({ length: 70 }, (_, nth) =>
    concluded(MIDNIGHT + nth * 10 * SECOND, { cause: nth % 2 === 0 ? 'crashed' : 'starting' }),
  );
  const other = concluded(MIDNIGHT + 50 * MINUTE, { cause: 'wrong-program', row: 'R07' });
  await store.record(noting(...flapping));
  await store.record(noting(other));
  expect((await store.notes(firstHour)).at(-1)).toEqual(other);
  await store.close();
});

test('a server that has every illness there is, again and again, leaves the first reason of each and sixty in all', async () => {
  const store = await openHistory(':memory:');
  const ills = CAUSES.slice(0, 50);
  const anew = CAUSES.slice(50);
  const first = Array.from({ length: 1_000 }, (_, nth) =>
    concluded(MIDNIGHT + nth * SECOND, { cause: ills[nth % ills.length] ?? 'hung' }),
  );
  const late = anew.flatMap((cause, nth) =>
    [0, 1].map((again) => concluded(MIDNIGHT + 30 * MINUTE + (2 * nth + again) * SECOND, { cause })),
  );
  await store.record(noting(...first, ...late));
  expect(await store.notes(firstHour)).toEqual([...first.slice(0, 60), ...late.filter((_, nth) => nth % 2 === 0)]);
  await store.close();
});

test('notes are kept two years, and of more than ten thousand the newest', async () => {
  const sqlite = openSqlite(':memory:');
  const store = await historyOn(sqlite);
  const rows = () => Number(sqlite.prepare('select count(*) as n from note').get()?.['n']);
  const spans = [state(MIDNIGHT, 'not-running'), gap(MIDNIGHT + 3 * HOUR, 'stopped')];
  await store.record({ ...noting(concluded(MIDNIGHT), concluded(MIDNIGHT + 2 * HOUR)), spans });
  const later = MIDNIGHT + 730 * DAY + HOUR;
  await store.rollUp(later);
  await store.forget(later);
  expect(await store.notes(all)).toEqual([concluded(MIDNIGHT + 2 * HOUR)]);
  await store.record(noting(...Array.from({ length: 10_400 }, (_, nth) => ran(later + nth * MINUTE))));
  await store.forget(later);
  expect(rows()).toBe(10_000);
  const read = await store.notes(all);
  expect(read).toHaveLength(2_000);
  expect(read.at(-1)?.at).toBe(later + 10_399 * MINUTE);
  await store.close();
});

test('a history from before there were notes is opened and goes on with them', async () => {
  const dir = dataDir();
  const first = openSqlite(dir);
  const before = await historyOn(first);
  await before.record(round(MIDNIGHT, { begins: true }));
  first.exec("drop table note; delete from kysely_migration where name = '002-notes'");
  await before.close();
  const store = await openHistory(dir);
  await store.record({ ...round(MIDNIGHT + 5 * SECOND), notes: [ran(MIDNIGHT)] });
  expect(await store.notes(all)).toEqual([ran(MIDNIGHT)]);
  expect(await Array.fromAsync(store.measurements(all))).toHaveLength(2);
  await store.close();
});
