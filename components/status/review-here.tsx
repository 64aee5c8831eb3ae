'use client';

import Link from 'next/link';
import { countsText, keptText, type Offer, totalDue } from '#lib/client/review/due-offer.ts';

const LINK =
  'flex min-h-[50px] touch-manipulation items-center justify-center rounded-[14px] bg-fill px-2.5 text-center font-semibold text-white select-none active:opacity-70';

type Words = { readonly seen: string; readonly heard: string };

/** What can be opened: cards from Anki, or those on the phone. */
type Reviewable = Extract<Offer, { kind: 'here' | 'offline' }>;

/** Whose grades are not taken can read all the same. */
function wordsOf(offer: Reviewable, isReader: boolean): Words {
  const what = isReader ? 'Read' : 'Review';
  switch (offer.kind) {
    case 'here':
      if (offer.counts === null) return { seen: `${what} here`, heard: '' };
      return { seen: `${what} here · ${totalDue(offer.counts)}`, heard: `due: ${countsText(offer.counts)}` };
    case 'offline':
      return { seen: `${what} offline · ${offer.cards}`, heard: keptText(offer.cards) };
  }
}

/** The first thing to do while the review server is not ready: go on here. */
export function ReviewHere({ offer, isReader }: { readonly offer: Reviewable; readonly isReader: boolean }) {
  const { seen, heard } = wordsOf(offer, isReader);
  return (
    <Link href="/review" className={`${LINK} flex-1 basis-[150px]`}>
      {seen}
      <span className="sr-only"> {heard}</span>
    </Link>
  );
}

/** What can be reviewed while the Mac does not answer. */
export function ReviewOffline({ cards }: { readonly cards: number }) {
  if (cards === 0) return null;
  return (
    <Link href="/review" className={LINK}>
      Review offline · {keptText(cards)}
    </Link>
  );
}
