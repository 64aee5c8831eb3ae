import { Card, CardHead } from '#components/ui/card.tsx';
import { durationText } from '#lib/client/duration-text.ts';
import type { Status } from '#lib/contract/status.ts';
import type { Confidence } from '#lib/domain/diagnosis.ts';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';

const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: 'very sure',
  medium: 'fairly sure',
  low: 'a guess',
};

type WhyProps = {
  readonly diagnosis: Status['diagnosis'];
  /** By the Mac's clock. */
  readonly macNow: EpochMs;
  /** Whether the rest of the screen is of now, so that an old fact is the odd one out. */
  readonly isLive: boolean;
};

/** The facts behind the diagnosis, how sure they make us, and how old each of them is. Among fresh ones an old one is grey. */
export function Why({ diagnosis: { explanation, evidence, confidence }, macNow, isLive }: WhyProps) {
  const isOld = (at: EpochMs) => isLive && macNow - at > MINUTE;
  return (
    <Card>
      <CardHead title="Why we think so" note={CONFIDENCE_WORDS[confidence]} />
      <p className="mt-1 text-[15px] text-dim">{explanation}</p>
      <ul className="mt-2">
        {evidence.map(({ text, at }) => (
          <li
            key={text}
            className={`border-t border-hair py-2.5 text-[15px] last:pb-0.5 ${isOld(at) ? 'text-dim' : ''}`}
          >
            {text}{' '}
            <span className="text-note whitespace-nowrap text-dim">
              · {durationText(macNow - at)} {isOld(at) ? 'old' : 'ago'}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
