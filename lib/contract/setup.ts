import * as z from 'zod/mini';

const epochMs = z.int();

/** Who asks, as far as it is proven. */
const CALLERS = ['local', 'token', 'owner', 'stranger'] as const;
export const PATHS = ['direct', 'relay'] as const;

/**
 * How Lifeline is published to the tailnet. `public`: by Funnel to the whole internet too, which Lifeline refuses.
 * `elsewhere`: https is served on this machine, but leads to something else.
 */
export const SERVE_STATES = ['published', 'public', 'elsewhere', 'not-published', 'no-tailscale', 'unknown'] as const;

const deviceSchema = z.object({
  /** To revoke it by. */
  id: z.string(),
  /** Of a tailnet node its name, of a paired browser what it calls itself. */
  name: z.string(),
  kind: z.enum(['tailnet', 'paired']),
  login: z.nullable(z.string()),
  address: z.nullable(z.string()),
  /** Whether its packets come directly or through a relay; null where that is not known. */
  path: z.nullable(z.enum(PATHS)),
  /** The device that asks. */
  isThis: z.boolean(),
  lastSeenAt: epochMs,
  /** Only a paired one is let in by us, and can be turned out. */
  isRevocable: z.boolean(),
});
export type DeviceView = z.infer<typeof deviceSchema>;

/** `GET /api/setup`: what the Mac knows of how it is reached and by whom. The phone knows the rest itself. */
export const setupSchema = z.object({
  serve: z.object({
    state: z.enum(SERVE_STATES),
    /** The https address that leads here; null where there is none. */
    url: z.nullable(z.string()),
    /** The command that publishes, or that ends Funnel. */
    command: z.string(),
    /** What stands in the way, or what the tool said where it did not tell; null where nothing is to be added. */
    detail: z.nullable(z.string()),
  }),
  /** What the QR code holds: the https address, with the pairing link of the token where one is needed and the caller may give it. */
  link: z.nullable(z.string()),
  caller: z.object({
    who: z.enum(CALLERS),
    login: z.nullable(z.string()),
    device: z.nullable(z.string()),
    path: z.nullable(z.enum(PATHS)),
    /** Null for who may change things; else a sentence that says who may. */
    refusal: z.nullable(z.string()),
  }),
  /** The login that this Mac belongs to; null where Tailscale does not say. */
  owner: z.nullable(z.string()),
  /** All that were seen for who may change things, for others their own. */
  devices: z.array(deviceSchema),
  /** Whether `npm run service -- install` was done; null where this system has no such thing. */
  startsAtLogin: z.nullable(z.boolean()),
  version: z.string(),
  /** Of the server that answers; a page of another build is out of date. */
  build: z.string(),
  servedAt: epochMs,
});
export type Setup = z.infer<typeof setupSchema>;

/** `POST /api/pair`: a browser that holds the token is given a secret of its own, in a cookie that no script reads. */
export const pairRequestSchema = z.object({
  token: z.string().check(z.minLength(1), z.maxLength(1_000)),
  label: z.string().check(z.minLength(1), z.maxLength(80)),
});
/** `POST /api/devices/revoke`. */
export const revokeRequestSchema = z.object({ id: z.string().check(z.minLength(1), z.maxLength(200)) });
/** The answer of both. */
export const doneSchema = z.object({ done: z.literal(true) });
