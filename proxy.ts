import { type NextRequest, NextResponse } from 'next/server';
import { refuse, sameSecret, TOKEN_COOKIE, tokenInCookie } from '#lib/server/access.ts';
import { originOf } from '#lib/server/origin.ts';
import { failure } from '#lib/server/respond.ts';
import { securityHeaders } from '#lib/server/security-headers.ts';
import { runningServices } from '#lib/server/services.ts';

const YEAR_S = 365 * 24 * 60 * 60;

/** Every request passes here first: who may ask at all, and what every answer carries. */
export function proxy(request: NextRequest): Response {
  const { pathname: path, searchParams: query } = request.nextUrl;
  const refused = turnAway(request, path);
  const answer = refused ?? NextResponse.next();
  // A host that is not ours never gets into a policy.
  const origin = refused === null ? originOf(request.headers) : null;
  for (const [name, value] of Object.entries(securityHeaders({ path, query, origin }))) answer.headers.set(name, value);
  return answer;
}

function turnAway(request: NextRequest, path: string): Response | null {
  const running = runningServices();
  if (running === null) return failure(503, 'starting', 'Lifeline is starting.');
  if (!isReadable(path)) return failure(400, 'bad-address', 'This address cannot be read.');
  const { config, tailnet } = running;
  const hosts = new Set([
    'localhost',
    '127.0.0.1',
    '[::1]',
    hostName(config.host),
    tailnet.name() ?? '',
    ...config.allowedHosts,
  ]);
  hosts.delete('');
  const rules = { hosts, token: config.token ?? null };
  const { method, headers } = request;
  const refusal = refuse({ method, path, headers, cookieToken: tokenInCookie(headers) }, rules);
  if (refusal?.code === 'token')
    return pairing(request, rules.token) ?? failure(refusal.status, refusal.code, refusal.message);
  return refusal === null ? null : failure(refusal.status, refusal.code, refusal.message);
}

/** Next answers a path whose escapes make no text with a page of its own. */
function isReadable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

/** As it stands in a `Host` header. */
const hostName = (host: string): string => (host.includes(':') ? `[${host}]` : host).toLowerCase();

/** Opened once with `?token=…`, a browser keeps the token in a cookie that no script can read. */
function pairing({ nextUrl, headers }: NextRequest, token: string | null): Response | null {
  const given = nextUrl.searchParams.get('token');
  if (given === null || token === null || !sameSecret(given, token)) return null;
  const query = new URLSearchParams(nextUrl.searchParams);
  query.delete('token');
  // Next takes a whole address only. One without a host would also let a path say another: `//evil.example`.
  const address = `${originOf(headers) ?? nextUrl.origin}${nextUrl.pathname}`;
  const location = query.size === 0 ? address : `${address}?${query}`;
  const answer = new NextResponse(null, { status: 303, headers: { location } });
  const secure = headers.get('x-forwarded-proto') === 'https';
  answer.cookies.set(TOKEN_COOKIE, token, { httpOnly: true, sameSite: 'strict', secure, maxAge: YEAR_S, path: '/' });
  return answer;
}

export const config = { matcher: '/((?!_next/static/).*)' };
