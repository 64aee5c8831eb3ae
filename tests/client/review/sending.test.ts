import { expect, test } from 'vitest';
import { createReviewStore } from '#lib/client/review/review-store.ts';
import { entryOf } from '#lib/domain/review/outbox.ts';
import { gradeOf } from '#tests/support/made-grades.ts';
import {
  APPLIED,
  cards,
  DEAD,
  Disk,
  goodMac,
  gradesIn,
  gradesReply,
  handView,
  scriptedPhone,
  settle,
  startedSession,
} from '#tests/support/scripted-phone.ts';

const PENDING = { status: 'pending', detail: 'Anki is busy.' } as const;
const never = () => new Promise<never>(() => undefined);

test('a hidden page sends what it held in a request that outlives it', async () => {
  const keepalives: (boolean | undefined)[] = [];
  const { store, read, state } = await startedSession(async (url, init) => {
    if (url.startsWith('/api/review/hand')) return { body: handView(cards(5)) };
    keepalives.push(init?.keepalive);
    return { body: gradesReply(gradesIn(init), APPLIED) };
  });
  read().grade(3);
  await settle();
  state.isVisible = false;
  store.sleep();
  await settle();
  expect(keepalives).toEqual([true]);
  expect(read().waiting).toBe(0);
});

test.each([
  ['does not answer', async () => 'unreachable' as const],
  ['is behind a proxy of a dead Lifeline', async () => ({ status: 502, body: 'Bad Gateway' })],
  ['answers garbage', async () => ({ body: '<html>' })],
  ['answers with half of it', async () => ({ body: { answers: [] } })],
  [
    'says that its ledger is broken',
    async () => ({ status: 503, body: { error: { code: 'ledger', message: 'Full.' } } }),
  ],
])('a Mac that %s loses no grade: it is sent again until it is answered', async (_fact, bad) => {
  let isBad = true;
  let asked = 0;
  const log: string[] = [];
  const good = goodMac(12, log);
  const { read, pass, disk } = await startedSession(async (url, init) => {
    asked += 1;
    // A storm of requests would never end here, as it would not end on the Mac.
    if (asked > 50) throw new Error('the Mac is asked without end');
    return isBad && url.endsWith('/grades') ? bad() : good(url, init);
  });
  read().grade(3);
  await pass(DEAD);
  read().grade(2);
  await pass(60_000);
  expect(read()).toMatchObject({ waiting: 2, problems: [] });
  expect(disk.entries.map(({ stage }) => stage)).toEqual(['waiting', 'waiting']);
  isBad = false;
  await pass(31_000);
  expect(log).toEqual(['1:3 2:2']);
  expect(read().waiting).toBe(0);
});

test('a Mac that hangs delays neither the next card nor the one after', async () => {
  const { read, pass } = await startedSession(async (url) =>
    url.startsWith('/api/review/hand') ? { body: handView(cards(12)) } : never(),
  );
  for (const cardId of [1, 2, 3]) {
    expect(read().shown?.card.cardId).toBe(cardId);
    read().grade(3);
    await pass(DEAD);
  }
  expect(read()).toMatchObject({ waiting: 3, shown: { card: { cardId: 4 } } });
});

test('a phone that may not grade says so, keeps the grade and stops asking', async () => {
  let asked = 0;
  const { read, pass } = await startedSession(async (url) => {
    const mayGrade = { allowed: asked === 0, detail: asked === 0 ? null : 'Only the owner may grade.' };
    if (url.startsWith('/api/review/hand')) return { body: handView(cards(5), { mayGrade }) };
    asked += 1;
    return { status: 403, body: { error: { code: 'forbidden', message: 'Only the owner may grade.' } } };
  });
  read().grade(3);
  await pass(20_000);
  expect(asked).toBe(1);
  expect(read()).toMatchObject({ waiting: 1, mayGrade: { allowed: false, detail: 'Only the owner may grade.' } });
  read().grade(3);
  await settle();
  expect(read().waiting).toBe(1);
});

test('a phone that was refused once sends what waits as soon as the Mac says that it may', async () => {
  const log: string[] = [];
  const good = goodMac(5, log);
  let isRefused = true;
  const { read, pass } = await startedSession(async (url, init) => {
    if (!url.endsWith('/grades') || !isRefused) return good(url, init);
    isRefused = false;
    return { status: 403, body: { error: { code: 'not-owner', message: 'Nobody knows who this is.' } } };
  });
  read().grade(3);
  await pass(70_000);
  expect(log).toEqual(['1:3']);
  expect(read()).toMatchObject({ waiting: 0, mayGrade: { allowed: true } });
});

test('grades that stay pending keep no others from being sent, and no request has more than Lifeline takes', async () => {
  const disk = new Disk();
  await disk.write(Array.from({ length: 45 }, (_, nth) => entryOf(gradeOf(nth), { label: '', isHeld: false })));
  const sizes: number[] = [];
  const { read, pass } = await startedSession(
    async (url, init) => {
      if (url.startsWith('/api/review/hand')) return { body: handView([]) };
      sizes.push(gradesIn(init).length);
      const answers = gradesIn(init).map(({ gradeId, seq }) => ({ gradeId, answer: seq < 40 ? PENDING : APPLIED }));
      return { body: { ...gradesReply([], PENDING), answers } };
    },
    { disk },
  );
  await pass(20_000);
  expect(read()).toMatchObject({ waiting: 40, pendingWhy: 'Anki is busy.' });
  expect(Math.max(...sizes)).toBe(20);
  expect(disk.entries.filter(({ answer }) => answer === null)).toEqual([]);
});

