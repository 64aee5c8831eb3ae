import { useState } from 'react';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { some } from '#lib/client/review/words.ts';
import type { Level } from '#lib/domain/level.ts';

type Told = Pick<ReviewSession, 'source' | 'waiting'> & { readonly level: Level | null };

/**
 * Says that the review server came back while this session did without it; null when it did not, or when that was seen. The
 * session itself stays with its gateway: two that grade at once get into each other's way.
 */
export function useServerBack({ source, waiting, level }: Told): { readonly text: string | null; seen: () => void } {
  const [state, setState] = useState<'with' | 'without' | 'seen'>('with');
  const isAway = level === 'down' || level === 'degraded';
  if (isAway && state !== 'without') setState('without');
  const isBack = state === 'without' && level === 'ready' && source !== 'review-server' && source !== null;
  const rest =
    waiting > 0 ? `Your ${some(waiting, 'grade')} ${waiting === 1 ? 'is' : 'are'} sent first.` : 'All grades are sent.';
  return { text: isBack ? `The review server is back. ${rest}` : null, seen: () => setState('seen') };
}
