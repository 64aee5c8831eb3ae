import type { Problem } from '#lib/client/review/session.ts';
import type { HandView } from '#lib/contract/review.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import type { GatewayTrouble } from '#lib/domain/review/gateway.ts';
import type { Grade } from '#lib/domain/review/grading.ts';
import { MINUTE } from '#lib/domain/time.ts';

const STYLE =
  '<style>.card { font-family: system-ui; font-size: 30px; text-align: center } #answer { margin: 24px auto }</style>';

/** A card of a Spanish deck, due for review. */
export function sampleCard(told: Partial<ReviewCard> = {}): ReviewCard {
  return {
    cardId: 1_498_938_915_662,
    noteId: 1_498_938_915_661,
    deck: 'Languages::Spanish 1',
    noteType: 'Basic',
    ordinal: 0,
    question: `${STYLE}<div lang="es">el vaticinio</div>`,
    answer: `${STYLE}<div lang="es">el vaticinio</div><hr id="answer"><div>prophecy, prediction</div>`,
    buttons: [
      { ease: 1, next: '1m' },
      { ease: 2, next: '6m' },
      { ease: 3, next: '10m' },
      { ease: 4, next: '4d' },
    ],
    queue: 'review',
    dueAt: null,
    tags: [],
    guard: { revlogCount: 4, revlogMax: 1_763_000_000_000, reps: 4, mod: 1_763_000_000 },
    sounds: { question: [], answer: [] },
    looseSounds: [],
    typed: [],
    media: [],
    languages: { front: null, back: null },
    ...told,
  };
}

/** As many cards as there are words, each with its own front. */
export function sampleCards(words: readonly string[]): ReviewCard[] {
  return words.map((word, n) =>
    sampleCard({
      cardId: 1_498_938_915_662 + n,
      noteId: 1_498_938_900_000 + n,
      question: `${STYLE}<div lang="es">${word}</div>`,
      answer: `${STYLE}<div lang="es">${word}</div><hr id="answer"><div>the back of ${word}</div>`,
    }),
  );
}

/** What the first card of the hand asks. */
export const FRONT = 'el vaticinio';

/** A hand straight from Anki. */
export function sampleHand(told: Partial<HandView> = {}): HandView {
  return {
    gateway: { kind: 'anki-connect', abilities: { undo: true, decks: true, counts: true, lookahead: true } },
    troubles: [],
    deck: null,
    counts: { new: 3, learning: 2, review: 7 },
    cards: sampleCards([FRONT, 'la aldea', 'el tamaño', 'la pesadilla']),
    hint: null,
    mediaBase: null,
    mayGrade: { allowed: true, detail: null },
    servedAt: Date.now(),
    ...told,
  };
}

export const ANKI_CLOSED: GatewayTrouble = {
  code: 'unreachable',
  message: 'Nothing answers where AnkiConnect should.',
  remedy: 'Open Anki on the Mac.',
  command: 'open -a Anki',
};

export const SERVER_DOWN: GatewayTrouble = {
  code: 'unreachable',
  message: 'The review server does not answer.',
  remedy: null,
  command: null,
};

/** Nothing is due any more. */
export const sampleFinished = (): HandView => sampleHand({ cards: [], counts: { new: 0, learning: 2, review: 0 } });

/** Neither Anki nor the review server gives cards. */
export const sampleNoWay = (): HandView =>
  sampleHand({
    gateway: null,
    cards: [],
    counts: null,
    troubles: [
      { kind: 'anki-connect', trouble: ANKI_CLOSED },
      { kind: 'review-server', trouble: SERVER_DOWN },
    ],
  });

function sampleGrade(): Grade {
  const answeredAt = Date.UTC(2026, 10, 23, 14, 2);
  return {
    gradeId: '0199f3b2-7c00-7000-8000-000000000001',
    deviceId: 'phone',
    seq: 1,
    cardId: 1_498_938_915_662,
    ease: 3,
    shownAt: answeredAt - 9_000,
    answeredAt,
    msTaken: 9_000,
    guard: sampleCard().guard,
    deck: 'Languages::Spanish 1',
    wasLearning: false,
    source: 'anki-connect',
    insist: false,
  };
}

/** A grade that did not count as pressed. */
export function sampleProblem(told: Pick<Problem, 'answer'>): Problem {
  const grade = sampleGrade();
  const isStale = told.answer.status === 'stale';
  return {
    grade: { ...grade, shownAt: grade.answeredAt - MINUTE },
    label: 'el vaticinio',
    isAnswerable: isStale,
    ...told,
  };
}

/** The same through the review server, which can less, because the add-on is out of reach. */
export const handThroughServer = (): HandView =>
  sampleHand({
    gateway: { kind: 'review-server', abilities: { undo: false, decks: false, counts: false, lookahead: false } },
    troubles: [{ kind: 'anki-connect', trouble: ANKI_CLOSED }],
    counts: null,
    cards: sampleCards([FRONT]).map((card) => ({ ...card, guard: null, queue: null })),
  });
