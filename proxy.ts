import { type NextRequest, NextResponse } from 'next/server';
import { bearerOf, pairedCookie, type Refusal, refuse } from '#lib/server/access.ts';
import { originOf } from '#lib/server/origin.ts';
import { labelOf } from '#lib/server/pairing-label.ts';
import { failure, tooMany } from '#lib/server/respond.ts';
import { securityHeaders } from '#lib/server/security-headers.ts';
import { runningServices, type Services } from '#lib/server/services.ts';

/** Every request passes here first: who may ask at all, how often, and what every answer carries. */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname: path, searchParams: query } = request.nextUrl;
  const refused = await turnAway(request, path);
  const answer = refused ?? NextResponse.next();
  // A host that is not ours never gets into a policy.
  const origin = refused === null ? originOf(request.headers) : null;
  for (const [name, value] of Object.entries(securityHeaders({ path, query, origin }))) answer.headers.set(name, value);
  return answer;
}

async function turnAway(request: NextRequest, path: string): Promise<Response | null> {
  const running = runningServices();
  if (running === null) return failure(503, 'starting', 'Lifeline is starting.');
  if (!isReadable(path)) return failure(400, 'bad-address', 'This address cannot be read.');
  const { pairing, limits, devicesSeen } = running;
  const { method, headers } = request;
  const isLetIn = pairing === null ? null : pairing.passOf(headers) !== null;
  const judge = () => refuse({ method, path, headers }, { hosts: hostsOf(running), isLetIn });
  let refusal = judge();
  if (refusal?.code === 'host') {
    // A phone that waited for the start is there before Tailscale has said what this machine is called.
    await running.tailnet.asked();
    refusal = judge();
  }
  if (refusal?.code === 'funnel' || refusal?.code === 'host') return refusedBy(refusal);
  const held = await heldBack(request, running);
  if (held !== null) return held;
  if (refusal !== null) return refusedBy(refusal);
  const waitMs = await limits.take({ method, path, headers });
  if (waitMs !== null) return tooMany('That is more than Lifeline answers at a time.', waitMs);
  devicesSeen.note(headers);
  return pairedByLink(request, running);
}

function refusedBy({ status, code, message }: Refusal): Response {
  const answer = failure(status, code, message);
  if (code === 'method') answer.headers.set('allow', 'GET, HEAD');
  return answer;
}

/** The token of a script is a guess until it was found right, and beyond some wrong ones none is looked at. */
async function heldBack({ headers }: NextRequest, { pairing, limits }: Services): Promise<Response | null> {
  if (pairing === null || bearerOf(headers) === null) return null;
  const pass = pairing.passOf(headers);
  if (pass !== null && pass.device !== null) return null;
  const found = await limits.guess(headers, pass !== null);
  return typeof found === 'string' ? null : tooMany('Too many wrong tokens.', found.waitMs);
}

function hostsOf({ config, tailnet }: Services): ReadonlySet<string> {
  const named = [hostName(config.host), tailnet.name() ?? '', ...config.allowedHosts].filter(Boolean);
  return new Set(['localhost', '127.0.0.1', '[::1]', ...named]);
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

/**
 * A page that is opened with `?token=…` lets the browser in, and goes on without it in its address. With a wrong one it goes on
 * too: the page says that it is not paired, and what to do.
 */
async function pairedByLink({ nextUrl, headers, method }: NextRequest, { pairing, limits }: Services) {
  const given = nextUrl.searchParams.get('token');
  if (given === null || pairing === null || method !== 'GET' || nextUrl.pathname.startsWith('/api/')) return null;
  const isKnown = pairing.passOf(headers) !== null;
  const found = isKnown ? 'known' : await limits.guess(headers, pairing.isToken(given));
  if (typeof found !== 'string') return tooMany('Too many wrong tokens.', found.waitMs);
  const query = new URLSearchParams(nextUrl.searchParams);
  query.delete('token');
  // Next takes a whole address only. One without a host would also let a path say another: `//evil.example`.
  const address = `${originOf(headers) ?? nextUrl.origin}${nextUrl.pathname}`;
  const location = query.size === 0 ? address : `${address}?${query}`;
  const answer = new NextResponse(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
  if (found === 'right') {
    const secret = await pairing.admit(labelOf(headers.get('user-agent')));
    answer.headers.set('set-cookie', pairedCookie(secret, headers));
  }
  return answer;
}

export const config = { matcher: '/((?!_next/static/).*)' };
