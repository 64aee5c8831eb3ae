import { expect, test } from 'vitest';
import {
  APPLIED,
  cards,
  Disk,
  gradesIn,
  gradesReply,
  handView,
  type Script,
  settle,
  startedSession,
} from '#tests/support/scripted-phone.ts';

test.each([
  { status: 'conflict', why: 'reviewed' },
  { status: 'gone' },
  { status: 'blocked', why: 'suspended' },
  { status: 'failed', detail: 'Anki said no.' },
  { status: 'unproven', detail: 'Nobody knows.' },
] as const)('a grade that ended as $status is told until it is dismissed, also after a reload', async (answer) => {
  const disk = new Disk();
  const mac: Script = async (url, init) =>
    url.startsWith('/api/review/hand') ? { body: handView(cards(3)) } : { body: gradesReply(gradesIn(init), answer) };
  const first = await startedSession(mac, { disk });
  first.read().grade(3);
  await first.pass(7_000);
  expect(first.read().problems).toMatchObject([{ answer, label: 'question 1', isAnswerable: false }]);
  const second = await startedSession(mac, { disk });
  const [problem] = second.read().problems;
  expect(problem?.answer).toEqual(answer);
  second.read().dismiss(problem?.grade.gradeId ?? '');
  await settle();
  expect(second.read().problems).toEqual([]);
  expect((await startedSession(mac, { disk })).read().problems).toEqual([]);
});

test('a stale grade is counted anyway when the person insists, as a grade of its own', async () => {
  const sent: [boolean, string][] = [];
  const { read, pass } = await startedSession(async (url, init) => {
    if (url.startsWith('/api/review/hand')) return { body: handView(cards(3)) };
    for (const { insist, gradeId } of gradesIn(init)) sent.push([insist, gradeId]);
    const answer = gradesIn(init)[0]?.insist ? APPLIED : ({ status: 'stale', why: 'day' } as const);
    return { body: gradesReply(gradesIn(init), answer) };
  });
  read().grade(3);
  await pass(7_000);
  const [problem] = read().problems;
  expect(problem?.isAnswerable).toBe(true);
  read().insist(problem?.grade.gradeId ?? '');
  await pass(0);
  expect(sent.map(([insist]) => insist)).toEqual([false, true]);
  expect(new Set(sent.map(([, gradeId]) => gradeId)).size).toBe(2);
  expect(read()).toMatchObject({ problems: [], waiting: 0 });
});
