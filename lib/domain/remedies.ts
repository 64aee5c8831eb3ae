import type { Cause } from './cause.ts';
import type { Clock } from './clock.ts';
import type { OsName, Remedy } from './diagnosis.ts';
import { isElsewhere } from './elsewhere.ts';
import type { Facts } from './facts.ts';
import { ANKI_REMEDIES } from './remedies/anki-remedies.ts';
import type { Known, Mends } from './remedies/commands.ts';
import { PATH_REMEDIES } from './remedies/path-remedies.ts';
import { SERVER_REMEDIES } from './remedies/server-remedies.ts';
import { type Scene, see } from './rows/scene.ts';
import { isForThisPort } from './rows/server-process.ts';
import type { DurationMs } from './time.ts';

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
  /** The system of this machine: what mends another's is left out. Absent: what mends any is told. */
  readonly os?: OsName;
  /** How often the server is probed: how exactly the moment of its end is known, where the first failure is not. */
  readonly intervalMs?: DurationMs;
  /** Moments as this machine's wall clock and calendar show them; by UTC where it is not told. */
  readonly clock?: Clock;
};

const MENDS: Readonly<Record<Cause, Mends>> = { ...SERVER_REMEDIES, ...PATH_REMEDIES, ...ANKI_REMEDIES };

/**
 * What mends a cause, best first, on the server's own system where that is known. With the facts at hand its commands name the
 * process, the log and the names seen.
 */
export function remediesFor(cause: Cause, around: Surroundings, facts?: Facts): readonly Remedy[] {
  const remedies = MENDS[cause](facts === undefined ? { around } : knownFrom(facts, around));
  const isOther = facts !== undefined && isElsewhere(facts);
  return remedies.filter(({ os }) => os === 'any' || isOther || around.os === undefined || os === around.os);
}

function knownFrom(facts: Facts, around: Surroundings): Known {
  const scene = see(facts, around);
  const { name, asked, log, service, tailscale, phone } = scene;
  const pid = pidOf(scene);
  const logPath = log?.value.path ?? service?.value.logPath;
  const ownName = tailscale?.value.dnsName;
  return {
    around,
    origin: new URL(name.target.url).origin,
    ...(asked === undefined ? {} : { asked }),
    ...(pid === undefined ? {} : { pid }),
    ...(logPath === undefined ? {} : { logPath }),
    ...(ownName === undefined || ownName === '' ? {} : { ownName }),
    ...(phone === undefined ? {} : { phone: phone.value.address }),
  };
}

/** Which process may be ended: the server's own alone, and never what only stands for it or is about another port. */
function pidOf(scene: Scene): number | undefined {
  const { onPort = [], servers, service } = scene;
  const servicePid = service?.value.state === 'running' ? service.value.pid : undefined;
  const isServers = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === servicePid || servers.some((each) => each.pid === pid));
  const holder = onPort.find(({ pid }) => isServers(pid))?.pid;
  if (holder !== undefined || onPort.length > 0) return holder;
  return servicePid ?? servers.find((each) => each.state !== 'zombie' && isForThisPort(each, scene))?.pid;
}
