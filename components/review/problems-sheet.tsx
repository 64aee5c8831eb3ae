'use client';

import { Card } from '#components/ui/card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { clockText } from '#lib/client/clock-text.ts';
import { useNow } from '#lib/client/now.ts';
import { outcomeWords } from '#lib/client/review/outcome-words.ts';
import type { Problem, ReviewSession } from '#lib/client/review/session.ts';
import { EASE_WORDS } from '#lib/domain/review/card.ts';

type Acts = Pick<ReviewSession, 'dismiss' | 'insist'>;

const ACTION = 'min-h-11 font-semibold text-accent active:opacity-70';

/** The row goes with what was pressed in it: the focus moves on before that, to the next row or else to what closes the sheet. */
function moveOn({ currentTarget }: React.MouseEvent): void {
  const row = currentTarget.closest('li');
  const next = row?.nextElementSibling ?? row?.previousElementSibling ?? row?.closest('dialog');
  next?.querySelector('button')?.focus();
}

function ProblemRow({ problem, dismiss, insist }: Acts & { readonly problem: Problem }) {
  const now = useNow();
  const { grade, label, isAnswerable } = problem;
  const { title, why } = outcomeWords(problem);
  return (
    <li className="border-t border-hair py-3 first:border-0 last:pb-0">
      <h3 className="font-semibold break-words">{label}</h3>
      <p className="text-note text-dim">
        You pressed {EASE_WORDS[grade.ease]} · {clockText(grade.answeredAt, now)}
      </p>
      <p className="mt-1.5 text-[15px]">
        <strong className="font-semibold">{title}.</strong> {why}
      </p>
      <div className="flex gap-6">
        <button
          type="button"
          onClick={(event) => {
            moveOn(event);
            dismiss(grade.gradeId);
          }}
          className={ACTION}
        >
          Dismiss<span className="sr-only"> {label}</span>
        </button>
        {isAnswerable ? (
          <button
            type="button"
            onClick={(event) => {
              moveOn(event);
              insist(grade.gradeId);
            }}
            className={ACTION}
          >
            Count it anyway<span className="sr-only">: {label}</span>
          </button>
        ) : null}
      </div>
    </li>
  );
}

type ProblemsSheetProps = Acts & { readonly problems: readonly Problem[]; readonly onClose: () => void };

/** Every grade that did not count as pressed: which, why, and what can be done. Nothing of it goes away by itself. */
export function ProblemsSheet({ problems, onClose, ...acts }: ProblemsSheetProps) {
  return (
    <Sheet title="Grades to look at" onClose={onClose}>
      <Card>
        {problems.length === 0 ? (
          <p className="text-[15px] text-dim">All seen. Nothing else is open.</p>
        ) : (
          <ul>
            {problems.map((problem) => (
              <ProblemRow key={problem.grade.gradeId} problem={problem} {...acts} />
            ))}
          </ul>
        )}
      </Card>
    </Sheet>
  );
}
