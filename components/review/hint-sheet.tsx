'use client';

import { Card } from '#components/ui/card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { TroubleCard } from './trouble-card.tsx';

type HintSheetProps = Pick<ReviewSession, 'hint'> & { readonly onClose: () => void };

/** Why Anki is slow, and what makes it faster. It may be over while this is read. */
export function HintSheet({ hint, onClose }: HintSheetProps) {
  return (
    <Sheet title="Anki answers slowly" onClose={onClose}>
      {hint === null ? (
        <Card>
          <p className="text-[15px] text-dim">It answers in time again.</p>
        </Card>
      ) : (
        <TroubleCard title="Directly from Anki" trouble={hint} />
      )}
    </Sheet>
  );
}
