import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { arrivalAt } from './arrival.ts';
import { follow, isFollowing, wantsMotion } from './follow.ts';
import { Scrolls } from './scrolls.ts';

/** After this Next has given up and loads the page itself. */
const ARRIVAL_MS: DurationMs = 8 * SECOND;

/**
 * Makes the tabs feel like an app's: each screen is found again where it was left, a press on the tab that is open leads to its
 * top, and the way back from a page below a tab is a step back where one came from there. Links work without it. Returns how to
 * stop.
 */
export function watchTabs(): () => void {
  const tabs = new Tabs();
  const onClick = (event: MouseEvent) => tabs.press(event);
  window.addEventListener('click', onClick, { capture: true });
  return () => window.removeEventListener('click', onClick, { capture: true });
}

class Tabs {
  readonly #scrolls = new Scrolls();
  /** The screen before this one. */
  #left: string | null = null;

  constructor() {
    // Next loads a page itself where the Mac does not tell of it in time: it is found again in the same place.
    if (this.#scrolls.going === location.pathname && window.scrollY === 0) this.#scrolls.arrive(location.pathname);
  }

  press(event: MouseEvent): void {
    const link = isFollowing() ? null : linkOf(event);
    if (link === null) return;
    const way = wayOf(link);
    if (way === 'on') {
      this.#leave(null);
      return;
    }
    swallow(event);
    if (way === 'top') toTop();
    else this.#return(link, way === 'back' && this.#left === link.pathname);
  }

  #return(link: HTMLAnchorElement, isStepBack: boolean): void {
    this.#leave(link.pathname);
    void this.#goTo(link.pathname, isStepBack ? () => history.back() : () => follow(link));
  }

  #leave(going: string | null): void {
    this.#scrolls.leave(location.pathname, going);
    this.#left = location.pathname;
  }

  async #goTo(path: string, go: () => void): Promise<void> {
    const arrival = arrivalAt(path, ARRIVAL_MS);
    go();
    if (await arrival) this.#scrolls.arrive(path);
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

function swallow(event: MouseEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
