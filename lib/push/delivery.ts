import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Posted } from './post.ts';

/** How a message fared. `status` is what the other side answered; null where it did not. */
export type Delivery =
  /** Taken: that is not seen yet by anybody. */
  | { readonly outcome: 'sent'; readonly status: number }
  /** There is nobody at that address any more. */
  | { readonly outcome: 'gone'; readonly status: number }
  /** It would be refused again. */
  | { readonly outcome: 'refused'; readonly status: number | null; readonly detail: string }
  /** It certainly was not taken; `afterMs` is how long the other side asks to wait, where it does. */
  | {
      readonly outcome: 'later';
      readonly status: number | null;
      readonly afterMs: DurationMs | null;
      readonly detail: string;
    }
  /** It went out whole, and nothing came back: it may have been taken. */
  | { readonly outcome: 'unknown'; readonly status: null; readonly detail: string };

/** What became of a posted message: https://www.rfc-editor.org/rfc/rfc8030#section-8.4 and Apple's table of response codes. */
export function deliveryOf(posted: Posted, now: EpochMs): Delivery {
  if (posted.outcome === 'failed') {
    return posted.isOut
      ? { outcome: 'unknown', status: null, detail: posted.why }
      : { outcome: 'later', status: null, afterMs: null, detail: posted.why };
  }
  const { status, words } = posted;
  if (status >= 200 && status < 300) return { outcome: 'sent', status };
  if (status === 404 || status === 410) return { outcome: 'gone', status };
  const detail = words.trim() === '' ? `it answered ${status}` : `it answered ${status}: ${words.trim()}`;
  if (status === 429 || status >= 500) {
    return { outcome: 'later', status, afterMs: afterMsOf(posted.retryAfter, now), detail };
  }
  return { outcome: 'refused', status, detail };
}

/** Seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after. */
function afterMsOf(retryAfter: string | null, now: EpochMs): DurationMs | null {
  if (retryAfter === null) return null;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * SECOND;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
