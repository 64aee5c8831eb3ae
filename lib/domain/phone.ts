import type { Cause } from './cause.ts';
import type { AppShows } from './diagnosis.ts';
import type { Facts } from './facts.ts';
import { type Failed, type ProbeResult, withinPatience } from './probe.ts';

/**
 * Apple's English sentences for NSURLError codes. Captions are the phone app's own: it says "Server timeout" for −1001 and
 * "Server unreachable" for every other code. Source: network reference §1.5 and §1.7.
 */
const SENTENCES = {
  [-1001]: 'The request timed out.',
  [-1003]: 'A server with the specified hostname could not be found.',
  [-1004]: 'Could not connect to the server.',
  [-1005]: 'The network connection was lost.',
  [-1009]: 'The Internet connection appears to be offline.',
  [-1017]: 'cannot parse response',
  [-1022]:
    'The resource could not be loaded because the App Transport Security policy requires the use of a secure connection.',
  [-1103]: 'resource exceeds maximum size',
  [-1200]: 'An SSL error has occurred and a secure connection to the server cannot be made.',
  [-1201]: 'The certificate for this server has expired.',
  [-1202]: 'The certificate for this server is invalid.',
  [-1204]: 'The certificate for this server is not yet valid.',
} as const;
type Code = keyof typeof SENTENCES;

const OPEN_ANKI = 'Open Anki on your Mac and start a review.';

const error = (code: Code): AppShows => ({
  code,
  text: SENTENCES[code],
  caption: code === -1001 ? 'Server timeout' : 'Server unreachable',
});
const openAnki: AppShows = { code: null, text: OPEN_ANKI, caption: 'Connected' };
const badStatus: AppShows = { code: null, text: OPEN_ANKI, caption: 'Server unreachable' };

/** The phone's packets end nowhere, whatever this machine reaches of itself. */
export const CUT_OFF: ReadonlySet<Cause> = new Set([
  'tailscale-not-running',
  'tailscale-stopped',
  'tailscale-logged-out',
  'key-expired',
  'needs-approval',
  'tailscale-offline',
]);
/** Nothing listens, which a stealthy firewall turns into silence. */
const NOBODY_LISTENS: ReadonlySet<Cause> = new Set([
  'not-running',
  'crashed',
  'crash-loop',
  'cannot-start',
  'never-started',
  'starting',
  'wrong-port',
]);

/** What the phone app shows under these facts, as the phone meets them; null when a review would work. */
export function appShows(cause: Cause, { name, complaint, firewall }: Facts): AppShows | null {
  if (complaint !== undefined) return error(complaint.value.code);
  if (cause === 'healthy' || cause === 'magicdns-unused' || cause === 'slow-names') return null;
  if (CUT_OFF.has(cause)) return error(-1001);
  if (cause === 'magicdns-off') return error(-1003);
  if (cause === 'wrong-address') return fromElsewhere(name);
  if (NOBODY_LISTENS.has(cause) && firewall?.value.isStealthy === true) return error(-1001);
  // The app stops waiting at its patience, so whatever came later it never saw.
  if (!withinPatience(name)) return error(-1001);
  return name.outcome === 'failed' ? fromFailure(name) : openAnki;
}

/** Where only this machine finds no address, the phone finds another's, and nobody of ours listens there. */
function fromElsewhere(name: ProbeResult): AppShows {
  if (name.outcome === 'failed' && name.failedIn === 'dns') return error(-1004);
  return name.outcome === 'failed' && withinPatience(name) ? fromFailure(name) : error(-1001);
}

function fromFailure({ reason, code }: Failed): AppShows {
  switch (reason) {
    case 'not-found':
    case 'dns-failure':
      return error(-1003);
    case 'refused':
    case 'unreachable':
    case 'unexplained':
      return error(-1004);
    case 'timeout':
      return error(-1001);
    case 'reset':
    case 'closed-early':
    case 'truncated':
      return error(-1005);
    case 'not-http':
    case 'malformed':
      return error(-1017);
    case 'too-large':
      return error(-1103);
    case 'tls-failure':
      return error(-1200);
    case 'bad-certificate':
      return error(certificateCode(code));
    case 'redirect':
    case 'wrong-status':
      return badStatus;
    case 'wrong-server':
    case 'bad-body':
      // The app looks at the status only: 200 is "Connected", whatever the body says.
      return openAnki;
  }
}

function certificateCode(code: string | undefined): Code {
  if (code === 'CERT_HAS_EXPIRED') return -1201;
  return code === 'CERT_NOT_YET_VALID' ? -1204 : -1202;
}
