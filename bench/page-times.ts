/** Moments in milliseconds since the navigation began; NaN for what never came. */
export type PageTimes = { firstPaintMs: number; readableMs: number; layoutShift: number };

declare global {
  interface Window {
    pageTimes: PageTimes;
  }
}

/** Runs in the page before anything of its own and refers to nothing outside itself: notes the moments into `window.pageTimes`. */
export function watchPage(): void {
  const times = { firstPaintMs: Number.NaN, readableMs: Number.NaN, layoutShift: 0 };
  window.pageTimes = times;
  const observe = (type: string, note: (entry: PerformanceEntry & { value?: number }) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') times.firstPaintMs = startTime;
  });
  observe('layout-shift', ({ value = 0 }) => {
    times.layoutShift += value;
  });
  const look = () => {
    const word = document.querySelector('h1')?.textContent ?? '';
    if (/ready|degraded|down/i.test(word)) times.readableMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
