import * as z from 'zod/mini';
import { EASES, QUEUES, type ReviewCard } from '#lib/domain/review/card.ts';
import { type AnkiDiagnosis, GATEWAY_KINDS, type GatewayTrouble } from '#lib/domain/review/gateway.ts';
import type { Answered, Grade } from '#lib/domain/review/grading.ts';

const epochMs = z.int();
const count = z.int().check(z.nonnegative());
const name = z.string().check(z.minLength(1), z.maxLength(1_000));
const ease = z.literal([...EASES]);

const countsSchema = z.object({ new: count, learning: count, review: count });

const guardSchema = z.object({
  revlogCount: count,
  revlogMax: z.nullable(z.int()),
  reps: z.int(),
  mod: z.int(),
});

const soundSchema = z.union([
  z.object({ kind: z.literal('file'), name: z.string() }),
  z.object({ kind: z.literal('speech'), text: z.string(), lang: z.string() }),
]);
const sounds = z.array(soundSchema);

export const reviewCardSchema: z.ZodMiniType<ReviewCard> = z.object({
  cardId: z.int(),
  noteId: z.nullable(z.int()),
  deck: z.nullable(z.string()),
  noteType: z.string(),
  ordinal: count,
  question: z.string(),
  answer: z.string(),
  buttons: z.array(z.object({ ease, next: z.nullable(z.string()) })),
  queue: z.nullable(z.enum(QUEUES)),
  dueAt: z.nullable(epochMs),
  tags: z.array(z.string()),
  guard: z.nullable(guardSchema),
  sounds: z.nullable(z.object({ question: sounds, answer: sounds })),
  looseSounds: z.array(z.string()),
  typed: z.array(z.object({ field: z.string(), expected: z.string(), ignoresAccents: z.boolean() })),
  media: z.array(z.string()),
  languages: z.object({ front: z.nullable(z.string()), back: z.nullable(z.string()) }),
});

export const troubleSchema: z.ZodMiniType<GatewayTrouble> = z.object({
  code: z.enum([
    'unreachable',
    'silent',
    'slow',
    'foreign',
    'forbidden',
    'key-needed',
    'collection-closed',
    'no-reviewer',
    'incompatible',
    'too-large',
    'failed',
  ]),
  message: z.string(),
  remedy: z.nullable(z.string()),
  command: z.nullable(z.string()),
});

/** The gateway in use and what it can do; see `Abilities`. */
export const gatewaySchema = z.object({
  kind: z.enum(GATEWAY_KINDS),
  abilities: z.object({ undo: z.boolean(), decks: z.boolean(), counts: z.boolean(), lookahead: z.boolean() }),
});
export type GatewayView = z.infer<typeof gatewaySchema>;

/**
 * `GET /api/review/hand?deck=<full name>&limit=<1–30>&new=<0|1>`: the cards to review now. `deck` left out: every deck.
 * With no gateway `troubles` says why, one for each that was tried; a gateway of the second choice comes with the first one's.
 */
export const handSchema = z.object({
  gateway: z.nullable(gatewaySchema),
  troubles: z.array(z.object({ kind: z.enum(GATEWAY_KINDS), trouble: troubleSchema })),
  deck: z.nullable(z.string()),
  counts: z.nullable(countsSchema),
  cards: z.array(reviewCardSchema),
  /** What could be done for a hand to come faster, where Anki is slow; null: nothing. */
  hint: z.nullable(troubleSchema),
  /** Where its media are for a day: a card's file is at this path plus its name, percent-encoded. Null: none can be had. */
  mediaBase: z.nullable(z.string()),
  /** Whether this caller's grades are taken; `detail` is a sentence that says why not. */
  mayGrade: z.object({ allowed: z.boolean(), detail: z.nullable(z.string()) }),
  servedAt: epochMs,
});
export type HandView = z.infer<typeof handSchema>;

/** `GET /api/review/decks`: in the order of their names; the counts of a deck include its subdecks'. */
export const decksSchema = z.object({
  decks: z.array(z.object({ id: z.int(), name: z.string(), counts: countsSchema })),
});
export type DecksView = z.infer<typeof decksSchema>;

/** `GET /api/review/due`: what Status says of it. Asked seldom, so it is cheap: counts of all decks by the best gateway. */
export const dueSchema = z.object({
  gateway: z.nullable(z.enum(GATEWAY_KINDS)),
  counts: z.nullable(countsSchema),
  /** Whether this caller's grades are taken. */
  mayGrade: z.boolean(),
  servedAt: epochMs,
});
export type DueView = z.infer<typeof dueSchema>;

