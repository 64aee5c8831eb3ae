import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { arrivalAt } from './arrival.ts';
import { fadeTo, wantsMotion } from './fade-to.ts';
import { Scrolls } from './scrolls.ts';

/** After this Next has given up and loads the page itself. */
const ARRIVAL_MS: DurationMs = 8 * SECOND;
/** Longer than a glance: who only looks whether all is well pays for no other screen, and a touch asks at once. */
const AHEAD_AFTER_MS: DurationMs = 10 * SECOND;

/** Next's router, as far as it is needed. */
type Router = { readonly push: (path: string) => void; readonly prefetch: (path: string) => void };

/**
 * Makes the tabs feel like an app's: the screens are there before they are asked for, each is found again where it was left, a
 * press on the tab that is open leads to its top, and the way back from a page below a tab is a step back where one came from
 * there. Links work without it. Returns how to stop.
 */
export function watchTabs(router: Router): () => void {
  const tabs = new Tabs(router);
  const stopping = new AbortController();
  const onClick = (event: MouseEvent) => tabs.press(event);
  const askAhead = () => tabs.askAhead();
  const timer = setTimeout(askAhead, AHEAD_AFTER_MS);
  window.addEventListener('click', onClick, { capture: true, signal: stopping.signal });
  window.addEventListener('pointerdown', askAhead, { once: true, signal: stopping.signal });
  return () => {
    clearTimeout(timer);
    stopping.abort();
  };
}

class Tabs {
  readonly #router: Router;
  readonly #scrolls = new Scrolls();
  /** The address at which each screen was left, by path: a tab leads back to the window that was chosen there. */
  readonly #addresses = new Map<string, string>();
  /** The screen before this one. */
  #left: string | null = null;

  constructor(router: Router) {
    this.#router = router;
    // Next loads a page itself where the Mac does not tell of it in time: it is found again in the same place.
    if (this.#scrolls.going === location.pathname && window.scrollY === 0) this.#scrolls.arrive(location.pathname);
  }

  press(event: MouseEvent): void {
    const link = linkOf(event);
    if (link === null) return;
    const way = wayOf(link);
    if (way === 'on') {
      this.#leave(null);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (way === 'top') toTop();
    else void this.#return(link.pathname, way === 'back' && this.#left === link.pathname);
  }

  /** Asks for the other tabs' screens. */
  askAhead(): void {
    for (const { pathname } of document.querySelectorAll<HTMLAnchorElement>('a[data-way="tab"]')) {
      if (pathname !== location.pathname) this.#router.prefetch(this.#addressOf(pathname));
    }
  }

  #addressOf(path: string): string {
    return this.#addresses.get(path) ?? path;
  }

  #leave(going: string | null): void {
    const { pathname, search } = location;
    this.#scrolls.leave(pathname, going);
    this.#addresses.set(pathname, pathname + search);
    this.#left = pathname;
  }

  async #return(path: string, isStepBack: boolean): Promise<void> {
    const address = path === location.pathname ? path : this.#addressOf(path);
    this.#leave(path);
    const arrival = arrivalAt(path, ARRIVAL_MS);
    if (isStepBack) history.back();
    else fadeTo(path, () => this.#router.push(address));
    if (!(await arrival)) return;
    this.#scrolls.arrive(path);
    this.askAhead();
  }
}

const toTop = () => window.scrollTo({ top: 0, behavior: wantsMotion() ? 'smooth' : 'instant' });

/** The link of ours that a plain press is on. */
function linkOf({ target, button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): HTMLAnchorElement | null {
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || !(target instanceof Element)) return null;
  const link = target.closest<HTMLAnchorElement>('a[href]');
  return link?.origin === location.origin && !link.hasAttribute('download') ? link : null;
}

/** What a press on the link means: on to a page, to another tab, back to where a page belongs, or to the top of this one. */
function wayOf({ dataset, pathname }: HTMLAnchorElement): 'on' | 'tab' | 'back' | 'top' {
  const way = dataset['way'];
  if (way === 'back') return 'back';
  if (way !== 'tab') return 'on';
  return pathname === location.pathname && (window.scrollY > 0 || location.search === '') ? 'top' : 'tab';
}
