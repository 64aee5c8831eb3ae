import { useEffect, useEffectEvent } from 'react';
import type { ReviewSession, Shown } from '#lib/client/review/session.ts';
import { EASES, type Ease } from '#lib/domain/review/card.ts';

export type KeyAction = 'reveal' | 'undo' | 'replay' | Ease;

/** What Space and Enter answer, as in Anki: Good, or the last there is. */
function usualEase({ card }: Shown): Ease | null {
  return card.buttons.find(({ ease }) => ease === 3)?.ease ?? card.buttons.at(-1)?.ease ?? null;
}

/** Anki's keys: Space and Enter turn the card over and then answer, 1–4 answer, U takes back, R plays again. */
export function keyAction(key: string, shown: Shown | null): KeyAction | null {
  if (key === 'u' || key === 'U') return 'undo';
  if (shown === null) return null;
  if (key === 'r' || key === 'R') return 'replay';
  if (key === ' ' || key === 'Enter') return shown.side === 'question' ? 'reveal' : usualEase(shown);
  const ease = EASES.find((one) => String(one) === key);
  return shown.card.buttons.some((button) => button.ease === ease) ? (ease ?? null) : null;
}

const WRITES = 'input, textarea, select, [contenteditable]';
/** What Space and Enter already mean something to. */
const PRESSABLE = 'button, a, summary';

/** Whether a key is meant for something else: for what is typed into, for a sheet, for the button that has the focus. */
function isTaken({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (document.querySelector('dialog[open]') !== null) return true;
  if (!(target instanceof Element)) return false;
  return target.closest(WRITES) !== null || ((key === ' ' || key === 'Enter') && target.closest(PRESSABLE) !== null);
}

type Acts = Pick<ReviewSession, 'shown' | 'reveal' | 'undo' | 'grade'> & { readonly replay: () => void };

function act(action: KeyAction, { reveal, undo, grade, replay }: Acts): void {
  if (action === 'reveal') reveal();
  else if (action === 'undo') undo();
  else if (action === 'replay') replay();
  else grade(action);
}

/** Lets the keyboard review. A key that is held down is one press. */
export function useKeys(acts: Acts): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const action = keyAction(event.key, acts.shown);
    if (action === null) return;
    if (event.repeat && event.target instanceof Element && event.target.closest(WRITES) === null) {
      // Also where a button has the focus: it would be pressed again and again.
      event.preventDefault();
      return;
    }
    if (isTaken(event)) return;
    event.preventDefault();
    act(action, acts);
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
