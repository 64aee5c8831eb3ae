/** As a `Host` header has it: a name or an IPv4 address, or an IPv6 address in brackets; and a port. */
const HOST = /^(?:[a-z0-9]+(?:[.-]+[a-z0-9]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

/**
 * The origin that a browser asked by these headers, for policies that have to name it; null where its `Host` is none. Whether
 * the host is one of ours is not asked here.
 */
export function originOf(headers: Headers): string | null {
  const host = (headers.get('host') ?? '').toLowerCase();
  if (!HOST.test(host)) return null;
  // The first of several is what the browser spoke.
  const [spoken = ''] = (headers.get('x-forwarded-proto') ?? '').split(',');
  return `${spoken.trim() === 'https' ? 'https' : 'http'}://${host}`;
}
