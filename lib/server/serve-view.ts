import type { Setup } from '#lib/contract/setup.ts';
import type { Tailscale } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { httpsUrl, leadsTo, type Root } from '#lib/host/tailscale-serve.ts';

/** How Lifeline is published, and the command that makes it well. */
export type ServeView = Setup['serve'];

type Asked = {
  /** Where Lifeline listens on loopback. */
  readonly port: number;
  readonly roots: Told<readonly Root[]>;
  readonly tailscale: Told<Tailscale>;
  readonly platform: NodeJS.Platform;
};

const HTTPS = 443;
/** Where else https is common; Funnel knows no others, so it is seen at once if it covers them. */
const OTHER_PORTS = [8443, 10_000, 9443, 4443];

/**
 * The command that serves a local port to the tailnet by https, and to it alone: it also takes Funnel off the port it is
 * served at. Source: applyFunnel in tailscale's cmd/tailscale/cli/serve_v2.go.
 */
export const serveArguments = (port: number, at: number = HTTPS): readonly string[] => [
  'serve',
  '--bg',
  ...(at === HTTPS ? [] : [`--https=${at}`]),
  String(port),
];
const serveCommand = (port: number, at?: number): string => `tailscale ${serveArguments(port, at).join(' ')}`;

/** Judges what tailscale told. What it did not tell is unknown, never "not published". */
export function serveView({ port, roots, tailscale, platform }: Asked): ServeView {
  const own = 'told' in tailscale ? tailscale.told : null;
  const off = offView(tailscale, platform);
  if (off !== null) return off;
  if ('why' in roots) return { state: 'unknown', url: null, command: serveCommand(port), detail: roots.detail };
  const ours = roots.told.filter(({ speaks, to, host }) => speaks === 'https' && host !== null && leadsTo(to, port));
  const current = ours.filter(({ host }) => own === null || own.dnsName === '' || host === own.dnsName);
  // One that Funnel covers comes first: it is the one to warn of.
  const found = current.find(({ isPublic }) => isPublic) ?? current[0];
  if (found !== undefined) return foundView(found, port, own);
  const taken = roots.told.find((root) => root.port === HTTPS && !ours.includes(root));
  return taken === undefined ? absentView(port, own, ours[0]) : takenView(taken, port, roots.told);
}

function foundView({ host, port: at, isPublic, isForeground }: Root, port: number, own: Tailscale | null): ServeView {
  const url = httpsUrl(host ?? '', at);
  const command = serveCommand(port, at);
  if (isPublic) {
    return { state: 'public', url, command, detail: isForeground ? 'A tailscale funnel runs in a terminal.' : null };
  }
  if (own?.isHttpsEnabled === false) {
    return { state: 'not-published', url: null, command, detail: `${url} is served. ${NO_CERTIFICATES}` };
  }
  return { state: 'published', url, command, detail: isForeground ? 'Until the command in its terminal ends.' : null };
}

const NO_CERTIFICATES =
  'The tailnet gives no certificates: turn HTTPS on, on the DNS page of the Tailscale admin console, or follow the link that the command prints.';

/** `stale`: what leads here by a name that this machine no longer has. */
function absentView(port: number, own: Tailscale | null, stale: Root | undefined): ServeView {
  const reasons = [
    stale === undefined ? null : `It was published as ${stale.host}, a name that this Mac no longer has.`,
    own?.isMagicDnsEnabled === false
      ? 'MagicDNS is off: turn it on, on the DNS page of the Tailscale admin console.'
      : null,
    own?.isHttpsEnabled === false ? NO_CERTIFICATES : null,
  ].filter((reason) => reason !== null);
  const detail = reasons.length === 0 ? null : reasons.join(' ');
  return { state: 'not-published', url: null, command: serveCommand(port), detail };
}

function takenView({ host, to, speaks }: Root, port: number, roots: readonly Root[]): ServeView {
  const free = OTHER_PORTS.find((at) => roots.every((root) => root.port !== at)) ?? OTHER_PORTS[0];
  const where = host === null ? `Port ${HTTPS} (${speaks})` : httpsUrl(host, HTTPS);
  return { state: 'elsewhere', url: null, command: serveCommand(port, free), detail: `${where} leads to ${to}.` };
}

type Off = { readonly says: string; readonly mac: string; readonly linux: string };

/** Why tailscale is no way to here, and the command that makes it one. Null where it runs, and where it does not say. */
function offView(tailscale: Told<Tailscale>, platform: NodeJS.Platform): ServeView | null {
  const off = 'told' in tailscale ? offBy(tailscale.told) : tailscale.why === 'not-installed' ? NOT_INSTALLED : null;
  if (off === null) return null;
  return { state: 'no-tailscale', url: null, command: platform === 'darwin' ? off.mac : off.linux, detail: off.says };
}

const NOT_INSTALLED: Off = {
  says: 'Tailscale is not installed on the Mac.',
  mac: 'open https://tailscale.com/download',
  linux: 'curl -fsSL https://tailscale.com/install.sh | sh',
};

const bySudo = (command: string) => ({ mac: command, linux: `sudo ${command}` });

function offBy({ state, isExpired }: Tailscale): Off | null {
  switch (state) {
    case 'running':
      return null;
    case 'not-running':
      return {
        says: 'Tailscale is not running on the Mac.',
        mac: 'open -a Tailscale',
        linux: 'sudo systemctl start tailscaled',
      };
    case 'stopped':
      return { says: 'Tailscale is switched off on the Mac.', ...bySudo('tailscale up') };
    case 'starting':
      return { says: 'Tailscale is starting on the Mac.', mac: 'tailscale status', linux: 'tailscale status' };
    case 'needs-login':
      return isExpired
        ? { says: 'The Mac’s key has expired.', ...bySudo('tailscale up --force-reauth') }
        : { says: 'The Mac is logged out of Tailscale.', ...bySudo('tailscale login') };
    case 'needs-approval':
      return {
        says: 'The Mac has to be approved, on the Machines page of the Tailscale admin console.',
        mac: 'tailscale status',
        linux: 'tailscale status',
      };
    case 'used-by-another-user':
      return { says: 'Another user of the Mac uses Tailscale.', mac: 'tailscale status', linux: 'tailscale status' };
  }
}
