import type { RequestFailure } from '#lib/client/request.ts';
import type { Grade } from '#lib/domain/review/grading.ts';
import type { Phone } from './phone.ts';
import type { Sent } from './send-grades.ts';
import type { SessionCore } from './session-core.ts';

/** Nothing of Lifeline answered: the Mac is away, asleep, or Lifeline is not running on it. */
export const isAway = ({ kind }: RequestFailure): boolean => kind === 'unreachable' || kind === 'not-running';

export type Taking = {
  readonly core: SessionCore;
  readonly phone: Phone;
  readonly isSameDeck: boolean;
  readonly grades: readonly Grade[];
};

/** Takes in what became of a request with these grades. */
export async function takeIn(sent: Sent, { core, phone, isSameDeck, grades }: Taking): Promise<void> {
  const at = phone.wall();
  switch (sent.kind) {
    case 'answered': {
      const { answers, next, counts } = sent.reply;
      const seen = isSameDeck ? { next, counts } : { next: null, counts: null };
      await core.dispatch({ type: 'answered', answers, ...seen, at });
      return;
    }
    case 'refused':
      await core.dispatch({ type: 'refused', detail: sent.detail });
      return;
    case 'unfit': {
      if (grades.length > 1) return;
      const answer = { status: 'failed' as const, detail: `Lifeline could not take it: ${sent.detail}` };
      const answers = grades.map(({ gradeId }) => ({ gradeId, answer }));
      await core.dispatch({ type: 'answered', answers, next: null, counts: null, at });
      return;
    }
    case 'failed':
      // A Mac that does not answer is told from where the cards come; anything else would go unnoticed.
      if (!isAway(sent.failure)) await core.dispatch({ type: 'noticed', notice: sent.failure.message });
  }
}
