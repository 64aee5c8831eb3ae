import type { Cause } from './cause.ts';
import type { Remedy } from './diagnosis.ts';

/** What the owner told us of the review server: it makes a remedy a command instead of a hint. */
export type Surroundings = {
  /** Port of the review server on this machine. */
  readonly port: number;
  /** launchd label or systemd user unit of the review server. */
  readonly serviceLabel?: string;
  /** Argument array that starts the review server. */
  readonly startCommand?: readonly string[];
  /** The name the phone uses. */
  readonly host: string;
};

const both = (label: string, mac: string, linux: string): Remedy[] => [
  { label, os: 'macos', command: mac },
  { label, os: 'linux', command: linux },
];
const anywhere = (label: string, command: string | null = null): Remedy => ({ label, os: 'any', command });

/** What mends a cause, best first. */
export function remediesFor(cause: Cause, around: Surroundings): readonly Remedy[] {
  const { port, host } = around;
  switch (cause) {
    case 'healthy':
    case 'no-data':
      return [];
    case 'not-running':
      return [...start(around), ...whoListens(port)];
    case 'hung':
    case 'closed-early':
    case 'slower-than-app':
    case 'server-error':
      return restart(around);
    case 'loopback-only':
      return [
        anywhere('Start it for every address', `uvicorn app.main:app --host 0.0.0.0 --port ${port}`),
        anywhere('Or let Tailscale pass the port on', `tailscale serve --bg --tcp=${port} tcp://127.0.0.1:${port}`),
      ];
    case 'wrong-program':
    case 'malformed':
      return [...whoListens(port), anywhere('Stop that program, then start the review server')];
    case 'name-not-found':
    case 'wrong-address':
      return [
        anywhere('See this machine’s own name', 'tailscale status --self --peers=false'),
        anywhere(`Put that name into the app in place of ${host}`),
        ...flushNames,
      ];
    case 'dns-failure':
      return [anywhere('Let Tailscale resolve names', 'tailscale set --accept-dns=true'), ...flushNames];
    case 'unreachable':
      return [anywhere('Is Tailscale on?', 'tailscale status'), ...startTailscale];
    case 'not-published':
      return [anywhere('Publish it to the tailnet', `tailscale serve --bg --https=443 http://127.0.0.1:${port}`)];
    case 'tls':
      return [
        anywhere('Let Tailscale hold the certificate', `tailscale serve --bg --https=443 http://127.0.0.1:${port}`),
      ];
    case 'anki-not-running':
      return both('Open Anki', 'open -a Anki', 'anki &');
    case 'anki-hung':
      return [
        anywhere('Look at Anki’s window: close its dialog, or quit and open it again'),
        ...both('Open Anki', 'open -a Anki', 'anki &'),
      ];
    case 'ankiconnect-missing':
      return [anywhere('In Anki: Tools → Add-ons → Get Add-ons, code 2055492159, then restart Anki')];
    case 'bridge-missing':
      return [anywhere('In Anki: Tools → Add-ons, turn the bridge add-on on, then restart Anki')];
    case 'inconsistent':
      return whoListens(port);
  }
}

/** As one would type it: quoted only where a shell would need it. */
const shown = (command: readonly string[]): string =>
  command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');

const start = ({ serviceLabel, startCommand, port }: Surroundings): Remedy[] => {
  if (startCommand !== undefined) return [anywhere('Start it', shown(startCommand))];
  if (serviceLabel !== undefined) return manage('Start it', serviceLabel);
  return [anywhere('In the review server’s folder', `uvicorn app.main:app --host 0.0.0.0 --port ${port}`)];
};

const restart = (around: Surroundings): Remedy[] => {
  const stop = both(
    'Find its process',
    `lsof -nP -iTCP:${around.port} -sTCP:LISTEN`,
    `ss -Hltnp 'sport = :${around.port}'`,
  );
  if (around.serviceLabel !== undefined) return manage('Restart it', around.serviceLabel);
  return [...stop, anywhere('End it, then start it again'), ...start(around)];
};

const manage = (label: string, service: string): Remedy[] =>
  both(label, `launchctl kickstart -k gui/$(id -u)/${service}`, `systemctl --user restart ${service}`);

const whoListens = (port: number): Remedy[] =>
  both(`See who holds port ${port}`, `lsof -nP -iTCP:${port} -sTCP:LISTEN`, `ss -Hltnp 'sport = :${port}'`);

const flushNames = both(
  'Forget old names',
  'sudo dscacheutil -flushcache; sudo killall -HUP mDNSResponder',
  'resolvectl flush-caches',
);
const startTailscale = both('Start Tailscale', 'open -a Tailscale', 'sudo systemctl start tailscaled');
