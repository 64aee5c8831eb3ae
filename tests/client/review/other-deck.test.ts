import { expect, test } from 'vitest';
import { cardOf } from '#tests/support/made-grades.ts';
import {
  APPLIED,
  cards,
  DEAD,
  gradesIn,
  gradesReply,
  handView,
  settle,
  startedSession,
} from '#tests/support/scripted-phone.ts';

test('another deck: its cards come, those of the one before do not, even if they come late', async () => {
  const asked: (string | null)[] = [];
  const late: (() => void)[] = [];
  const { read, pass } = await startedSession(async (url) => {
    const deck = new URL(url, 'http://mac').searchParams.get('deck');
    asked.push(deck);
    if (deck === 'Slow') await new Promise<void>((resolve) => late.push(resolve));
    return { body: handView([cardOf(deck === 'Quick' ? 20 : 10)], { deck }) };
  });
  read().chooseDeck('Slow');
  await settle();
  expect(read()).toMatchObject({ phase: 'loading', deck: 'Slow' });
  read().chooseDeck('Quick');
  late[0]?.();
  await pass(DEAD);
  expect(read()).toMatchObject({ phase: 'card', deck: 'Quick', shown: { card: { cardId: 20 } } });
  expect(asked).toEqual([null, 'Slow', 'Quick']);
});

test('counts that come late from another deck are not taken', async () => {
  const late: (() => void)[] = [];
  const { read, pass } = await startedSession(async (url, init) => {
    if (url.startsWith('/api/review/hand'))
      return { body: handView(cards(3), { counts: { new: 0, learning: 0, review: 3 } }) };
    await new Promise<void>((resolve) => late.push(resolve));
    const counts = { new: 90, learning: 90, review: 90 };
    return { body: gradesReply(gradesIn(init), APPLIED, { counts, next: cardOf(90) }) };
  });
  read().grade(3);
  await pass(6_000);
  read().chooseDeck('Other');
  await pass(DEAD);
  late[0]?.();
  await pass(DEAD);
  expect(read()).toMatchObject({ deck: 'Other', waiting: 0, counts: { new: 0 } });
  expect(read().shown?.card.cardId).not.toBe(90);
});
