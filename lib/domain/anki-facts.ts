import type { DurationMs } from './time.ts';

/** What AnkiConnect says when it is asked directly on this machine. */
export type AnkiConnect =
  | { readonly reach: 'refused' }
  /** It took the connection and said nothing in time: Anki's window is busy, asleep (App Nap) or shows a dialog. */
  | { readonly reach: 'silent' }
  /** What answers on its port is not AnkiConnect. */
  | { readonly reach: 'foreign' }
  | {
      readonly reach: 'answers';
      readonly latencyMs: DurationMs;
      /** `key-needed`: it wants an apiKey, and nothing else is known. Null when it did not say. */
      readonly collection: 'open' | 'closed' | 'key-needed' | null;
      /** Whether Anki shows its reviewer; null when it did not say. */
      readonly isReviewing: boolean | null;
    };

/**
 * Where the bridge add-on answers `/ping`: it takes 8771 when 8770 is taken, and nobody looks there. `refused`: it is at
 * neither; another program at one of them is not it.
 */
export type Bridge = { readonly reach: 'answers'; readonly port: number } | { readonly reach: 'refused' | 'silent' };

/** What the review server says of the current card (`GET /current`). */
export type Current =
  | { readonly said: 'card' }
  /** `message` is its own, at most 200 characters. */
  | { readonly said: 'error'; readonly message: string }
  /** Its own word for no review, where it is not told as an error. */
  | { readonly said: 'idle' }
  /** No card and no error: no answer within 5 s, no HTTP, or an answer of another status or shape than the phone reads. */
  | { readonly said: 'nothing'; readonly came: 'silence' | 'no-http' }
  | { readonly said: 'nothing'; readonly came: 'answer'; readonly status: number };
