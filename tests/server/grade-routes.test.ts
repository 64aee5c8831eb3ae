import { describe, expect, test } from 'vitest';
import { POST as grades } from '#app/api/review/grades/route.ts';
import { GET as hand } from '#app/api/review/hand/route.ts';
import { GET as ledger } from '#app/api/review/ledger/route.ts';
import { POST as undo } from '#app/api/review/undo/route.ts';
import { errorSchema } from '#lib/contract/error.ts';
import { gradesReplySchema, type HandView, handSchema, ledgerSchema, undoReplySchema } from '#lib/contract/review.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import type { Grade } from '#lib/domain/review/grading.ts';
import { madeGrade } from '#tests/support/made-grade.ts';
import { CALLERS, reviewRequest, reviewServicesHere } from '#tests/support/review-services.ts';

const here = reviewServicesHere();
let nth = 0;

type Headers = Readonly<Record<string, string>>;
const LOCAL: Headers = CALLERS.local;
const ask = (path: string, headers = LOCAL) => reviewRequest(path, headers);
const post = (path: string, body: string | object, headers = LOCAL) => reviewRequest(path, headers, body);
const handOf = async (path = 'hand', headers = LOCAL): Promise<HandView> =>
  handSchema.parse(await (await hand(ask(path, headers))).json());
const errorOf = async (response: Response) => ({
  status: response.status,
  ...errorSchema.parse(await response.json()).error,
});

const gradeOf = (card: ReviewCard, told: Partial<Grade> = {}): Grade => {
  nth += 1;
  const { cardId, guard, deck } = card;
  return madeGrade(nth, { cardId, guard, deck, answeredAt: Date.now(), ...told });
};
const firstCard = async (): Promise<ReviewCard> => (await handOf()).cards[0] ?? expect.unreachable();
const rowsOf = (cardId: number) => here().anki.collection.revlog.of(cardId).length;

describe('grading', () => {
  test.each(['local', 'owner'] as const)('counts what %s presses, once, however often it is sent', async (who) => {
    const card = await firstCard();
    const before = rowsOf(card.cardId);
    const grade = gradeOf(card);
    const body = { deck: null, grades: [grade] };
    const [first, second] = [
      await grades(post('grades', body, CALLERS[who])),
      await grades(post('grades', body, CALLERS[who])),
    ];
    const replies = await Promise.all(
      [first, second].map(async (reply) => gradesReplySchema.parse(await reply.json())),
    );
    for (const { answers } of replies) {
      expect(answers).toMatchObject([
        { gradeId: grade.gradeId, answer: { status: 'applied', revlogId: expect.any(Number) } },
      ]);
    }
    expect(replies[0]?.answers).toEqual(replies[1]?.answers);
    expect(rowsOf(card.cardId)).toBe(before + 1);
    const told = ledgerSchema.parse(await (await ledger(ask('ledger?limit=1'))).json());
    expect(told.entries).toMatchObject([{ gradeId: grade.gradeId, ease: 3, answer: { status: 'applied' } }]);
  });

  test.each(['stranger', 'impostor'] as const)('counts nothing of %s, who reads why', async (who) => {
    const card = await firstCard();
    const before = rowsOf(card.cardId);
    for (const answer of [
      await grades(post('grades', { deck: null, grades: [gradeOf(card)] }, CALLERS[who])),
      await undo(post('undo', { gradeId: gradeOf(card).gradeId }, CALLERS[who])),
    ]) {
      const { status, code, message } = await errorOf(answer);
      expect([status, code]).toEqual([403, 'not-owner']);
      expect(message).toContain('may grade cards');
    }
    expect(rowsOf(card.cardId)).toBe(before);
  });

  test.each<[string, (grade: Grade) => unknown]>([
    ['no JSON', () => '{'],
    ['nothing', () => ''],
    ['no grade', () => ({ deck: null, grades: [] })],
    ['no deck', (grade) => ({ grades: [grade] })],
    ['a list', (grade) => [grade]],
    ['21 grades', (grade) => ({ deck: null, grades: Array.from({ length: 21 }, () => grade) })],
    ['an ease of 5', (grade) => ({ deck: null, grades: [{ ...grade, ease: 5 }] })],
    ['an ease in words', (grade) => ({ deck: null, grades: [{ ...grade, ease: 'good' }] })],
    ['another kind of id', (grade) => ({ deck: null, grades: [{ ...grade, gradeId: 'a'.repeat(36) }] })],
    ['a card of no number', (grade) => ({ deck: null, grades: [{ ...grade, cardId: -1 }] })],
    ['something more', (grade) => ({ deck: null, grades: [{ ...grade, action: 'deleteDecks' }] })],
    ['something more beside', (grade) => ({ deck: null, grades: [grade], key: 'x' })],
    ['an endless deck', (grade) => ({ deck: 'x'.repeat(1_001), grades: [grade] })],
    ['a half bad batch', (grade) => ({ deck: null, grades: [grade, { ...grade, seq: -1 }] })],
  ])('counts nothing of a body with %s', async (_, bodyOf) => {
    const card = await firstCard();
    const before = rowsOf(card.cardId);
    const body = bodyOf(gradeOf(card));
    const answer = await grades(post('grades', typeof body === 'string' ? body : (body ?? '')));
    expect(await errorOf(answer)).toMatchObject({ status: 400, code: 'bad-body' });
    expect(rowsOf(card.cardId)).toBe(before);
  });

  test('reads no further than its limit, whatever a body says of its length', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 10_000;
        controller.enqueue(new Uint8Array(10_000).fill(32));
      },
    });
    const request = new Request('http://127.0.0.1:3000/api/review/grades', {
      method: 'POST',
      headers: { ...LOCAL, 'content-type': 'application/json', 'content-length': '2' },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(await errorOf(await grades(request))).toMatchObject({ status: 413, code: 'too-large' });
    expect(sent).toBeLessThan(200_000);
  });

  test('a phone whose clock is wrong is set right by when it says that it sent its grades', async () => {
    const card = await firstCard();
    const by = Date.now() - 31 * 60_000;
    const grade = gradeOf(card, { wasLearning: true, shownAt: by - 6_000, answeredAt: by - 2_000 });
    const body = { deck: null, grades: [grade], sentAt: by };
    const reply = gradesReplySchema.parse(await (await grades(post('grades', body))).json());
    expect(reply.answers).toMatchObject([{ answer: { status: 'applied' } }]);
  });

  test('a card that was reviewed at the Mac meanwhile is not graded, and the ledger says so', async () => {
    const card = await firstCard();
    const [first, late] = [gradeOf(card), gradeOf(card)];
    await grades(post('grades', { deck: null, grades: [first] }));
    const reply = gradesReplySchema.parse(await (await grades(post('grades', { deck: null, grades: [late] }))).json());
    expect(reply.answers).toMatchObject([{ answer: { status: 'conflict', why: 'reviewed' } }]);
  });

  test('with Anki closed a grade is kept, and told to be pending', async () => {
    const card = await firstCard();
    await here().anki.stop();
    const body = { deck: null, grades: [gradeOf(card)] };
    const reply = gradesReplySchema.parse(await (await grades(post('grades', body))).json());
    expect(reply.answers).toMatchObject([{ answer: { status: 'pending' } }]);
    await here().anki.start();
    const again = gradesReplySchema.parse(await (await grades(post('grades', body))).json());
    expect(again.answers).toMatchObject([{ answer: { status: 'applied' } }]);
  });
});

