import { DAY, MINUTE, SECOND } from '#lib/domain/time.ts';
import { type Collection, today } from './anki-collection.ts';
import { intervalText } from './anki-interval.ts';
import { type Card, QUEUE, TYPE } from './anki-model.ts';

/** What a card becomes by one of the four answers. */
export type NextState = {
  readonly becomes: Pick<Card, 'type' | 'queue' | 'due' | 'interval' | 'factor' | 'left' | 'lapses'>;
  /** As Anki writes it, with its isolates. */
  readonly label: string;
  /** For the log: days, or negative seconds. */
  readonly ivl: number;
};

const GRADUATES_AT = 1;
const EASY_AT = 4;
const START_FACTOR = 2_500;
const LOWEST_FACTOR = 1_300;

/** The four states that follow, by Anki's default preset (steps of 1 and 10 min) without fuzz. */
export function nextStates(collection: Collection, card: Card): readonly NextState[] {
  if (isPreviewed(collection, card)) return previews(collection, card);
  if (card.type === TYPE.review) return afterReview(collection, card);
  return inLearning(collection, card);
}

export const isPreviewed = ({ decks }: Collection, card: Card): boolean =>
  card.homeDeckId !== 0 && decks.get(card.deckId)?.filtered === 'preview';

/** What the backend compares before it takes an answer from the reviewer. A moment in learning is not part of it. */
export function stateOf(card: Card): string {
  const { type, interval, factor, left, lapses } = card;
  const when = type === TYPE.learning || type === TYPE.relearning ? null : card.due;
  return JSON.stringify([type, interval, factor, left, lapses, when]);
}

function inLearning(collection: Collection, card: Card): readonly NextState[] {
  const isRelearning = card.type === TYPE.relearning;
  const step = (ms: number, left: number) => learningState(collection, card, { ms, left });
  const graduate = (days: number) =>
    reviewState(collection, card, { days, factor: isRelearning ? card.factor : START_FACTOR });
  if (isRelearning) {
    const days = Math.max(1, card.interval);
    return [step(10 * MINUTE, 1), step(15 * MINUTE, 1), graduate(days), graduate(days + 1)];
  }
  const isFirst = card.type === TYPE.new || card.left > 1;
  return isFirst
    ? [step(MINUTE, 2), step(5.5 * MINUTE, 2), step(10 * MINUTE, 1), graduate(EASY_AT)]
    : [step(MINUTE, 2), step(10 * MINUTE, 1), graduate(GRADUATES_AT), graduate(EASY_AT)];
}

function afterReview(collection: Collection, card: Card): readonly NextState[] {
  const lateDays = Math.max(0, today(collection) - card.due);
  const ease = card.factor / 1_000;
  const hard = Math.max(card.interval + 1, Math.round(card.interval * 1.2));
  const good = Math.max(hard + 1, Math.round((card.interval + lateDays / 2) * ease));
  const easy = Math.max(good + 1, Math.round((card.interval + lateDays) * ease * 1.3));
  const factor = (change: number) => Math.max(LOWEST_FACTOR, card.factor + change);
  const lapsed = { ...card, type: TYPE.relearning, factor: factor(-200), lapses: card.lapses + 1, interval: 1 };
  return [
    learningState(collection, lapsed, { ms: 10 * MINUTE, left: 1 }),
    reviewState(collection, card, { days: hard, factor: factor(-150) }),
    reviewState(collection, card, { days: good, factor: card.factor }),
    reviewState(collection, card, { days: easy, factor: factor(150) }),
  ];
}

function learningState({ now }: Collection, card: Card, { ms, left }: { ms: number; left: number }): NextState {
  const type = card.type === TYPE.relearning ? TYPE.relearning : TYPE.learning;
  const { interval, factor, lapses } = card;
  const due = Math.floor((now() + ms) / SECOND);
  const becomes = { type, queue: QUEUE.learning, due, interval, factor, left, lapses };
  return { becomes, label: intervalText(ms), ivl: -ms / SECOND };
}

function reviewState(
  collection: Collection,
  card: Card,
  { days, factor }: { days: number; factor: number },
): NextState {
  const due = today(collection) + days;
  const becomes = { type: TYPE.review, queue: QUEUE.review, due, interval: days, factor, left: 0, lapses: card.lapses };
  return { becomes, label: intervalText(days * DAY), ivl: days };
}

/** Looking at a card changes nothing of its schedule: it comes again, or goes home. */
function previews({ now }: Collection, card: Card): readonly NextState[] {
  const { type, homeDue: due, interval, factor, left, lapses } = card;
  const again = (ms: number): NextState => ({
    becomes: { type, queue: QUEUE.preview, due: Math.floor((now() + ms) / SECOND), interval, factor, left, lapses },
    label: intervalText(ms),
    ivl: -ms / SECOND,
  });
  const queue = type === TYPE.review ? QUEUE.review : QUEUE.new;
  const home = { becomes: { type, queue, due, interval, factor, left, lapses }, label: '(end)', ivl: interval };
  return [again(MINUTE), again(10 * MINUTE), again(15 * MINUTE), home];
}
