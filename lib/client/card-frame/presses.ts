import { say } from './say.ts';

type Pressed = (element: HTMLElement) => void;

export type PressContext = {
  /** Of the card that is shown. */
  readonly turn: () => number;
  readonly typed: (field: string, text: string) => void;
};

const OTHERWISE_INTERACTIVE =
  'a[href], area, button, input, select, textarea, label, summary, audio, video, [contenteditable], [onclick], [role="button"]';
const TYPED_INTO = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, [contenteditable]';
const LINK = 'a[href], area[href], svg a';
const XLINK = 'http://www.w3.org/1999/xlink';

/** Shows what a hint hides: Anki puts it right behind its link, and its inline handler does not run here. */
function showHint(link: HTMLElement): void {
  const hint = link.nextElementSibling;
  if (!(hint instanceof HTMLElement && hint.classList.contains('hint'))) return;
  link.style.display = 'none';
  hint.style.display = 'block';
}

function toggleMasks(): void {
  const canvas = document.querySelector<HTMLCanvasElement>('#image-occlusion-canvas');
  if (canvas !== null) canvas.hidden = !canvas.hidden;
}

/** Asks for a link that a person pressed; a script's press goes nowhere but within the card. */
function follow(link: Element, { turn, isTrusted }: { readonly turn: number; readonly isTrusted: boolean }): void {
  const href = link.getAttribute('href') ?? link.getAttributeNS(XLINK, 'href') ?? '';
  if (href.startsWith('#')) document.getElementById(href.slice(1))?.scrollIntoView();
  else if (isTrusted && URL.canParse(href) && href.length <= 2_000) say({ type: 'link', turn, href });
}

/** The first that a press is within decides. */
const rules = (turn: number, { isTrusted }: Event): readonly (readonly [string, Pressed])[] => [
  [
    '[data-play]',
    ({ dataset }) => {
      const side = dataset['play'] === 'answer' ? 'answer' : 'question';
      say({ type: 'play', turn, side, index: Number(dataset['index']) });
    },
  ],
  ['a.hint', showHint],
  ['#toggle', toggleMasks],
  [LINK, (link) => follow(link, { turn, isTrusted })],
];

/** A middle click, or one with a key held, opens a link in another page: no sandbox holds that, so here it is asked for. */
function holdLinks(turn: () => number): void {
  const hold = (event: MouseEvent) => {
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = event.composedPath().find((each) => each instanceof Element && each.matches(LINK));
    if (isPlain || !(link instanceof Element)) return;
    event.preventDefault();
    if (event.button <= 1) follow(link, { turn: turn(), isTrusted: event.isTrusted });
  };
  // First of all, so that no script of a card's comes before.
  for (const type of ['click', 'auxclick'] as const) addEventListener(type, hold, { capture: true });
}

/** Does what pressing something on a card does, and tells the page. A press on nothing is a tap. */
export function listenForPresses(context: PressContext): void {
  holdLinks(context.turn);
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : document.documentElement;
    const turn = context.turn();
    if (target.closest(TYPED_INTO) !== null) return;
    // First, so that the page knows by it whether the focus has come: what is said after it finds the focus taken back.
    say({ type: 'released', turn });
    // A script of the card's has dealt with it.
    if (!event.defaultPrevented) press(target, event);
  });
  document.addEventListener('input', ({ target }) => {
    const field = target instanceof HTMLInputElement ? target.dataset['field'] : undefined;
    if (field !== undefined && target instanceof HTMLInputElement) context.typed(field, target.value.slice(0, 2_000));
  });
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement)) return;
    if (key === ' ' && target.matches('[data-play], a.hint')) {
      event.preventDefault();
      target.click();
    } else if (key === 'Enter' && target.dataset['field'] !== undefined && !event.isComposing) {
      target.blur();
      say({ type: 'released', turn: context.turn() });
      say({ type: 'tap', turn: context.turn() });
    }
  });

  function press(target: Element, event: MouseEvent): void {
    const turn = context.turn();
    for (const [selector, act] of rules(turn, event)) {
      const element = target.closest<HTMLElement>(selector);
      if (element === null) continue;
      event.preventDefault();
      act(element);
      return;
    }
    const hasSelection = getSelection()?.isCollapsed === false;
    if (target.closest(OTHERWISE_INTERACTIVE) === null && !hasSelection) say({ type: 'tap', turn });
  }
}
