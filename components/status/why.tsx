'use client';

import { Card, CardHead } from '#components/ui/card.tsx';
import { durationText } from '#lib/client/duration-text.ts';
import { type Picture, serverNow } from '#lib/client/glance.ts';
import { useNow } from '#lib/client/now.ts';
import type { Confidence } from '#lib/domain/diagnosis.ts';

const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: 'very sure',
  medium: 'fairly sure',
  low: 'a guess',
};

/** The facts behind the diagnosis, how sure they make us, and how old each of them is. */
export function Why({ picture }: { readonly picture: Picture }) {
  const { explanation, evidence, confidence } = picture.status.diagnosis;
  const macNow = serverNow(picture, useNow());
  return (
    <Card>
      <CardHead title="Why we think so" note={CONFIDENCE_WORDS[confidence]} />
      <p className="mt-1 text-[15px] text-dim">{explanation}</p>
      <ul className="mt-2">
        {evidence.map(({ text, at }) => (
          <li key={text} className="border-t border-hair py-2.5 text-[15px] last:pb-0.5">
            {text} <span className="text-note whitespace-nowrap text-dim">· {durationText(macNow - at)} ago</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
