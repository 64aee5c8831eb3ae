import * as z from 'zod/mini';
import { parsed } from '#lib/client/kept/parsed.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';

const KEY = 'lifeline.scrolls';
const scrollsSchema = z.object({ places: z.record(z.string(), z.number()), going: z.nullable(z.string()) });

/** How long a screen may take to become long enough for its place to be found again. */
const GROWING_MS: DurationMs = SECOND;

/** Where each screen was left, by path, and to which of them the way leads now. Outlives a page that is loaded anew. */
export class Scrolls {
  readonly #places: Map<string, number>;
  #stop = () => {};
  /** The screen that a press leads back to, until it stands there. */
  readonly going: string | null;

  constructor() {
    const kept = readKept();
    this.#places = new Map(Object.entries(kept.places));
    this.going = kept.going;
  }

  /** The screen `from` is left where it is, to find `going` where it was; null for a screen that begins at its top. */
  leave(from: string, going: string | null): void {
    this.#places.set(from, window.scrollY);
    this.#write(going);
  }

  /** Scrolls the screen that has arrived to where it was left. */
  arrive(path: string): void {
    this.#write(null);
    this.#stop();
    const top = this.#places.get(path) ?? 0;
    if (top > 0) this.#stop = scrollBackTo(top);
  }

  #write(going: string | null): void {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ places: Object.fromEntries(this.#places), going }));
    } catch {
      // Where storage is refused, places last as long as the page.
    }
  }
}

function readKept(): z.infer<typeof scrollsSchema> {
  try {
    return z.parse(scrollsSchema, parsed(sessionStorage.getItem(KEY)));
  } catch {
    return { places: {}, going: null };
  }
}

/** Scrolls there at once, and again while the screen still grows, until somebody scrolls by hand. Returns how to stop. */
function scrollBackTo(top: number): () => void {
  const stopping = new AbortController();
  const growth = new ResizeObserver(() => scroll());
  const stop = () => {
    growth.disconnect();
    stopping.abort();
  };
  const scroll = () => {
    window.scrollTo({ top, behavior: 'instant' });
    if (Math.abs(window.scrollY - top) < 1) stop();
  };
  for (const byHand of ['touchstart', 'wheel', 'keydown']) {
    window.addEventListener(byHand, stop, { signal: stopping.signal, passive: true });
  }
  setTimeout(stop, GROWING_MS);
  growth.observe(document.body);
  scroll();
  return stop;
}
