import { type Outbox, unsettled } from '#lib/domain/review/outbox.ts';
import { phaseOf, undoableIn } from '#lib/domain/review/session.ts';
import type { SessionState } from '#lib/domain/review/session-state.ts';
import type { Actions } from './actions.ts';
import type { Problem, ReviewSession } from './session.ts';

/** The state as the screen needs it. */
export function sessionOf(state: SessionState, actions: Actions): ReviewSession {
  const { source, gateway, troubles, hint, silence, mayGrade, shown, counts, deck, startedAt, notice, outbox } = state;
  return {
    phase: phaseOf(state),
    ...{ source, gateway, troubles, hint, silence, mayGrade, shown, counts, deck, startedAt, notice },
    progress: { done: state.done, left: state.hand.length + (shown === null ? 0 : 1) },
    waiting: unsettled(outbox).length,
    pendingWhy: pendingWhyIn(outbox),
    problems: problemsIn(outbox),
    undoable: undoableIn(state),
    isDead: state.isDead || state.isBusy,
    ...actions,
  };
}

function pendingWhyIn(outbox: Outbox): string | null {
  const pending = outbox.find(({ stage }) => stage === 'pending')?.answer;
  return pending?.status === 'pending' ? pending.detail : null;
}

const problemsIn = (outbox: Outbox): Problem[] =>
  outbox.flatMap(({ grade, label, answer, isSeen, stage }) => {
    if (stage !== 'settled' || isSeen || answer === null) return [];
    if (answer.status === 'applied' || answer.status === 'pending' || answer.status === 'undone') return [];
    return [{ grade, label, answer, isAnswerable: answer.status === 'stale' }];
  });