describe('undo', () => {
  test('takes a grade back that was counted, and the card is as it was', async () => {
    const card = await firstCard();
    const before = rowsOf(card.cardId);
    const grade = gradeOf(card);
    await grades(post('grades', { deck: null, grades: [grade] }));
    const reply = await undo(post('undo', { gradeId: grade.gradeId }));
    expect(undoReplySchema.parse(await reply.json())).toMatchObject({
      gradeId: grade.gradeId,
      answer: { status: 'undone' },
      card: { cardId: card.cardId },
    });
    expect(rowsOf(card.cardId)).toBe(before);
    const again = gradesReplySchema.parse(await (await grades(post('grades', { deck: null, grades: [grade] }))).json());
    expect(again.answers).toMatchObject([{ answer: { status: 'undone' } }]);
    expect(rowsOf(card.cardId)).toBe(before);
  });

  test('what is not the newest review stays, with the reason', async () => {
    const { cards } = await handOf();
    const [one, other] = [cards[0] ?? expect.unreachable(), cards[1] ?? expect.unreachable()];
    const grade = gradeOf(one);
    await grades(post('grades', { deck: null, grades: [grade] }));
    await grades(post('grades', { deck: null, grades: [gradeOf(other)] }));
    const { status, code, message } = await errorOf(await undo(post('undo', { gradeId: grade.gradeId })));
    expect([status, code]).toEqual([409, 'not-undone']);
    expect(message).toMatch(/^[A-Z].*\.$/);
  });

  test('a grade that nobody knows is said to be unknown', async () => {
    const unknown = madeGrade(999_999).gradeId;
    expect(await errorOf(await undo(post('undo', { gradeId: unknown })))).toMatchObject({
      status: 404,
      code: 'no-such-grade',
    });
    expect(await errorOf(await undo(post('undo', { gradeId: 'x' })))).toMatchObject({ status: 400, code: 'bad-body' });
  });
});
