/** Tailscale's own ranges: 100.64.0.0/10 and fd7a:115c:a1e0::/48. */
export function isTailnet(address: string | undefined): boolean {
  if (address === undefined) return false;
  if (address.toLowerCase().startsWith('fd7a:115c:a1e0:')) return true;
  const [first, second] = address.split('.').map(Number);
  return first === 100 && second !== undefined && second >= 64 && second <= 127;
}
