'use client';

import { useNow } from '#lib/client/now.ts';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { placeText, stopwatchText } from '#lib/client/review/words.ts';
import { EASE_WORDS } from '#lib/domain/review/card.ts';

const QUIET = 'min-h-11 touch-manipulation rounded-[10px] px-2 text-left text-note active:opacity-70';

type UndoProps = Pick<ReviewSession, 'undoable' | 'undo'>;

/** There only while something can be taken back. */
function Undo({ undoable, undo }: UndoProps) {
  if (undoable === null) return <span />;
  return (
    <button type="button" onClick={undo} className={`${QUIET} justify-self-start text-accent`}>
      <span aria-hidden="true">↶ </span>Undo “{EASE_WORDS[undoable.ease]}”
    </button>
  );
}

/** Time goes on in here, so that the rest of the screen need not. */
function Elapsed({ startedAt }: { readonly startedAt: number }) {
  const now = useNow();
  return now === 0 ? null : <span> · {stopwatchText(now - startedAt)}</span>;
}

type PlaceProps = Pick<
  ReviewSession,
  'phase' | 'source' | 'progress' | 'counts' | 'startedAt' | 'waiting' | 'pendingWhy' | 'undoable'
> & {
  readonly onOpen: () => void;
};

function placeWords({
  phase,
  progress,
  ...known
}: Pick<PlaceProps, 'phase' | 'source' | 'progress' | 'counts'>): string {
  if (phase === 'card') return placeText(progress.done, progress.left, known);
  return progress.done === 0 ? 'Progress' : `${progress.done} done`;
}

/** How far the session is, and what is still to be sent; leads to what it came to. */
function Place({ phase, source, progress, counts, startedAt, waiting, pendingWhy, undoable, onOpen }: PlaceProps) {
  const unsettled = waiting - (undoable?.isHeld ? 1 : 0);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onOpen}
      className={`${QUIET} flex flex-col items-center justify-center leading-tight text-dim`}
    >
      <span className="sr-only">Progress: {progress.done} done.</span>
      <span aria-hidden="true">
        {placeWords({ phase, source, progress, counts })}
        {startedAt === null || phase !== 'card' ? null : <Elapsed startedAt={startedAt} />}
      </span>
      {unsettled > 0 ? (
        <span className="appear-late font-semibold text-degraded">
          {unsettled} {pendingWhy === null ? 'to send' : 'to count'}
        </span>
      ) : null}
    </button>
  );
}

type ReviewFootProps = UndoProps & PlaceProps & { readonly children: React.ReactNode };

/** Below the answers: undo, the place in the session, and what reads aloud. */
export function ReviewFoot({ children, ...props }: ReviewFootProps) {
  return (
    <footer className="-mx-2 grid min-h-11 flex-none grid-cols-[1fr_auto_1fr] items-center">
      <Undo undoable={props.undoable} undo={props.undo} />
      <Place {...props} />
      <div className="justify-self-end">{children}</div>
    </footer>
  );
}
