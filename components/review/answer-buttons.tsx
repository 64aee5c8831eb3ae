import { answerLabel, intervalText } from '#lib/client/review/words.ts';
import { type AnswerButton, EASE_WORDS, type Ease } from '#lib/domain/review/card.ts';
import type { Tick } from './tick.ts';

const COLOURS: Readonly<Record<Ease, string>> = {
  1: 'text-down',
  2: 'text-degraded',
  3: 'text-ready',
  4: 'text-accent',
};

/** Side by side as long as their words fit. */
const COLUMNS = ['grid-cols-1', 'grid-cols-2', 'grid-cols-3', 'grid-cols-4 max-[280px]:grid-cols-2'] as const;

type AnswerButtonsProps = {
  readonly buttons: readonly AnswerButton[];
  /** Presses do nothing for a moment. */
  readonly isDead: boolean;
  readonly tick: Tick | null;
  readonly onPress: (ease: Ease) => void;
};

/** The answers that Anki offers, each with the time until the card comes again. */
export function AnswerButtons({ buttons, isDead, tick, onPress }: AnswerButtonsProps) {
  return (
    <fieldset className={`grid gap-2 ${COLUMNS[buttons.length - 1] ?? COLUMNS[3]}`}>
      <legend className="sr-only">How well did you know it?</legend>
      {buttons.map(({ ease, next }) => (
        <button
          key={ease}
          type="button"
          data-ease={ease}
          aria-disabled={isDead}
          onClick={() => onPress(ease)}
          className="answer-button"
        >
          {tick?.ease === ease ? <span key={tick.count} className={`tick ${COLOURS[ease]}`} /> : null}
          <span className="sr-only">{answerLabel(ease, next)}</span>
          <span aria-hidden="true" className={`text-[17px] leading-tight font-semibold ${COLOURS[ease]}`}>
            {EASE_WORDS[ease]}
          </span>
          {next === null ? null : (
            <span aria-hidden="true" className="text-note text-dim">
              {intervalText(next)}
            </span>
          )}
        </button>
      ))}
    </fieldset>
  );
}
