'use client';

import Link from 'next/link';
import { Card } from '#components/ui/card.tsx';
import { countsText, keptText, type Offer, totalDue } from '#lib/client/review/due-offer.ts';
import { useReviewOffer } from './review-here-offer.ts';

type Told = { readonly title: string; readonly note: string };

function tell(offer: Offer, isKnown: boolean): Told {
  switch (offer.kind) {
    case 'here':
      if (offer.counts !== null) return { title: `${totalDue(offer.counts)} due`, note: countsText(offer.counts) };
      return { title: 'Cards due', note: isKnown ? 'How many cannot be told this way.' : 'Asking Anki…' };
    case 'done':
      return { title: 'Nothing due', note: 'Done for now.' };
    case 'offline':
      return { title: `${offer.cards} kept`, note: `${keptText(offer.cards)}, for the time without Anki` };
    case 'nothing':
      return { title: 'No cards now', note: 'No way to Anki answers.' };
  }
}

/** What is left to review, quietly, while all is well. Its place has its final size from the start. */
export function ReviewDue() {
  const { offer, isKnown, isReader } = useReviewOffer(true);
  const { title, note } = tell(offer, isKnown);
  return (
    <Card className="flex min-h-[78px] items-center justify-between gap-3">
      <div className="min-w-0">
        <h2 className="text-[20px] leading-7 font-semibold tracking-[-0.01em]">{title}</h2>
        <p className="truncate text-note text-dim">
          {note}
          {isReader ? ' · reading only' : ''}
        </p>
      </div>
      {/* Asked for at a touch, as the tabs are: whoever only glances does not pay for another screen. */}
      <Link
        href="/review"
        prefetch={false}
        className="flex min-h-[50px] min-w-[104px] flex-none touch-manipulation items-center justify-center rounded-[14px] bg-bg px-4 font-semibold text-accent select-none active:opacity-70"
      >
        {offer.kind === 'done' ? 'Look' : 'Review'}
      </Link>
    </Card>
  );
}
