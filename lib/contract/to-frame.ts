import * as z from 'zod/mini';

// A file of its own: what a page uses of zod is carried by every page, and only the frame reads these.

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

/** All that a page tells the frame. */
export const toFrameSchema = z.discriminatedUnion('type', [
  frameCardSchema,
  /** Turns the card over, or back. */
  z.object({ type: z.literal('side'), turn, side: sideSchema }),
  z.object({ type: z.literal('theme'), night: z.boolean() }),
  /** The text of MathJax, before the first card that needs it: the frame itself loads no script. */
  z.object({ type: z.literal('math'), source: z.string() }),
]);
export type ToFrame = z.infer<typeof toFrameSchema>;
export type FrameCard = z.infer<typeof frameCardSchema>;
export type FrameSide = Extract<ToFrame, { type: 'side' }>;