test('where one card comes at a time a grade is sent once, and until it is known the session has no end', async () => {
  let posts = 0;
  const abilities = { undo: false, decks: false, counts: false, lookahead: false };
  const { read, pass } = await startedSession(async (url, init) => {
    if (url.startsWith('/api/review/hand')) {
      return { body: handView(cards(1), { gateway: { kind: 'review-server', abilities }, counts: null }) };
    }
    posts += 1;
    return { body: gradesReply(gradesIn(init), PENDING) };
  });
  read().grade(3);
  await pass(500);
  expect(posts).toBe(1);
  await pass(20_000);
  expect(read()).toMatchObject({ phase: 'loading', waiting: 1 });
});

test('one grade that Lifeline cannot take does not stop the others, and is told', async () => {
  const disk = new Disk();
  await disk.write([1, 2, 3].map((nth) => entryOf(gradeOf(nth), { label: `card ${nth}`, isHeld: false })));
  const { read, pass } = await startedSession(
    async (url, init) => {
      if (url.startsWith('/api/review/hand')) return { body: handView([]) };
      const isUnfit = gradesIn(init).some(({ seq }) => seq === 2);
      return isUnfit
        ? { status: 400, body: { error: { code: 'bad-request', message: 'grades[0] is wrong.' } } }
        : { body: gradesReply(gradesIn(init), APPLIED) };
    },
    { disk },
  );
  await pass(5_000);
  expect(read()).toMatchObject({
    waiting: 0,
    problems: [{ grade: { seq: 2 }, label: 'card 2', answer: { status: 'failed' }, isAnswerable: false }],
  });
});

test('what cannot be told yet is asked again until it is, and its card does not come meanwhile', async () => {
  let asked = 0;
  const { read, pass } = await startedSession(async (url, init) => {
    if (url.startsWith('/api/review/hand')) return { body: handView(cards(2)) };
    asked += 1;
    return { body: gradesReply(gradesIn(init), asked < 4 ? PENDING : APPLIED) };
  });
  read().grade(3);
  await pass(6_000);
  read().grade(3);
  await pass(2_000);
  expect(read().waiting).toBeGreaterThan(0);
  expect(read().shown).toBeNull();
  await pass(20_000);
  expect(read().waiting).toBe(0);
});

test('grades that wait are sent from another screen too, and no card is asked for', async () => {
  const disk = new Disk();
  await disk.write([1, 2].map((nth) => entryOf(gradeOf(nth), { label: `card ${nth}`, isHeld: nth === 2 })));
  const log: string[] = [];
  const { phone, pass } = scriptedPhone(goodMac(12, log), { disk });
  const store = createReviewStore(phone);
  void store.sendWaiting();
  await pass(7_000);
  expect(log).toEqual(['1:3', '2:3']);
  expect(store.read()).toMatchObject({ phase: 'loading', waiting: 0 });
});

test('what waited while the page was hidden is sent when it is seen again, on whichever screen', async () => {
  const disk = new Disk();
  await disk.write([entryOf(gradeOf(1), { label: '', isHeld: false })]);
  const log: string[] = [];
  const mac = goodMac(12, log);
  let isAway = true;
  const { phone, pass, state } = scriptedPhone(async (url, init) => (isAway ? 'unreachable' : mac(url, init)), {
    disk,
  });
  void createReviewStore(phone).sendWaiting();
  await pass(1_000);
  state.isVisible = false;
  await pass(120_000);
  isAway = false;
  state.isVisible = true;
  await pass(31_000);
  expect(log).toEqual(['1:3']);
});

test('the first time that a grade is stuck, another way to Anki is asked for at once', async () => {
  const asked: string[] = [];
  const { read, pass } = await startedSession(async (url, init) => {
    if (url.endsWith('/grades')) return { body: gradesReply(gradesIn(init), PENDING) };
    asked.push(url);
    return { body: handView(cards(12)) };
  });
  await pass(5_000);
  const before = asked.length;
  read().grade(3);
  await pass(6_100);
  expect(asked).toHaveLength(before + 1);
  await pass(20_000);
  expect(asked).toHaveLength(before + 1);
});

test('each request tells the time by the phone, by which its grades were given', async () => {
  const bodies: { sentAt: number; grades: { answeredAt: number }[] }[] = [];
  const good = goodMac();
  const { read, pass } = await startedSession(async (url, init) => {
    if (url.endsWith('/grades')) bodies.push(JSON.parse(String(init?.body)));
    return good(url, init);
  });
  read().grade(3);
  await pass(7_000);
  const [body] = bodies;
  expect((body?.sentAt ?? 0) - (body?.grades[0]?.answeredAt ?? 0)).toBe(6_000);
});
