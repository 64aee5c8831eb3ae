import { createHash, timingSafeEqual } from 'node:crypto';
import { isMediaPath } from './media-path.ts';
import { originOf } from './origin.ts';

/** Why a request is turned away, in the words the caller gets. */
export type Refusal = { readonly status: number; readonly code: string; readonly message: string };

export type Ask = {
  readonly method: string;
  /** As it was asked, escapes and all. */
  readonly path: string;
  readonly headers: Headers;
};

export type Rules = {
  /** Lower-case names under which this server may be asked. */
  readonly hosts: ReadonlySet<string>;
  /** Whether this request holds the token or is of a paired browser; null where no token is set. */
  readonly isLetIn: boolean | null;
};

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const isChange = ({ method }: Ask): boolean => !SAFE_METHODS.has(method);

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
  if (rules.isLetIn === false && !isOpen(ask)) return NOT_LET_IN;
  if (fromElsewhere(ask)) {
    return { status: 403, code: 'cross-site', message: 'Only Lifeline’s own pages may ask this.' };
  }
  // Next would take a POST to any page for a call of a server action, and read it.
  return isChange(ask) && !ask.path.startsWith('/api/')
    ? { status: 405, code: 'method', message: 'Pages are read, and take nothing.' }
    : null;
}

/** To the card frame, whose origin is opaque, we are another site, and it sends no cookie. The route asks for the token in the path. */
const isForFrame = (ask: Ask): boolean => !isChange(ask) && isMediaPath(ask.path);

/** The name in `Host` without its port, in lower case. */
const hostOf = (headers: Headers): string => (headers.get('host') ?? '').toLowerCase().replace(/:\d+$/, '');

/** The token in the `Authorization` header of a request, for scripts; null where there is none. */
export const bearerOf = (headers: Headers): string | null =>
  /^Bearer +(\S.*)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;

const COOKIE = 'lifeline_paired';
const YEAR_S = 365 * 24 * 60 * 60;

/** More cookies of one name are nobody's but an attacker's. */
const MOST_COOKIES = 8;

/**
 * What stands where a paired browser has its secret. There may be several: another host of the tailnet can set one for all of
 * its domain, which a browser sends first, and that must not keep out whoever is paired.
 */
export const cookiesOf = (headers: Headers): readonly string[] =>
  (headers.get('cookie') ?? '')
    .split(/;\s*/)
    .filter((pair) => pair.startsWith(`${COOKIE}=`))
    .slice(0, MOST_COOKIES)
    .map((pair) => pair.slice(COOKIE.length + 1));

/** What a browser keeps for a year, and no script reads. `headers` are those of the request that is answered. */
export function pairedCookie(secret: string, headers: Headers): string {
  const secure = originOf(headers)?.startsWith('https:') === true ? '; Secure' : '';
  return `${COOKIE}=${secret}; Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Strict${secure}`;
}

/** Compared in constant time, whatever the lengths. */
export const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What is told to whoever holds neither the token nor a cookie of a paired browser. */
const NOT_LET_IN: Refusal = {
  status: 401,
  code: 'token',
  message:
    'This device is not paired with Lifeline. Open the link that Setup shows on a paired device, or enter the token.',
};

/** By the name of its folder: how a browser is paired. */
const PAIR_PATH = '/api/pair';

/**
 * What holds no data is had without the token, or the service worker would keep refusals in place of the pages. Everything below
 * `/api` holds data, however it is spelled, and Next’s own addresses can be made to fetch it.
 */
function isOpen({ path }: Ask): boolean {
  const spelled = decodeURIComponent(path)
    .toLowerCase()
    .replace(/[\\/]+/g, '/');
  return path === PAIR_PATH || !/^\/(api|_next)(\/|$)/.test(spelled);
}

/** A request that changes something must be same-origin JSON; the API is not read from other sites either. */
function fromElsewhere(ask: Ask): boolean {
  const { path, headers } = ask;
  const site = headers.get('sec-fetch-site');
  if (isChange(ask)) return !(isSameOrigin(headers) && isJson(headers));
  return path.startsWith('/api/') && (site === 'cross-site' || site === 'same-site');
}

function isSameOrigin(headers: Headers): boolean {
  const origin = URL.parse(headers.get('origin') ?? '');
  const site = headers.get('sec-fetch-site');
  return origin?.host === headers.get('host')?.toLowerCase() && (site === null || site === 'same-origin');
}

const isJson = (headers: Headers): boolean =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim() === 'application/json';
