import { EASE_WORDS } from '#lib/domain/review/card.ts';
import type { Grade } from '#lib/domain/review/grading.ts';
import type { Problem } from './session.ts';
import { some } from './words.ts';

export type OutcomeWords = { readonly title: string; readonly why: string };
type Told = Problem['answer'];

function conflictWords(why: Extract<Told, { status: 'conflict' }>['why'], { ease }: Grade): OutcomeWords {
  switch (why) {
    case 'reviewed':
      return {
        title: 'Not counted',
        why: 'The card was reviewed somewhere else after you saw it. That review stands.',
      };
    case 'another-card':
      return {
        title: 'Not counted',
        why: 'Anki showed another card by then, and the review server can only grade the one on Anki’s screen.',
      };
    case 'other-ease':
      return {
        title: 'Another answer was counted',
        why: `Anki’s log has another answer than ${EASE_WORDS[ease]} for this moment: somebody graded the card at the same time.`,
      };
    case 'twice':
      return {
        title: 'Counted twice',
        why: 'Anki’s log has two reviews where there should be one. In Anki, Edit › Undo takes back the newest.',
      };
  }
}

/** What became of a grade, in words. */
export function outcomeWords({ answer, grade }: Pick<Problem, 'answer' | 'grade'>): OutcomeWords {
  switch (answer.status) {
    case 'conflict':
      return conflictWords(answer.why, grade);
    case 'gone':
      return { title: 'Not counted', why: 'The card is not in the collection any more.' };
    case 'blocked':
      return {
        title: 'Not counted',
        why: `The card was ${answer.why} after you saw it, and grading it would bring it back.`,
      };
    case 'stale':
      return answer.why === 'learning'
        ? {
            title: 'Too late to count unasked',
            why: 'The card was in learning, and over half an hour passed before Anki could be told.',
          }
        : { title: 'Too late to count unasked', why: 'A new day began in Anki before it could be told.' };
    case 'failed':
      return { title: 'Not counted', why: answer.detail };
    case 'unproven':
      return { title: 'Perhaps counted', why: `${answer.detail} It is never sent again.` };
  }
}

const isCertain = ({ answer }: Pick<Problem, 'answer'>) =>
  answer.status !== 'unproven' &&
  !(answer.status === 'conflict' && (answer.why === 'twice' || answer.why === 'other-ease'));

/** The line that leads to the list of them. */
export function problemsLine(problems: readonly Pick<Problem, 'answer'>[]): string {
  const count = problems.length;
  if (problems.every(isCertain)) return `${some(count, 'grade')} ${count === 1 ? 'was' : 'were'} not counted`;
  return `${some(count, 'grade')} ${count === 1 ? 'needs' : 'need'} a look`;
}
