import { expect, test } from 'vitest';
import { cardOf } from '#tests/support/made-grades.ts';
import {
  APPLIED,
  cards,
  DEAD,
  goodMac,
  gradesIn,
  gradesReply,
  handView,
  settle,
  startedSession,
} from '#tests/support/scripted-phone.ts';

const never = () => new Promise<never>(() => undefined);
const isHand = (url: string) => url.startsWith('/api/review/hand');
const SERVER_GATEWAY = {
  kind: 'review-server',
  abilities: { undo: false, decks: false, counts: false, lookahead: false },
} as const;

test('with a Mac that hangs the phone goes on from its own cards, after a moment', async () => {
  const { read, pass } = await startedSession(never, { kept: cards(3) });
  expect(read().phase).toBe('loading');
  await pass(300);
  expect(read()).toMatchObject({ phase: 'card', source: 'offline', shown: { card: { cardId: 1 } } });
  expect(read().silence).toMatch(/not answered/);
});

test('a grade that does not get through shows at once that the Mac is away', async () => {
  let isAway = false;
  const { read, pass } = await startedSession(async () => (isAway ? 'unreachable' : { body: handView(cards(12)) }));
  isAway = true;
  read().grade(3);
  await pass(6_000);
  expect(read()).toMatchObject({ source: 'offline', waiting: 1 });
});

test.each([0, 1])(
  'a Mac that freezes is told to be away soon after a grade did not get through, while %i hands are asked for',
  async (hands) => {
    let isFrozen = false;
    const frozen: { url: string; fail: () => void }[] = [];
    const { read, pass } = await startedSession(
      async (url) => {
        if (!isFrozen) return { body: handView(cards(12)) };
        await new Promise<void>((resolve) => frozen.push({ url, fail: resolve }));
        return 'unreachable' as const;
      },
      { kept: cards(12) },
    );
    isFrozen = true;
    if (hands > 0) void read().refresh();
    read().grade(3);
    await pass(8_000);
    expect(read().source).toBe('anki-connect');
    for (const { url, fail } of frozen) if (!isHand(url)) fail();
    await pass(2_000);
    expect(read()).toMatchObject({ source: 'offline', waiting: 1, shown: { card: { cardId: 2 } } });
  },
);

test('without cards of its own the phone says why there are none', async () => {
  const { read } = await startedSession(async () => 'unreachable');
  expect(read()).toMatchObject({ phase: 'nothing', source: 'offline', silence: 'No answer came from the Mac.' });
});

test('a Mac without a way to Anki says why, and the phone goes on from its own cards', async () => {
  const trouble = { code: 'unreachable', message: 'Anki is not open.', remedy: null, command: null } as const;
  const view = handView([], { gateway: null, troubles: [{ kind: 'anki-connect', trouble }] });
  const { read } = await startedSession(async () => ({ body: view }), { kept: cards(2) });
  expect(read()).toMatchObject({ phase: 'card', source: 'offline', silence: null, troubles: [{ trouble }] });
});

test('after the last card that the phone keeps, why there are no more is told where that can be mended', async () => {
  const trouble = { code: 'unreachable', message: 'Anki is not open.', remedy: null, command: null } as const;
  const view = handView([], { gateway: null, troubles: [{ kind: 'anki-connect', trouble }] });
  const { read, pass } = await startedSession(async () => ({ body: view }), { kept: cards(1) });
  read().grade(3);
  await pass(DEAD);
  expect(read()).toMatchObject({ phase: 'nothing', troubles: [{ trouble }], waiting: 1 });
});

test('the Mac goes and comes back: the card on the screen stays, and what waited is sent first', async () => {
  let isAway = false;
  const log: string[] = [];
  const mac = goodMac(12, log);
  const { read, pass } = await startedSession(async (url, init) => (isAway ? 'unreachable' : mac(url, init)), {
    kept: cards(12),
  });
  isAway = true;
  read().grade(3);
  await pass(61_000);
  expect(read()).toMatchObject({ source: 'offline', waiting: 1, shown: { card: { cardId: 2 } } });
  read().reveal();
  await pass(DEAD);
  isAway = false;
  const { turn } = read().shown ?? {};
  await pass(30_000);
  expect(read()).toMatchObject({ source: 'anki-connect', waiting: 0, shown: { turn, side: 'answer' } });
  expect(log).toEqual(['1:3']);
});

