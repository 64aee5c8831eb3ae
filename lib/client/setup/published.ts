import type { Setup } from '#lib/contract/setup.ts';
import type { Check } from './check.ts';
import type { ThisDevice } from './this-device.ts';

/** Whether this page's own address is the one that is published. */
export const isAt = (origin: string, url: string | null): boolean => url !== null && URL.parse(url)?.origin === origin;

/**
 * How Lifeline is reached. A page that came by https shows that there is a way, whatever else is known; that Funnel opens it to
 * everybody only the Mac can say. Null where neither tells.
 */
export function publishedCheck(setup: Setup | null, { isHttps, isSecure, origin }: ThisDevice): Check | null {
  if (setup?.serve.state === 'public') return { state: 'warn', says: 'The whole internet can reach it.' };
  if (!isSecure) return { state: 'warn', says: 'This page is not secure: it was opened without https.' };
  if (isHttps) {
    return { state: 'done', says: isAt(origin, setup?.serve.url ?? null) ? 'This page came that way.' : origin };
  }
  return setup === null ? null : macCheck(setup.serve);
}

function macCheck({ state, url, detail }: Setup['serve']): Check {
  switch (state) {
    case 'published':
      return { state: 'done', says: url ?? 'To your tailnet, and only there.' };
    case 'public':
      return { state: 'warn', says: 'The whole internet can reach it.' };
    case 'elsewhere':
      return { state: 'todo', says: 'The https address of this Mac leads to something else.' };
    case 'not-published':
      return { state: 'todo', says: 'Only this Mac can open it.' };
    case 'no-tailscale':
      return { state: 'todo', says: detail ?? 'Tailscale is not running on the Mac.' };
    case 'unknown':
      return { state: 'unknown', says: detail ?? 'Tailscale did not say.' };
  }
}
