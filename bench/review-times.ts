/** Of each press and each reveal: milliseconds until the frame has painted what it asked for, and animation frames meanwhile. */
export type ReviewTimes = { readonly press: number[]; readonly reveal: number[]; readonly revealFrames: number[] };

declare global {
  interface Window {
    reviewTimes: ReviewTimes;
  }
}

/** Runs in the page before anything of its own and refers to nothing outside itself: notes the times into `window.reviewTimes`. */
export function watchReview(): void {
  const times = { press: [] as number[], reveal: [] as number[], revealFrames: [] as number[] };
  window.reviewTimes = times;
  let asked: { side: string; at: number; frames: number } | null = null;
  const count = () => {
    if (asked === null) return;
    asked.frames += 1;
    requestAnimationFrame(count);
  };
  const onClick = ({ target, timeStamp }: Event) => {
    const button = target instanceof Element ? target.closest('[data-ease], [data-show]') : null;
    if (button === null || button.getAttribute('aria-disabled') !== 'false') return;
    asked = { side: button.hasAttribute('data-show') ? 'answer' : 'question', at: timeStamp, frames: 0 };
    requestAnimationFrame(count);
  };
  const onMessage = ({ data }: MessageEvent) => {
    if (asked === null || data?.type !== 'resize' || data.side !== asked.side) return;
    const tookMs = performance.now() - asked.at;
    if (asked.side === 'question') times.press.push(tookMs);
    else {
      times.reveal.push(tookMs);
      times.revealFrames.push(asked.frames);
    }
    asked = null;
  };
  document.addEventListener('click', onClick, { capture: true });
  // The frame hands the page a port, on which it says the rest.
  window.addEventListener('message', ({ ports }) => {
    for (const port of ports) port.addEventListener('message', onMessage);
  });
}
