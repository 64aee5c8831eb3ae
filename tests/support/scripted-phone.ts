import { type Reply, RequestFailure } from '#lib/client/request.ts';
import type { GradeShelf } from '#lib/client/review/grade-shelf.ts';
import type { KeptHandShelf } from '#lib/client/review/kept-hand.ts';
import type { Phone } from '#lib/client/review/phone.ts';
import { createReviewStore } from '#lib/client/review/review-store.ts';
import type { GradesReply, HandView } from '#lib/contract/review.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import type { Answered, Grade } from '#lib/domain/review/grading.ts';
import { merge, type Outbox } from '#lib/domain/review/outbox.ts';
import { cardOf } from './made-grades.ts';

/** What a Mac answers to one request: a body with its status, or a failure to throw; a promise may take its time. */
export type Script = (url: string, init?: RequestInit) => Promise<{ status?: number; body: unknown } | 'unreachable'>;

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  for (let turns = 0; turns < 50; turns += 1) await Promise.resolve();
}

export const handView = (cards: readonly ReviewCard[], change: Partial<HandView> = {}): HandView => ({
  gateway: { kind: 'anki-connect', abilities: { undo: true, decks: true, counts: true, lookahead: true } },
  troubles: [],
  deck: null,
  counts: { new: 0, learning: 0, review: cards.length },
  cards: [...cards],
  hint: null,
  mediaBase: '/api/review/media/token/',
  mayGrade: { allowed: true, detail: null },
  servedAt: 0,
  ...change,
});

export const gradesReply = (grades: readonly Grade[], answer: Answered, change: Partial<GradesReply> = {}) => ({
  answers: grades.map(({ gradeId }) => ({ gradeId, answer })),
  next: null,
  counts: null,
  mediaBase: null,
  ...change,
});

/** The grades that a request carries. */
export const gradesIn = (init?: RequestInit): readonly Grade[] => JSON.parse(String(init?.body)).grades;

/** A disk that outlives the phone's pages. `refuses`: writes nothing from now on. */
export class Disk implements GradeShelf {
  entries: Outbox = [];
  refuses = false;
  readonly journal = () => this.entries;
  readonly database = async () => this.entries;
  readonly rest = () => {};
  readonly write = async (entries: Outbox) => {
    if (this.refuses) return false;
    this.entries = merge(this.entries, entries);
    return true;
  };
  readonly remove = async (gradeIds: readonly string[]) => {
    this.entries = this.entries.filter(({ grade }) => !gradeIds.includes(grade.gradeId));
  };
}

/** A phone with scripted time, network and storage. */
export function scriptedPhone(script: Script, { disk = new Disk(), kept = [] as readonly ReviewCard[] } = {}) {
  let now = 0;
  let skew = 1_795_413_731_000;
  const timers = new Set<{ at: number; then: () => void }>();
  const state = { isVisible: true, persisted: 0, told: [] as Outbox[], dropped: [] as number[] };
  const shelf: KeptHandShelf = {
    cards: async () => kept,
    keep: async () => {},
    drop: async (cardId) => void state.dropped.push(cardId),
    files: async (names) =>
      Object.fromEntries(names.map((name) => [name, { bytes: new ArrayBuffer(1), type: 'image/png' }])),
    rest: () => {},
  };
  const ask = async (url: string, _timeoutMs: number, init?: RequestInit): Promise<Reply> => {
    const answer = await script(url, init);
    if (answer === 'unreachable') throw new RequestFailure('unreachable', 'No answer came from the Mac.');
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    return { status: answer.status ?? 200, body, receivedAt: now + skew };
  };
  const phone: Phone = {
    ask,
    grades: disk,
    kept: shelf,
    wall: () => now + skew,
    mono: () => now,
    later: (ms, then) => {
      const timer = { at: now + ms, then };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    isVisible: () => state.isVisible,
    alone: (work) => work(),
    tell: (entries) => void state.told.push(entries),
    persist: () => {
      state.persisted += 1;
    },
    keepsNewCards: () => false,
  };
  const pass = async (ms: number) => {
    const end = now + ms;
    await settle();
    for (;;) {
      const next = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.then();
      await settle();
    }
    now = end;
    await settle();
  };
  return {
    phone,
    disk,
    state,
    pass,
    /** Sets the phone's clock forward or back, as the person or the network does. */
    jump: (ms: number) => {
      skew += ms;
    },
  };
}

export const APPLIED = { status: 'applied', revlogId: 7 } as const;

/** A Mac with so many cards that counts whatever it is sent, and logs it as `1:3 2:4`, a line for each request. */
export const goodMac =
  (count = 12, log: string[] = []): Script =>
  async (url, init) => {
    if (url.startsWith('/api/review/hand')) return { body: handView(cards(count)) };
    const grades = gradesIn(init);
    log.push(grades.map(({ cardId, ease }) => `${cardId}:${ease}`).join(' '));
    return { body: gradesReply(grades, APPLIED) };
  };

/** The cards 1, 2, 3 and so on. */
export const cards = (count: number): readonly ReviewCard[] =>
  Array.from({ length: count }, (_, nth) => cardOf(nth + 1));

/** Longer than the dead time after a card appears. */
export const DEAD = 250;

/** A session on such a phone, on for a moment. */
export async function startedSession(script: Script, options: Parameters<typeof scriptedPhone>[1] = {}) {
  const scripted = scriptedPhone(script, options);
  const store = createReviewStore(scripted.phone);
  store.start();
  await scripted.pass(DEAD);
  return { ...scripted, store, read: store.read };
}