test('a kept card that was graded does not come again while the Mac is away', async () => {
  const { read, pass } = await startedSession(async () => 'unreachable', { kept: cards(2) });
  for (const cardId of [1, 2]) {
    expect(read().shown?.card.cardId).toBe(cardId);
    read().grade(3);
    await pass(DEAD);
  }
  expect(read()).toMatchObject({ phase: 'finished', undoable: { isHeld: true } });
  await pass(60_000);
  expect(read()).toMatchObject({ phase: 'finished', source: 'offline', waiting: 2, progress: { done: 2, left: 0 } });
});

test('a kept card that was graded and counted does not come again from the phone', async () => {
  let isAway = false;
  const mac = goodMac(2);
  const { read, pass } = await startedSession(async (url, init) => (isAway ? 'unreachable' : mac(url, init)), {
    kept: cards(2),
  });
  read().grade(3);
  await pass(7_000);
  isAway = true;
  expect(read()).toMatchObject({ waiting: 0, shown: { card: { cardId: 2 } } });
  await pass(61_000);
  read().grade(3);
  await pass(DEAD);
  expect(read().shown).toBeNull();
});

test('cards that were asked for before a grade was counted do not bring its card back', async () => {
  const slow: (() => void)[] = [];
  let asked = 0;
  const { read, pass } = await startedSession(async (url, init) => {
    if (!isHand(url)) return { body: gradesReply(gradesIn(init), APPLIED) };
    asked += 1;
    if (asked > 1) await new Promise<void>((resolve) => slow.push(resolve));
    return { body: handView(cards(2)) };
  });
  read().grade(1);
  await pass(DEAD);
  read().refresh();
  read().grade(1);
  await pass(7_000);
  expect(read().waiting).toBe(0);
  slow.shift()?.();
  await settle();
  expect(read().shown).toBeNull();
  await pass(2_000);
  slow.shift()?.();
  await settle();
  expect(read().shown?.card.cardId).toBe(1);
});

test('after the last card the Mac is asked at once whether there are more', async () => {
  let asked = 0;
  const { read, pass } = await startedSession(async (url, init) => {
    if (!isHand(url)) return { body: gradesReply(gradesIn(init), APPLIED) };
    asked += 1;
    return { body: handView(cards(1)) };
  });
  await pass(4_000);
  read().grade(3);
  await settle();
  expect(asked).toBe(2);
  expect(read()).toMatchObject({ phase: 'finished', undoable: { isHeld: true } });
});

test('a card that was graded Again at the very end comes again as soon as it was counted', async () => {
  let isCounted = false;
  const again = cardOf(1, { queue: 'learning', guard: { revlogCount: 2, revlogMax: 2, reps: 2, mod: 2 } });
  const { read, pass } = await startedSession(async (url, init) => {
    if (isHand(url)) return { body: handView(isCounted ? [again] : cards(1)) };
    isCounted = true;
    return { body: gradesReply(gradesIn(init), APPLIED) };
  });
  await pass(4_000);
  read().grade(1);
  await pass(1_000);
  expect(read()).toMatchObject({ phase: 'finished', counts: { review: 0 } });
  await pass(5_500);
  expect(read()).toMatchObject({ phase: 'card', shown: { card: { guard: { revlogCount: 2 } } } });
});

test('nothing is due: finished, and the Mac is asked again from time to time', async () => {
  let asked = 0;
  const { read, pass } = await startedSession(async () => {
    asked += 1;
    return { body: handView(asked > 1 ? cards(1) : []) };
  });
  expect(read().phase).toBe('finished');
  await pass(61_000);
  expect(read().phase).toBe('card');
});

test('a gateway that shows one card at a time: the grade is sent at once, the next card comes with the answer', async () => {
  const release: (() => void)[] = [];
  const { read, pass } = await startedSession(async (url, init) => {
    if (isHand(url)) return { body: handView(cards(1), { gateway: SERVER_GATEWAY }) };
    await new Promise<void>((resolve) => release.push(resolve));
    return { body: gradesReply(gradesIn(init), APPLIED, { next: cardOf(9, { guard: null }) }) };
  });
  read().grade(3);
  await settle();
  expect(read()).toMatchObject({ isDead: true, shown: { card: { cardId: 1 } }, undoable: null });
  release[0]?.();
  await pass(DEAD);
  expect(read()).toMatchObject({ isDead: false, shown: { card: { cardId: 9 } }, waiting: 0 });
});

test('a phone that keeps nothing says so, and sends at once', async () => {
  const log: string[] = [];
  const { read, pass, disk } = await startedSession(goodMac(12, log));
  disk.refuses = true;
  read().grade(3);
  await pass(0);
  expect(log).toEqual(['1:3']);
  expect(read().notice).toMatch(/refuses to keep/);
});
