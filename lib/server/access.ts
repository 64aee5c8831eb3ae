import { createHash, timingSafeEqual } from 'node:crypto';
import { isMediaPath } from './media-path.ts';

/** Why a request is turned away, in the words the caller gets. */
export type Refusal = { readonly status: number; readonly code: string; readonly message: string };

export type Rules = {
  /** Lower-case names under which this server may be asked. */
  readonly hosts: ReadonlySet<string>;
  /** Needed by every request when Lifeline listens beyond loopback. */
  readonly token: string | null;
};

export type Ask = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly cookieToken: string | null;
};

export const TOKEN_COOKIE = 'lifeline_token';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Null when a request may pass. Guards against the open internet, DNS rebinding and other sites' pages. */
export function refuse(ask: Ask, rules: Rules): Refusal | null {
  if (ask.headers.has('tailscale-funnel-request')) {
    return {
      status: 403,
      code: 'funnel',
      message: 'Lifeline does not answer the public internet. Turn Funnel off for it.',
    };
  }
  if (!rules.hosts.has(hostOf(ask.headers))) {
    return {
      status: 403,
      code: 'host',
      message: 'Not a name of this Lifeline. Its owner can add it to ALLOWED_HOSTS.',
    };
  }
  if (isForFrame(ask)) return null;
  if (rules.token !== null && !holdsToken(ask, rules.token)) {
    return { status: 401, code: 'token', message: 'This Lifeline needs its token: open it once with ?token=… added.' };
  }
  return fromElsewhere(ask)
    ? { status: 403, code: 'cross-site', message: 'Only Lifeline’s own pages may ask this.' }
    : null;
}

/** To the card frame, whose origin is opaque, we are another site, and it sends no cookie. The route asks for the token in the path. */
const isForFrame = ({ method, path }: Ask): boolean => SAFE_METHODS.has(method) && isMediaPath(path);

/** The name in `Host` without its port, in lower case. */
const hostOf = (headers: Headers): string => (headers.get('host') ?? '').toLowerCase().replace(/:\d+$/, '');

/** Whether a request holds the token, in a header or in the cookie that the browser was given. */
export function holdsToken({ headers, cookieToken }: Pick<Ask, 'headers' | 'cookieToken'>, token: string): boolean {
  const bearer = headers.get('authorization')?.replace(/^Bearer /, '') ?? null;
  return [bearer, cookieToken].some((given) => given !== null && sameSecret(given, token));
}

/** The token in the cookie of a request; null where there is none or it cannot be read. */
export function tokenInCookie(headers: Headers): string | null {
  const pairs = (headers.get('cookie') ?? '').split(/;\s*/);
  const value = pairs.find((pair) => pair.startsWith(`${TOKEN_COOKIE}=`))?.slice(TOKEN_COOKIE.length + 1);
  try {
    return value === undefined ? null : decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** Compared in constant time, whatever the lengths. */
export const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A request that changes something must be same-origin JSON; the API is not read from other sites either. */
function fromElsewhere({ method, path, headers }: Ask): boolean {
  const site = headers.get('sec-fetch-site');
  if (!SAFE_METHODS.has(method)) return !(isSameOrigin(headers) && isJson(headers));
  return path.startsWith('/api/') && (site === 'cross-site' || site === 'same-site');
}

function isSameOrigin(headers: Headers): boolean {
  const origin = URL.parse(headers.get('origin') ?? '');
  const site = headers.get('sec-fetch-site');
  return origin?.host === headers.get('host')?.toLowerCase() && (site === null || site === 'same-origin');
}

const isJson = (headers: Headers): boolean =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim() === 'application/json';
