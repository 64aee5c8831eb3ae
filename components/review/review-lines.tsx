'use client';

import { problemsLine } from '#lib/client/review/outcome-words.ts';
import type { ReviewSession } from '#lib/client/review/session.ts';

const LINE =
  'mt-2 flex w-full min-h-11 items-center justify-between gap-3 rounded-[14px] bg-card px-3.5 text-left text-[15px]';

type ReviewLinesProps = Pick<ReviewSession, 'hint' | 'problems' | 'notice'> & {
  readonly serverBack: { readonly text: string | null; readonly seen: () => void };
  readonly onHint: () => void;
  readonly onProblems: () => void;
};

/** What needs to be known while reviewing, a line each; none most of the time. */
export function ReviewLines({ hint, problems, notice, serverBack, onHint, onProblems }: ReviewLinesProps) {
  return (
    <div className="flex-none">
      {hint === null ? null : (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={onHint}
          className="appear mx-auto block min-h-11 px-3 text-note text-accent active:opacity-70"
        >
          Anki answers slowly<span aria-hidden="true"> ›</span>
        </button>
      )}
      <div role="status">
        {problems.length === 0 ? null : (
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={onProblems}
            className={`${LINE} appear active:opacity-70`}
          >
            <span>
              <span aria-hidden="true" className="font-bold text-degraded">
                !{' '}
              </span>
              {problemsLine(problems)}
            </span>
            <span aria-hidden="true" className="text-accent">
              ›
            </span>
          </button>
        )}
      </div>
      <div role="status">{notice === null ? null : <p className={`${LINE} appear py-2.5`}>{notice}</p>}</div>
      <div role="status">
        {serverBack.text === null ? null : (
          <div className={`${LINE} appear pr-1`}>
            <p className="py-2">{serverBack.text}</p>
            <button
              type="button"
              onClick={serverBack.seen}
              className="min-h-11 flex-none px-2.5 font-semibold text-accent"
            >
              OK
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
