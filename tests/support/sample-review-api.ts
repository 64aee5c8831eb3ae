import { expect, type Page, type Route } from '@playwright/test';
import type * as z from 'zod/mini';
import {
  type ActivityView,
  type DecksView,
  type GradesReply,
  gradesRequestSchema,
  type HandView,
  type undoReplySchema,
} from '#lib/contract/review.ts';
import type { Answered, Grade } from '#lib/domain/review/grading.ts';
import { expectAwake, type ReviewPage, reviewPage } from './review-session.ts';
import { answerWithSamples, type Refused, type SampleApi, sampleDue } from './sample-api.ts';
import { FRONT, sampleHand } from './sample-review.ts';

type Answer<T> = T | Refused | 'hangs' | 'fails';

/** Answers of the review's routes, asked for at each request, so that a test can change its mind. */
export type SampleReviewApi = SampleApi & {
  readonly hand?: () => Answer<HandView>;
  readonly decks?: () => Answer<DecksView>;
  readonly activity?: () => Answer<ActivityView>;
  /** Everything is counted unless told otherwise. */
  readonly grades?: (grades: readonly Grade[]) => Answer<GradesReply>;
  readonly undo?: () => Answer<z.infer<typeof undoReplySchema>>;
};

async function answer(route: Route, body: Answer<object>): Promise<void> {
  if (body === 'hangs') return;
  if (body === 'fails') return route.abort('connectionrefused');
  if ('message' in body) {
    const { status, ...error } = body;
    return route.fulfill({ status, json: { error } });
  }
  return route.fulfill({ json: body });
}

/** What a Mac answers where all goes well. */
export function allCounted(grades: readonly Grade[]): GradesReply {
  return {
    answers: grades.map(({ gradeId, answeredAt }) => ({
      gradeId,
      answer: { status: 'applied', revlogId: answeredAt },
    })),
    next: null,
    counts: null,
    mediaBase: null,
  };
}

/** A Mac on which every grade ends like this. */
export const notCounted = (outcome: Answered): SampleReviewApi => ({
  grades: (grades) => ({
    ...allCounted(grades),
    answers: grades.map(({ gradeId }) => ({ gradeId, answer: outcome })),
  }),
});

const DAYS: ActivityView = { days: [{ day: '2026-11-22', reviews: 31 }] };

/** Answers what `/review` asks with samples instead of the running app; the card's frame is the app's own. */
async function answerReviewWithSamples(page: Page, api: SampleReviewApi = {}): Promise<void> {
  await answerWithSamples(page, api);
  const { hand, decks, due, activity, grades, undo } = api;
  await page.route('**/api/review/hand?*', (route) => answer(route, hand?.() ?? sampleHand()));
  await page.route('**/api/review/decks', (route) => answer(route, decks?.() ?? { decks: [] }));
  await page.route('**/api/review/due', (route) =>
    answer(route, due?.() ?? sampleDue({ counts: sampleHand().counts })),
  );
  await page.route('**/api/review/activity', (route) => answer(route, activity?.() ?? DAYS));
  await page.route('**/api/review/grades', (route) => {
    const sent = gradesRequestSchema.parse(route.request().postDataJSON()).grades;
    return answer(route, grades?.(sent) ?? allCounted(sent));
  });
  await page.route('**/api/review/undo', (route) =>
    answer(route, undo?.() ?? { status: 409, code: 'conflict', message: 'Something else was done in Anki since.' }),
  );
}

/** Opens `/review` on samples. */
export async function openWithSamples(page: Page, api: SampleReviewApi = {}): Promise<ReviewPage> {
  await answerReviewWithSamples(page, api);
  await page.goto('/review');
  return reviewPage(page);
}

/** The same with the first card there; from then on a press is meant for it. */
export async function openCard(page: Page, api: SampleReviewApi = {}): Promise<ReviewPage> {
  const review = await openWithSamples(page, api);
  await expect(review.card).toContainText(FRONT);
  await expectAwake(review);
  return review;
}
