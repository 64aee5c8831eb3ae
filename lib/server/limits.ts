// Alone: the package as a whole loads the clients of a dozen databases.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import { type DurationMs, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { senderOf } from './sender.ts';

/** How often one sender may ask for what within a stretch of time. */
type Limit = { readonly times: number; readonly withinMs: DurationMs };

/**
 * Of each sender. `read`: ten windows that poll, and the media of a hand at once, are far below it. `deep` runs the tools of the
 * host or reads all that is kept. `change`: 500 grades are handed in with 25 requests, or, where Lifeline cannot take them
 * together, with 501 in a row. `test` sends a message to a phone.
 */
const LIMITS = {
  read: { times: 6_000, withinMs: MINUTE },
  deep: { times: 120, withinMs: MINUTE },
  change: { times: 1_200, withinMs: MINUTE },
  test: { times: 6, withinMs: MINUTE },
} as const satisfies Readonly<Record<string, Limit>>;
type Kind = keyof typeof LIMITS;

/** At this pace the shortest token, 16 random characters, outlasts us all; a person who mistypes it is not kept out. */
const WRONG_TOKENS: Limit = { times: 10, withinMs: 15 * MINUTE };
const WRONG_TOKENS_OF_ALL: Limit = { times: 100, withinMs: HOUR };

/** Beyond these, newcomers are counted together: whoever makes up addresses fills no memory, and keeps nobody out who was here. */
const MOST_SENDERS = 1_000;
const MOST_TRUSTED = 100;

/** How long to wait before asking again; null where that is not needed. */
export type Wait = DurationMs | null;

export type Limits = {
  /** Counts a request. */
  readonly take: (ask: { readonly method: string; readonly path: string; readonly headers: Headers }) => Promise<Wait>;
  /** Whether a token is right. Wrong ones are counted, and beyond their limit nobody learns whether one is right. */
  readonly guess: (headers: Headers, isRight: boolean) => Promise<'right' | 'wrong' | { readonly waitMs: DurationMs }>;
};

export function createLimits(): Limits {
  const counters = mapped(LIMITS, counterOf);
  const wrong = counterOf(WRONG_TOKENS);
  const wrongOfAll = counterOf(WRONG_TOKENS_OF_ALL);
  const trusted = createTrusted();
  return {
    take: ({ method, path, headers }) => counters[kindOf(method, path)].take(senderOf(headers)),
    guess: async (headers, isRight) => {
      const sender = senderOf(headers);
      if (isRight) {
        const waitMs = (await wrong.wait(sender)) ?? (trusted.has(sender) ? null : await wrongOfAll.wait(ALL));
        if (waitMs !== null) return { waitMs };
        trusted.add(sender);
        return 'right';
      }
      // Who is kept out keeps out nobody else.
      const waitMs = (await wrong.take(sender)) ?? (await wrongOfAll.take(ALL));
      return waitMs === null ? 'wrong' : { waitMs };
    },
  };
}

const ALL = 'all';

/** Those that gave the right token before: what strangers guess does not keep them out, and of their own guesses ten are looked at. */
function createTrusted() {
  const senders = new Set<string>();
  return {
    has: (sender: string): boolean => senders.has(sender),
    add: (sender: string): void => {
      senders.delete(sender);
      senders.add(sender);
      const [oldest] = senders;
      if (oldest !== undefined && senders.size > MOST_TRUSTED) senders.delete(oldest);
    },
  };
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const DEEP = new Set(['/api/diagnosis', '/api/export', '/api/metrics']);

function kindOf(method: string, path: string): Kind {
  if (SAFE_METHODS.has(method)) return DEEP.has(path) ? 'deep' : 'read';
  return path === '/api/alerts/test' ? 'test' : 'change';
}

function mapped<K extends string, A, B>(of: Readonly<Record<K, A>>, by: (value: A) => B): Readonly<Record<K, B>> {
  return Object.fromEntries(Object.entries<A>(of).map(([key, value]) => [key, by(value)])) as Record<K, B>;
}

function counterOf({ times, withinMs }: Limit) {
  const counted = new RateLimiterMemory({ points: times, duration: withinMs / SECOND });
  const places = createPlaces(withinMs);
  return {
    take: async (sender: string): Promise<Wait> => {
      try {
        await counted.consume(places(sender));
        return null;
      } catch (full) {
        return Math.max(waitOf(full), SECOND);
      }
    },
    /** How long until one more would be taken; counts nothing. */
    wait: async (sender: string): Promise<Wait> => {
      const before = await counted.get(places(sender));
      const isFull = before !== null && before.consumedPoints >= times && before.msBeforeNext > 0;
      return isFull ? Math.max(before.msBeforeNext, SECOND) : null;
    },
  };
}

/** What the counter rejects with, where it is no error. */
function waitOf(full: unknown): DurationMs {
  if (full instanceof Error || !isFull(full)) throw full;
  return full.msBeforeNext;
}
const isFull = (full: unknown): full is { readonly msBeforeNext: DurationMs } =>
  typeof full === 'object' && full !== null && 'msBeforeNext' in full && typeof full.msBeforeNext === 'number';

/** Gives each sender a name to be counted by: its own while there is room. */
function createPlaces(keptMs: DurationMs): (sender: string) => string {
  const until = new Map<string, DurationMs>();
  const makeRoom = (now: DurationMs): void => {
    for (const [sender, end] of until) if (end <= now) until.delete(sender);
  };
  return (sender) => {
    const now = performance.now();
    if (!until.has(sender) && until.size >= MOST_SENDERS) makeRoom(now);
    if (!until.has(sender) && until.size >= MOST_SENDERS) return 'others';
    until.set(sender, now + keptMs);
    return sender;
  };
}
