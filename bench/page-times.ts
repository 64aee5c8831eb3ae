/** Moments in milliseconds since the navigation began; NaN for what never came. */
export type PageTimes = {
  firstPaintMs: number;
  readableMs: number;
  layoutShift: number;
  /** What moved, as the beginning of its HTML, where from and where to. */
  moved: string[];
};

type LayoutShift = PerformanceEntry & {
  readonly value?: number;
  readonly sources?: readonly { readonly node?: Node; readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
};

declare global {
  interface Window {
    pageTimes: PageTimes;
  }
}

/** Runs in the page before anything of its own and refers to nothing outside itself: notes the moments into `window.pageTimes`. */
export function watchPage(): void {
  const times = { firstPaintMs: Number.NaN, readableMs: Number.NaN, layoutShift: 0, moved: [] as string[] };
  window.pageTimes = times;
  const observe = (type: string, note: (entry: LayoutShift) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') times.firstPaintMs = startTime;
  });
  observe('layout-shift', ({ value = 0, sources = [], startTime }) => {
    times.layoutShift += value;
    for (const { node, previousRect: from, currentRect: to } of sources) {
      const html = node instanceof Element ? node.outerHTML : (node?.textContent ?? '');
      const box = ({ x, y, width, height }: DOMRect) => `${x},${y} ${width}×${height}`;
      times.moved.push(`${Math.round(startTime)} ms: ${box(from)} → ${box(to)}: ${html.slice(0, 120)}`);
    }
  });
  const look = () => {
    const word = document.querySelector('h1')?.textContent ?? '';
    if (/ready|degraded|down/i.test(word)) times.readableMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
