/** What is on the screen: which showing of a card, which side of it, and how many grades were given before. Null: no card. */
export type Seen = { readonly turn: number; readonly side: 'question' | 'answer'; readonly done: number } | null;

type Place = { readonly turn: number; readonly done: number };

/**
 * Hands-free: the question is read, then there is a pause, then the answer is shown and read, then it waits for the person to grade:
 * it never grades. `stopped`: quiet until the next card.
 */
export type Loop =
  | { readonly step: 'off' }
  | ({ readonly step: 'question' | 'pause' | 'answer' | 'grade' | 'stopped' } & Place);

export type LoopEvent =
  | { readonly type: 'begin'; readonly seen: Seen }
  | { readonly type: 'end' }
  /** What was to be read has been read. */
  | { readonly type: 'heard' }
  /** It could not be read. */
  | { readonly type: 'failed' }
  /** The pause is over. */
  | { readonly type: 'thought' }
  /** Something was pressed, whatever it was. */
  | { readonly type: 'press' }
  | { readonly type: 'seen'; readonly seen: Seen };

export const OFF: Loop = { step: 'off' };

function begin(seen: Seen): Loop {
  if (seen === null) return OFF;
  return { step: seen.side === 'question' ? 'question' : 'answer', turn: seen.turn, done: seen.done };
}

/** Goes on only with a card that came by a grade: not with one that an undo brought back. */
function look(loop: Exclude<Loop, { step: 'off' }>, seen: Seen): Loop {
  if (seen === null) return { ...loop, step: 'stopped' };
  if (seen.turn !== loop.turn) {
    const place = { turn: seen.turn, done: seen.done };
    return { step: seen.done > loop.done && seen.side === 'question' ? 'question' : 'stopped', ...place };
  }
  const isAhead = seen.side === 'answer' && (loop.step === 'question' || loop.step === 'pause');
  return isAhead ? { ...loop, step: 'stopped' } : loop;
}

function hear(loop: Exclude<Loop, { step: 'off' }>): Loop {
  if (loop.step === 'question') return { ...loop, step: 'pause' };
  return loop.step === 'answer' ? { ...loop, step: 'grade' } : loop;
}

const isQuiet = (loop: Loop): boolean => loop.step === 'off' || loop.step === 'grade' || loop.step === 'stopped';

/** What follows from an event; the same object where nothing does. */
export function nextStep(loop: Loop, event: LoopEvent): Loop {
  if (event.type === 'begin') return begin(event.seen);
  if (loop.step === 'off') return loop;
  switch (event.type) {
    case 'end':
      return OFF;
    case 'heard':
      return hear(loop);
    case 'thought':
      return loop.step === 'pause' ? { ...loop, step: 'answer' } : loop;
    case 'failed':
    case 'press':
      return isQuiet(loop) ? loop : { ...loop, step: 'stopped' };
    case 'seen':
      return look(loop, event.seen);
  }
}

/** Whether it makes sounds by itself now, or is about to. */
export const isReading = (loop: Loop): boolean => !isQuiet(loop);
