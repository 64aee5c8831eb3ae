import type { Remedy } from '#lib/domain/diagnosis.ts';
import { baseName } from '#lib/domain/processes.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';

/** What a remedy can be made of: what the owner told us, and what this machine showed. */
export type Known = {
  readonly around: Surroundings;
  /** The server's own process: never that of another program, even where it holds the port. */
  readonly pid?: number;
  /** Where the server writes its errors. */
  readonly logPath?: string;
  /** This machine's own name in the tailnet. */
  readonly ownName?: string;
  /** Where the server was asked by the phone's name, with the port, without the path. */
  readonly origin?: string;
  /** The address that its name led to. */
  readonly asked?: string;
  /** The phone's address in the tailnet. */
  readonly phone?: string;
};
/** How causes are mended, best first. */
export type Mends = (known: Known) => readonly Remedy[];

/** Done by hand, or by a command that is the same everywhere. */
export const anywhere = (label: string, command: string | null = null): Remedy => ({ label, os: 'any', command });
export const onMac = (label: string, command: string | null = null): Remedy => ({ label, os: 'macos', command });
export const onLinux = (label: string, command: string | null = null): Remedy => ({ label, os: 'linux', command });
export const both = (label: string, mac: string, linux: string): readonly Remedy[] => [
  onMac(label, mac),
  onLinux(label, linux),
];

/** As one would type it: quoted only where a shell would need it. */
export const shown = (command: readonly string[]): string =>
  command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');

/** A job of the user's launchd, as launchctl wants it named. */
export const job = (label: string): string => `gui/$(id -u)/${shown([label])}`;

export const uvicorn = (port: number, host = '0.0.0.0'): string =>
  `uvicorn app.main:app --host ${shown([host])} --port ${port}`;

/** Starts the review server the way its owner does, where they said how. */
export const start: Mends = ({ around: { serviceLabel, startCommand, port } }) => {
  if (startCommand !== undefined) return [anywhere('Start it', shown(startCommand))];
  if (serviceLabel !== undefined) return kick('Start it', serviceLabel);
  return [anywhere('In the review server’s folder', uvicorn(port))];
};

export const restart: Mends = (known) => {
  const { serviceLabel } = known.around;
  if (serviceLabel !== undefined) return kick('Restart it', serviceLabel);
  return [...end(known), ...start(known)];
};

/** Ends the server, by its process where that is known. */
const end: Mends = ({ pid, around: { port } }) =>
  pid === undefined
    ? [...whoListens(port), anywhere('End it, then start it again')]
    : [anywhere('End its process', `kill ${pid}`)];

/** Has the server listen at another address: what runs is in the way of a second one, so it is ended first. */
export const rebind = (label: string, host: string): Mends => {
  const change = `Where it is started, let it say --host ${shown([host])}`;
  return (known) => {
    const { serviceLabel, startCommand, port } = known.around;
    if (serviceLabel !== undefined) return [anywhere(change), ...restart(known)];
    if (startCommand === undefined) return [...end(known), anywhere(label, uvicorn(port, host))];
    const command = withHost(startCommand, host);
    return [...end(known), command === null ? anywhere(`${change}, and start it`) : anywhere(label, shown(command))];
  };
};

/** The same command with another `--host`; null where it takes none, as a script does. uvicorn's own is loopback. */
function withHost(command: readonly string[], host: string): readonly string[] | null {
  const place = command.findIndex((word) => word === '--host' || word.startsWith('--host='));
  if (place < 0) return command.some((word) => baseName(word) === 'uvicorn') ? [...command, '--host', host] : null;
  const taken = command[place] === '--host' ? 2 : 1;
  return [...command.slice(0, place), '--host', host, ...command.slice(place + taken)];
}

const kick = (label: string, service: string): readonly Remedy[] =>
  both(label, `launchctl kickstart -k ${job(service)}`, `systemctl --user restart ${shown([service])}`);

export const whoListens = (port: number): readonly Remedy[] =>
  both(`See who holds port ${port}`, `lsof -nP -iTCP:${port} -sTCP:LISTEN`, `ss -Hltnp 'sport = :${port}'`);

/** The end of the server's log; nothing where nobody knows where it is. */
export const seeLog: Mends = ({ logPath, around: { serviceLabel } }) => {
  if (logPath?.startsWith('/') === true)
    return [anywhere('Read the end of its log', shown(['tail', '-n', '40', logPath]))];
  if (serviceLabel === undefined) return [];
  return [onLinux('Read the end of its log', `journalctl --user -u ${shown([serviceLabel])} -n 40 --no-pager`)];
};

export const flushNames: readonly Remedy[] = both(
  'Forget old names',
  'sudo dscacheutil -flushcache; sudo killall -HUP mDNSResponder',
  'resolvectl flush-caches',
);
export const startTailscale: readonly Remedy[] = both(
  'Start Tailscale',
  'open -a Tailscale',
  'sudo systemctl start tailscaled',
);
export const openAnki: readonly Remedy[] = both('Open Anki', 'open -a Anki', 'anki &');

/** Publishes the port with a certificate, so that the app can ask by https. */
export const publish = (port: number, label = 'Publish it to the tailnet'): Remedy =>
  anywhere(label, `tailscale serve --bg --https=443 http://127.0.0.1:${port}`);
