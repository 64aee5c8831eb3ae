import * as z from 'zod/mini';

const sideSchema = z.enum(['question', 'answer']);
const turn = z.int();

const frameMediaSchema = z.union([
  z.object({ url: z.string() }),
  z.object({ bytes: z.instanceof(ArrayBuffer), type: z.string() }),
]);

/** What a page tells the frame: the whole card at once, so that turning it over needs nothing more. */
const frameCardSchema = z.object({
  type: z.literal('card'),
  /** Which card this is: answers bear the same, so that one of a card before is told apart. */
  turn,
  side: sideSchema,
  question: z.string(),
  answer: z.string(),
  /** Of its template, from 0. */
  ordinal: z.int(),
  /** BCP 47; null where it is not known. */
  languages: z.object({ front: z.nullable(z.string()), back: z.nullable(z.string()) }),
  night: z.boolean(),
  /** By file name. */
  media: z.record(z.string(), frameMediaSchema),
  typed: z.array(z.object({ field: z.string(), expected: z.string(), ignoresAccents: z.boolean() })),
  /** Whether fields to type into are shown at all. */
  mayType: z.boolean(),
  /** The card's own scripts run: the owner allowed it for this note type. */
  scripts: z.boolean(),
  /** Pictures from other servers are shown: the owner allowed it for this deck. */
  remoteImages: z.boolean(),
});

export const toFrameSchema = z.discriminatedUnion('type', [
  frameCardSchema,
  /** Turns the card over, or back. */
  z.object({ type: z.literal('side'), turn, side: sideSchema }),
  z.object({ type: z.literal('theme'), night: z.boolean() }),
  /** The text of MathJax, before the first card that needs it: the frame itself loads no script. */
  z.object({ type: z.literal('math'), source: z.string() }),
]);
/** Where one of a card's files is: a URL of our own origin, or its bytes, of which the frame makes a URL of its own. */
export type FrameMedia = { readonly url: string } | { readonly bytes: ArrayBuffer; readonly type: string };
export type ToFrame = z.infer<typeof toFrameSchema>;
export type FrameCard = z.infer<typeof frameCardSchema>;
export type FrameSide = Extract<ToFrame, { type: 'side' }>;

/**
 * All that a frame may say. A card's own script can say any of it, so nothing here grades: it may turn the card over, ask for
 * a sound that the card has, and ask to open a link, which the person confirms.
 */
export const fromFrameSchema = z.discriminatedUnion('type', [
  /** It is there and waits for a card. */
  z.object({ type: z.literal('ready') }),
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
