import type { FrameCard, FrameSide } from '#lib/contract/card-frame.ts';
import { buildSide } from './build-side.ts';
import { callHooks, runScripts } from './card-scripts.ts';
import { hasMath, setMath } from './math.ts';
import { rewriteMedia } from './media-attributes.ts';
import { mediaUrls } from './media-urls.ts';
import { drawOcclusions } from './occlusion-drawing.ts';
import { parseSide } from './parse-side.ts';

type Side = FrameSide['side'];

/** One card in the frame, both sides ready. */
export type Stage = {
  readonly turn: number;
  /** Resolves when the side is laid out and painted; to false when something else was shown meanwhile. */
  readonly show: (side: Side) => Promise<boolean>;
  readonly typed: (field: string, text: string) => void;
  /** Leaves nothing of the card behind. */
  readonly clear: () => void;
};

/** A painted frame is at most this late where the browser paints what is out of sight more seldom. */
const PAINT_LIMIT_MS = 300;
/** Formulas are not seen before they are set. */
const WAITING = 'lifeline-waiting';

export function stageCard(card: FrameCard, qa: HTMLElement): Stage {
  const media = mediaUrls(card.media);
  const texts = new Map<string, string>();
  const prepare = (side: Side): HTMLElement => {
    const parsed = parseSide(card[side], card.scripts);
    rewriteMedia(parsed, { find: media.find, remoteImages: card.remoteImages });
    return parsed;
  };
  const parsed = { question: prepare('question'), answer: prepare('answer') };
  const ahead = picturesOf(parsed.answer);
  let shown = 0;
  let stopDrawing = () => {};

  return {
    turn: card.turn,
    show: async (side) => {
      const mine = ++shown;
      const waits = hasMath(card[side]);
      stopDrawing();
      qa.classList.toggle(WAITING, waits);
      qa.replaceChildren(buildSide({ side, parsed: parsed[side], card, texts }));
      if (card.scripts) runScripts(qa);
      stopDrawing = drawOcclusions(qa);
      if (waits) await setMath(qa);
      if (mine !== shown) return false;
      qa.classList.remove(WAITING);
      scrollTo(0, 0);
      if (side === 'answer') document.getElementById('answer')?.scrollIntoView();
      if (card.scripts) callHooks();
      await painted();
      return mine === shown;
    },
    typed: (field, text) => {
      texts.set(field, text);
    },
    clear: () => {
      shown++;
      stopDrawing();
      qa.replaceChildren();
      ahead.length = 0;
      media.release();
    },
  };
}

/** Fetched and decoded while the other side is looked at; the browser keeps them as long as they are held. */
const picturesOf = (parsed: HTMLElement): HTMLImageElement[] =>
  [...parsed.querySelectorAll('img[src]')].map((image) => {
    const picture = new Image();
    picture.src = image.getAttribute('src') ?? '';
    return picture;
  });

/** After the next two frames, which is when this one is on the screen. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAINT_LIMIT_MS);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
