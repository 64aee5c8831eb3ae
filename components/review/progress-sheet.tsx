'use client';

import { Card } from '#components/ui/card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { durationText } from '#lib/client/duration-text.ts';
import { useNow } from '#lib/client/now.ts';
import { problemsLine } from '#lib/client/review/outcome-words.ts';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { countsSentence, some } from '#lib/client/review/words.ts';
import { Heatmap } from './heatmap.tsx';

type Told = Pick<ReviewSession, 'waiting' | 'pendingWhy' | 'problems' | 'source'>;

type ProgressSheetProps = Pick<ReviewSession, 'progress' | 'startedAt' | 'counts'> &
  Told & { readonly onClose: () => void };

/** What became of the grades. That none waits does not mean that each was counted. */
function gradesText({ waiting, pendingWhy, problems }: Omit<Told, 'source'>): string {
  const sending =
    waiting === 0 ? 'No grade waits to be sent.' : `${some(waiting, 'grade')} still to be counted in Anki.`;
  const lost = problems.length === 0 ? null : `${problemsLine(problems)}.`;
  return [sending, pendingWhy, lost].filter((part) => part !== null).join(' ');
}

/** What this session came to so far, and the weeks before it. */
export function ProgressSheet({ progress, startedAt, counts, onClose, ...told }: ProgressSheetProps) {
  const now = useNow();
  const time = startedAt === null ? '' : ` in ${durationText(now - startedAt)}`;
  return (
    <Sheet title="Progress" onClose={onClose}>
      <Card>
        <p className="font-semibold">
          {some(progress.done, 'card')}
          {time}
        </p>
        {counts === null ? null : <p className="mt-0.5 text-[15px] text-dim">{countsSentence(counts, null)}</p>}
        <p className="mt-0.5 text-[15px] text-dim">{gradesText(told)}</p>
      </Card>
      <Heatmap isDirect={told.source === 'anki-connect'} />
    </Sheet>
  );
}
