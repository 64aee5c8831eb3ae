import * as z from 'zod/mini';

/** Where one of a card's files is: a URL of our own origin, or its bytes, of which the frame makes a URL of its own. */
export type FrameMedia = { readonly url: string } | { readonly bytes: ArrayBuffer; readonly type: string };

/** What a page tells the frame: the whole card at once, so that turning it over needs nothing more. */
export type FrameCard = {
  readonly type: 'card';
  /** Which card this is: answers bear the same, so that one of a card before is told apart. */
  readonly turn: number;
  readonly side: 'question' | 'answer';
  readonly question: string;
  readonly answer: string;
  /** Of its template, from 0. */
  readonly ordinal: number;
  readonly night: boolean;
  /** By file name. */
  readonly media: Readonly<Record<string, FrameMedia>>;
  readonly typed: readonly { readonly field: string; readonly expected: string; readonly ignoresAccents: boolean }[];
  /** Whether fields to type into are shown at all. */
  readonly mayType: boolean;
  /** The card's own scripts run: the owner allowed it for this note type. */
  readonly scripts: boolean;
};
/** Turns the card over, or back. */
export type FrameSide = { readonly type: 'side'; readonly turn: number; readonly side: 'question' | 'answer' };
export type FrameTheme = { readonly type: 'theme'; readonly night: boolean };
export type ToFrame = FrameCard | FrameSide | FrameTheme;

const turn = z.int();
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
    side: z.enum(['question', 'answer']),
    height: z.number().check(z.gte(0), z.lte(100_000)),
  }),
  z.object({ type: z.literal('tap'), turn }),
  z.object({
    type: z.literal('play'),
    turn,
    side: z.enum(['question', 'answer']),
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

/** The address of the frame's document. */
export const CARD_FRAME_URL = '/card-frame';
/** Where the scripts and fonts are that the frame may load. */
export const CARD_ASSETS_URL = '/card-assets/';