/** `GET /api/review/activity`: reviews of each day on which there were any, `YYYY-MM-DD`, oldest first, at most 371 days. */
export const activitySchema = z.object({
  days: z.array(z.object({ day: z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)), reviews: count })),
});
export type ActivityView = z.infer<typeof activitySchema>;

export const gradeSchema: z.ZodMiniType<Grade> = z.strictObject({
  gradeId: z.uuidv7(),
  deviceId: z.string().check(z.minLength(1), z.maxLength(64)),
  seq: count,
  cardId: z.int().check(z.positive()),
  ease,
  shownAt: epochMs,
  answeredAt: epochMs,
  msTaken: z.number().check(z.nonnegative()),
  guard: z.nullable(guardSchema),
  deck: z.nullable(name),
  wasLearning: z.boolean(),
  source: z.enum([...GATEWAY_KINDS, 'offline']),
  insist: z.boolean(),
});

/** `POST /api/review/grades`: 1 to 20 grades, carried out in this order. Sending one again changes nothing: it is answered again. */
export const gradesRequestSchema = z.strictObject({
  /** The deck that is being reviewed, for the card that comes next; null: every deck. */
  deck: z.nullable(name),
  grades: z.array(gradeSchema).check(z.minLength(1), z.maxLength(20)),
  /** By the phone's clock, when it made the request, by which the times of its grades are set right; left out by old pages. */
  sentAt: z.exactOptional(epochMs),
});

const detail = z.string();
export const answeredSchema: z.ZodMiniType<Answered> = z.union([
  z.object({ status: z.literal('applied'), revlogId: z.nullable(z.int()) }),
  z.object({ status: z.literal('conflict'), why: z.enum(['reviewed', 'another-card', 'other-ease', 'twice']) }),
  z.object({ status: z.literal('gone') }),
  z.object({ status: z.literal('blocked'), why: z.enum(['suspended', 'buried']) }),
  z.object({ status: z.literal('stale'), why: z.enum(['learning', 'day']) }),
  z.object({ status: z.literal('failed'), detail }),
  z.object({ status: z.literal('unproven'), detail }),
  z.object({ status: z.literal('undone') }),
  z.object({ status: z.literal('pending'), detail }),
]);

/** An answer for each grade, in the order they were sent. `next`: the card Anki itself shows now; null where it does not tell. */
export const gradesReplySchema = z.object({
  answers: z.array(z.object({ gradeId: z.string(), answer: answeredSchema })),
  next: z.nullable(reviewCardSchema),
  counts: z.nullable(countsSchema),
  mediaBase: z.nullable(z.string()),
});
export type GradesReply = z.infer<typeof gradesReplySchema>;

/** `POST /api/review/undo`: takes back a grade that was counted. 409 with the reason where it stays, 503 while not known. */
export const undoRequestSchema = z.strictObject({ gradeId: z.uuidv7() });
export const undoReplySchema = z.object({
  gradeId: z.string(),
  answer: answeredSchema,
  card: z.nullable(reviewCardSchema),
});

/** `GET /api/review/ledger?limit=<1–500>`: what became of every grade, newest first. */
export const ledgerSchema = z.object({
  entries: z.array(
    z.object({
      gradeId: z.string(),
      cardId: z.int(),
      deck: z.nullable(z.string()),
      ease,
      answeredAt: epochMs,
      receivedAt: epochMs,
      answer: answeredSchema,
    }),
  ),
});

/** `GET /api/review/diagnose` */
export const ankiDiagnosisSchema: z.ZodMiniType<AnkiDiagnosis> = z.object({
  port: z.int(),
  reach: z.nullable(z.enum(['answers', 'refused', 'silent', 'foreign'])),
  generation: z.nullable(z.enum(['archive', '25.11.9'])),
  keyNeeded: z.nullable(z.boolean()),
  collection: z.nullable(z.enum(['open', 'closed'])),
  profile: z.nullable(z.string()),
  isReviewing: z.nullable(z.boolean()),
  latency: z.nullable(z.object({ p50Ms: z.number(), p95Ms: z.number() })),
  appNap: z.boolean(),
  media: z.nullable(z.enum(['directory', 'api'])),
});
