'use client';

import { useEffect, useState } from 'react';
import type { Shown } from '#lib/client/review/session.ts';
import { spokenParts } from '#lib/client/review/speech-text.ts';

const LONGEST = 400;

function sideText({ card, side }: Shown): string {
  const parts = spokenParts(side === 'question' ? card.question : card.answer, side, null);
  const text = parts.map((part) => part.text).join(' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text || 'A card without text';
}

/** Says each new side to those who listen to the page: the card itself is in a frame, where nothing draws their attention. */
export function ReviewAnnouncer({ shown }: { readonly shown: Shown | null }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    setSaid(shown === null ? '' : `${shown.side === 'answer' ? 'Answer: ' : ''}${sideText(shown)}`);
  }, [shown]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
