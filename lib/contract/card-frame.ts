import * as z from 'zod/mini';
import type { FrameCard } from './to-frame.ts';

export type { FrameCard, FrameSide, ToFrame } from './to-frame.ts';

const sideSchema = z.enum(['question', 'answer']);
const turn = z.int();

/** Where one of a card's files is: a URL of our own origin, or its bytes, of which the frame makes a URL of its own. */
export type FrameMedia = { readonly url: string } | { readonly bytes: ArrayBuffer; readonly type: string };

/**
 * All that a frame may say, once it has handed over the port for it. A card's own script can have it said, so nothing here
 * grades: it may turn the card over, ask for a sound that the card has, and ask to open a link, which the person confirms.
 */
export const fromFrameSchema = z.union([
  /** The side is laid out and painted, this high in CSS pixels. */
  z.object({
    type: z.literal('resize'),
    turn,
    side: sideSchema,
    height: z.number().check(z.gte(0), z.lte(100_000)),
  }),
  /** A press on nothing that does something. */
  z.object({ type: z.literal('tap'), turn }),
  /** A press on something that is not typed into is over: the page may take the keyboard back. */
  z.object({ type: z.literal('released'), turn }),
  z.object({
    type: z.literal('play'),
    turn,
    side: sideSchema,
    index: z.int().check(z.gte(0), z.lte(999)),
  }),
  z.object({ type: z.literal('link'), turn, href: z.string().check(z.maxLength(2_000)) }),
  z.object({
    type: z.literal('typed'),
    turn,
    field: z.string().check(z.maxLength(200)),
    text: z.string().check(z.maxLength(2_000)),
  }),
]);
export type FromFrame = z.infer<typeof fromFrameSchema>;

/** What the owner allowed a card, which its frame's document must allow too. */
export type FrameLeave = Pick<FrameCard, 'scripts' | 'remoteImages'>;

export const CARD_FRAME_URL = '/card-frame';
/** The address of the document for a card with this leave; `CARD_FRAME_URLS` are all of them. */
export function cardFrameUrl({ scripts, remoteImages }: FrameLeave): string {
  const allowed = [scripts ? 'scripts=1' : '', remoteImages ? 'images=1' : ''].filter((one) => one !== '');
  return allowed.length === 0 ? CARD_FRAME_URL : `${CARD_FRAME_URL}?${allowed.join('&')}`;
}
export const CARD_FRAME_URLS: readonly string[] = [false, true].flatMap((scripts) =>
  [false, true].map((remoteImages) => cardFrameUrl({ scripts, remoteImages })),
);
/** Where the scripts are that the page loads for the frame. */
export const CARD_ASSETS_URL = '/card-assets/';
/** MathJax with its fonts in it. The version in its name is that of the package. */
export const CARD_MATH_URL = `${CARD_ASSETS_URL}mathjax-3.2.2.js`;
