import { DAY, type EpochMs } from '#lib/domain/time.ts';
import type { Answered, Grade } from './grading.ts';

/**
 * How far a grade has come. held: pressed a moment ago, and taken back without anybody noticing. waiting: to be sent, perhaps
 * sent without an answer. pending: Lifeline has it and cannot tell yet what became of it. settled: for ever.
 */
export const STAGES = ['held', 'waiting', 'pending', 'settled'] as const;
export type Stage = (typeof STAGES)[number];

export type OutboxEntry = {
  readonly grade: Grade;
  /** What the front of the card says, cut short. */
  readonly label: string;
  readonly stage: Stage;
  /** The newest word of Lifeline; null while there is none. A settled entry without one was taken back before it was sent. */
  readonly answer: Answered | null;
  readonly settledAt: EpochMs | null;
  /** The person knows what became of it, or it became what they pressed. */
  readonly isSeen: boolean;
};

/** The grades of this phone, in the order they were pressed, each once. */
export type Outbox = readonly OutboxEntry[];

/** Lifeline takes no more in one request. */
export const BATCH = 20;
/** For so long an outdated copy of a settled grade is known to be one. */
export const REMEMBERED_MS = DAY;

/** A new entry, held back or not. */
export const entryOf = (grade: Grade, { label, isHeld }: { label: string; isHeld: boolean }): OutboxEntry => ({
  grade,
  label,
  stage: isHeld ? 'held' : 'waiting',
  answer: null,
  settledAt: null,
  isSeen: false,
});

/** Takes a press. What was held until now is held no longer; a press that is there already changes nothing. */
export function press(outbox: Outbox, entry: OutboxEntry): Outbox {
  if (entryIn(outbox, entry.grade.gradeId) !== undefined) return outbox;
  return [...release(outbox), entry].toSorted(byPress);
}

/** Lets a held grade go, or all of them. */
export const release = (outbox: Outbox, gradeId?: string): Outbox =>
  change(outbox, (entry) =>
    entry.stage === 'held' && (gradeId ?? entry.grade.gradeId) === entry.grade.gradeId
      ? { ...entry, stage: 'waiting' }
      : entry,
  );

/** Takes a grade back that is still held. One that was let go stays. */
export const takeBack = (outbox: Outbox, gradeId: string, at: EpochMs): Outbox =>
  change(outbox, (entry) =>
    entry.grade.gradeId === gradeId && entry.stage === 'held' ? settled(entry, { told: null, at }) : entry,
  );

/**
 * Takes Lifeline's word on a grade. It stands for ever, but that a counted grade may be undone later. One that was taken back
 * here and was sent all the same, by another window, is what Lifeline says of it.
 */
export const answer = (outbox: Outbox, gradeId: string, news: { told: Answered; at: EpochMs }): Outbox =>
  change(outbox, (entry) => {
    if (entry.grade.gradeId !== gradeId) return entry;
    const isOpen = entry.stage !== 'settled' || entry.answer === null;
    if (isOpen && news.told.status === 'pending') {
      return { ...entry, stage: 'pending', answer: news.told, settledAt: null, isSeen: false };
    }
    const next = settled(entry, news);
    return news.told.status === 'pending' || progress(next) <= progress(entry) ? entry : next;
  });

/** Notes that the person knows what became of a settled grade. */
export const see = (outbox: Outbox, gradeId: string): Outbox =>
  change(outbox, (entry) =>
    entry.grade.gradeId === gradeId && entry.stage === 'settled' && !entry.isSeen ? { ...entry, isSeen: true } : entry,
  );

/** Both together, of each grade what is known of it best: an outdated copy takes nothing back. */
export function merge(outbox: Outbox, other: Outbox): Outbox {
  const known = new Map(outbox.map((entry) => [entry.grade.gradeId, entry]));
  for (const entry of other) {
    const before = known.get(entry.grade.gradeId);
    known.set(entry.grade.gradeId, before === undefined ? entry : betterOf(before, entry));
  }
  const merged = [...known.values()].toSorted(byPress);
  return merged.length === outbox.length && merged.every((entry, at) => entry === outbox[at]) ? outbox : merged;
}

/** Without those that are settled, seen and old. */
export const forget = (outbox: Outbox, now: EpochMs): Outbox =>
  outbox.filter(({ isSeen, settledAt }) => !isSeen || settledAt === null || now - settledAt < REMEMBERED_MS);

/** What to send now, in order: of each card the oldest that is not settled, unless it is held. */
export function toSend(outbox: Outbox): readonly Grade[] {
  const oldest = new Map<number, OutboxEntry>();
  for (const entry of outbox) {
    if (entry.stage !== 'settled' && !oldest.has(entry.grade.cardId)) oldest.set(entry.grade.cardId, entry);
  }
  return [...oldest.values()].filter(({ stage }) => stage !== 'held').map(({ grade }) => grade);
}

/** Whether a grade of this card is on its way: until it is settled nobody knows what the card is like. */
export const isOnItsWay = (outbox: Outbox, cardId: number): boolean =>
  outbox.some(({ grade, stage }) => grade.cardId === cardId && stage !== 'settled');

/** Those of which Anki has not confirmed what became of them. */
export const unsettled = (outbox: Outbox): Outbox => outbox.filter(({ stage }) => stage !== 'settled');

export const entryIn = (outbox: Outbox, gradeId: string): OutboxEntry | undefined =>
  outbox.find(({ grade }) => grade.gradeId === gradeId);

const settled = (entry: OutboxEntry, { told, at }: { told: Answered | null; at: EpochMs }): OutboxEntry => ({
  ...entry,
  stage: 'settled',
  answer: told,
  settledAt: at,
  isSeen: told === null || told.status === 'applied' || told.status === 'undone',
});

/** Grows with every step that a grade can take. */
function progress({ stage, answer: told }: OutboxEntry): number {
  if (stage !== 'settled') return STAGES.indexOf(stage);
  // What Lifeline has is not taken back here.
  if (told === null) return STAGES.indexOf('pending') - 0.5;
  return told.status === 'undone' ? STAGES.length + 1 : STAGES.length;
}

function betterOf(one: OutboxEntry, other: OutboxEntry): OutboxEntry {
  const ahead = progress(other) - progress(one);
  if (ahead !== 0) return ahead > 0 ? other : one;
  return other.isSeen && !one.isSeen ? { ...one, isSeen: true } : one;
}

function byPress({ grade: one }: OutboxEntry, { grade: other }: OutboxEntry): number {
  return one.seq - other.seq || (one.gradeId < other.gradeId ? -1 : Number(one.gradeId > other.gradeId));
}

/** The same list where nothing changed, so that a glance tells. */
function change(outbox: Outbox, step: (entry: OutboxEntry) => OutboxEntry): Outbox {
  const next = outbox.map(step);
  return next.every((entry, at) => entry === outbox[at]) ? outbox : next;
}
