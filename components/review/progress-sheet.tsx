'use client';

import { Card } from '#components/ui/card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { durationText } from '#lib/client/duration-text.ts';
import { useNow } from '#lib/client/now.ts';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { countsSentence, some } from '#lib/client/review/words.ts';
import { Heatmap } from './heatmap.tsx';

type ProgressSheetProps = Pick<ReviewSession, 'progress' | 'startedAt' | 'counts' | 'waiting'> & {
  readonly onClose: () => void;
};

/** What this session came to so far, and the weeks before it. */
export function ProgressSheet({ progress, startedAt, counts, waiting, onClose }: ProgressSheetProps) {
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
        <p className="mt-0.5 text-[15px] text-dim">
          {waiting === 0 ? 'Every grade is counted in Anki.' : `${some(waiting, 'grade')} still to be counted in Anki.`}
        </p>
      </Card>
      <Heatmap />
    </Sheet>
  );
}
