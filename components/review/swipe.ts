import { useRef } from 'react';
import type { Ease } from '#lib/domain/review/card.ts';

const FAR_PX = 70;
/** Steeper than this it is a scroll that went astray. */
const STEEPEST = 0.6;
const WITHIN_MS = 700;
const CLICK_FOLLOWS_MS = 100;

type Touch = { readonly x: number; readonly y: number; readonly at: number };

/** What a stroke from one touch to another answers: to the right Good, to the left Again, anything else nothing. */
export function swipedEase(from: Touch, to: Touch): Ease | null {
  const [across, down] = [to.x - from.x, to.y - from.y];
  if (to.at - from.at > WITHIN_MS || Math.abs(across) < FAR_PX || Math.abs(down) > Math.abs(across) * STEEPEST)
    return null;
  return across > 0 ? 3 : 1;
}

const touchOf = ({ clientX, clientY, timeStamp }: React.PointerEvent): Touch => ({
  x: clientX,
  y: clientY,
  at: timeStamp,
});

/**
 * Lets a finger swipe over the answers. Not over the card: what happens in there is the card's own, and nothing in it may
 * grade. A swipe that ends on a button does not press it as well.
 */
export function useSwipe(isOn: boolean, onSwipe: (ease: Ease) => void): React.HTMLAttributes<HTMLDivElement> {
  const from = useRef<Touch | null>(null);
  const swipedAt = useRef(-CLICK_FOLLOWS_MS);
  if (!isOn) return {};
  return {
    style: { touchAction: 'pan-y' },
    onPointerDown: (event) => {
      from.current = event.pointerType === 'touch' && event.isPrimary ? touchOf(event) : null;
    },
    onPointerUp: (event) => {
      const ease = from.current === null ? null : swipedEase(from.current, touchOf(event));
      from.current = null;
      if (ease === null) return;
      swipedAt.current = event.timeStamp;
      onSwipe(ease);
    },
    onClickCapture: (event) => {
      if (event.timeStamp - swipedAt.current < CLICK_FOLLOWS_MS) event.stopPropagation();
    },
  };
}
