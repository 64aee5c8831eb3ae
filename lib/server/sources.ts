import type { LogTail, Service } from '#lib/domain/host-facts.ts';
import { concerning } from '#lib/domain/processes.ts';
import type { Told, Unknown } from '#lib/domain/told.ts';
import { bootTime } from '#lib/host/boot.ts';
import { firewallFor } from '#lib/host/firewall.ts';
import { journalLog } from '#lib/host/journal.ts';
import { listeningSockets } from '#lib/host/listeners.ts';
import { machineLoad } from '#lib/host/load.ts';
import { logTail } from '#lib/host/log-tail.ts';
import { magicDns } from '#lib/host/magic-dns.ts';
import { runningProcesses } from '#lib/host/processes.ts';
import { programPath } from '#lib/host/program-path.ts';
import { serviceStatus } from '#lib/host/service.ts';
import { phonePath } from '#lib/host/tailscale-phone.ts';
import { tailscaleForwards } from '#lib/host/tailscale-serve.ts';
import type { About, Sources } from '#lib/monitor/sources.ts';
import type { AnkiConnectClient } from '#lib/review/anki-connect.ts';
import { askAnki } from '#lib/review/anki-state.ts';
import { askBridge } from '#lib/review/bridge.ts';
import { askCurrent } from '#lib/review/current.ts';
import type { Config } from './config.ts';
import { startLog } from './launch.ts';

/** Under which labels a review server is looked for that the owner gave none for: its own guide's, and `npm run service`'s. */
const USUAL_LABELS = {
  darwin: ['dev.jeet.ankivoice', 'io.lifeline.review-server'],
  linux: ['anki-voice.service', 'lifeline-review-server.service'],
} as const;

const notHere = (detail: string): Unknown => ({ why: 'not-here', detail });

type Known = {
  /** The one of this process: only its calls wait for each other. */
  readonly anki: AnkiConnectClient;
  readonly tailscale: Sources['tailscale'];
  /** What became of the owner's start command, where Lifeline ran it. */
  readonly launched: () => Service | null;
};

/** Everything that can be looked at, on this machine and by its configuration. */
export function createSources(config: Config, { anki, tailscale, launched }: Known): Sources {
  return {
    listeners: () => listeningSockets(),
    tailscale,
    anki: () => askAnki(anki),
    bridge: () => askBridge(),
    current: ({ targets }) => askCurrent(targets.name),
    service: async () => {
      const own = launched();
      return own === null ? findService(config.serviceLabel) : { told: own };
    },
    processes: (about) => processesOf(about),
    log: ({ known }) => logOf(known.service?.value, config),
    load: async () => ({ told: machineLoad() }),
    boot: () => bootTime(),
    forwards: tailscaleForwards,
    magicDns: async ({ targets }) =>
      targets.around.host.endsWith('.ts.net') ? magicDns(targets.around.host) : notHere('the name is not a tailnet’s'),
    firewall: firewallOf,
    phone: (about) => phoneOf(about),
  };
}

async function phoneOf({ asker, isDeep }: About): ReturnType<Sources['phone']> {
  if (asker === null) return notHere('no page was asked for through the tailnet yet');
  const path = await phonePath(asker.address, { ping: isDeep });
  return 'told' in path ? { told: { ...path.told, askedAt: asker.at } } : path;
}

/** The owner's service, or the first usual one that the manager knows. */
async function findService(label: string | undefined): Promise<Told<Service>> {
  const labels =
    label === undefined ? (process.platform === 'darwin' ? USUAL_LABELS.darwin : USUAL_LABELS.linux) : [label];
  let last: Told<Service> = notHere('the owner told no SERVICE_LABEL');
  for (const each of labels) {
    last = await serviceStatus(each);
    if ('told' in last && last.told.state !== 'not-loaded') return last;
  }
  // That none of the usual names is known says nothing of a server that was started in another way.
  const isGuess = label === undefined && 'told' in last;
  return isGuess ? notHere('no service of a usual name is loaded, and the owner told no SERVICE_LABEL') : last;
}

async function processesOf({ known, targets }: About): ReturnType<Sources['processes']> {
  const all = await runningProcesses();
  if (!('told' in all)) return all;
  const { port, startCommand } = targets.around;
  const marks = {
    port,
    listeners: known.listeners?.value ?? [],
    servicePid: known.service?.value.pid,
    startCommand,
  };
  return { told: concerning(all.told, marks) };
}

async function logOf(service: Service | undefined, config: Config): Promise<Told<LogTail>> {
  if (service?.logPath !== undefined) return logTail(service.logPath);
  if (service?.manager === 'systemd') return journalLog(service.label);
  // What Lifeline started writes there, also when that was before Lifeline's own last start.
  if (config.startCommand !== undefined) return logTail(startLog(config));
  return notHere('where the server writes its log is not known');
}

/** Which program the firewall is asked about: the one that holds the port, by its real path. */
async function firewallOf({ known, targets }: About): ReturnType<Sources['firewall']> {
  const { port } = targets.around;
  const pid = known.listeners?.value.find((listener) => listener.port === port)?.pid;
  return firewallFor(port, { program: pid === undefined ? null : await programPath(pid) });
}
