import { countsSentence } from '#lib/client/review/words.ts';
import { type Counts, QUEUES, type Queue } from '#lib/domain/review/card.ts';

const COLOURS: Readonly<Record<Queue, string>> = {
  new: 'text-accent',
  learning: 'text-down',
  review: 'text-ready',
};

type CountsLineProps = {
  readonly counts: Counts;
  /** The queue of the card on the screen. */
  readonly current: Queue | null;
};

/** New, learning and to review in Anki's colours and order; the card's own is underlined. */
export function CountsLine({ counts, current }: CountsLineProps) {
  return (
    <p className="flex-none font-semibold">
      <span className="sr-only">{countsSentence(counts, current)}</span>
      <span aria-hidden="true" className="flex gap-1.5">
        {QUEUES.map((queue, n) => (
          <span key={queue} className="contents">
            {n === 0 ? null : <span className="font-normal text-dim">·</span>}
            <span
              className={`${COLOURS[queue]} ${queue === current ? 'underline decoration-2 underline-offset-4' : ''}`}
            >
              {counts[queue]}
            </span>
          </span>
        ))}
      </span>
    </p>
  );
}
