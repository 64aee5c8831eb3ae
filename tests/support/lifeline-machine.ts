import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cause } from '#lib/domain/cause.ts';
import type { Confidence } from '#lib/domain/diagnosis.ts';
import type { Level } from '#lib/domain/level.ts';
import type { RowId } from '#lib/domain/rows/row.ts';
import { type Machine, startMachine } from './machine.ts';
import type { Program, Told } from './machine-program.ts';
import { printing } from './scripted-tailscale.ts';

export const NAME = 'macbook.tail1234.ts.net';
export const ADDRESS = '100.64.0.7';
export const PHONE = '100.64.0.9';
export const INTERVAL_MS = 1_000;

/** What `tailscale status --json` says of a machine that is well, with a phone beside it. */
export const STATUS = {
  BackendState: 'Running',
  TUN: true,
  TailscaleIPs: [ADDRESS, 'fd7a:115c:a1e0::7'],
  Self: { DNSName: `${NAME}.`, Online: true, UserID: 1 },
  CurrentTailnet: { MagicDNSEnabled: true },
  Peer: { 'nodekey:1': { DNSName: 'iphone.tail1234.ts.net.', TailscaleIPs: [PHONE], Online: true } },
  User: { 1: { LoginName: 'grant@example.com' } },
};

/** What is expected to be shown; `code` is the phone's, null where it shows none. */
export type Expected = {
  readonly row?: RowId | null;
  readonly cause: Cause;
  readonly confidence?: Confidence;
  readonly level?: Level;
  readonly code?: number | null;
};
type Command = 'status' | 'serve' | 'ping' | 'whois';
type Env = Readonly<Record<string, string>>;

/** A machine with Lifeline, a scripted tailscale and whatever servers a test starts. */
export type LifelineMachine = Machine & {
  /** Scripts what `tailscale <command>` does from now on: shell lines. */
  readonly tailscale: (command: Command, lines: string) => Promise<void>;
  /** Where that tailscale is. */
  readonly tailscalePath: string;
  /** Starts the review server, at every IPv4 address unless told otherwise. */
  readonly serve: (...args: readonly string[]) => Promise<Program>;
  /** Starts Lifeline anew, with more in its environment. */
  readonly watch: (env?: Env) => Promise<void>;
  /** Starts Anki, the review server and Lifeline, as one finds them on a good day. */
  readonly begin: () => Promise<{ readonly server: Program; readonly anki: Program }>;
  /** Tells Lifeline to start the server. */
  readonly startServer: () => void;
  /** Waits until this is what Lifeline shows. */
  readonly shows: (expected: Expected, withinMs?: number) => Promise<Told>;
  /** What Lifeline comes to when it looks at everything, for a phone that shows this code. */
  readonly look: (code?: number) => Promise<Told>;
};

/** Its name is in its hosts file, and it is linked with the phone's machine where there is one. */
export async function lifelineMachine(phone?: Machine): Promise<LifelineMachine> {
  const machine = await startMachine();
  await machine.link(phone ?? null);
  await machine.knows({ [NAME]: ADDRESS });
  const place = join(machine.folder, 'tailscale');
  const tailscale: LifelineMachine['tailscale'] = (command, lines) => put(`${place}.${command}`, lines, 0o644);
  await put(place, '#!/bin/sh\n. "$0.$1"\n', 0o755);
  await tailscale('status', printing(STATUS));
  await tailscale('serve', printing({}));
  await tailscale('ping', printing(`pong from iphone (${PHONE}) via 192.0.2.9:41641 in 12ms`));
  let lifeline: Program | null = null;
  let [looks, watches] = [0, 0];
  const running = (): Program => {
    if (lifeline === null) throw new Error('Lifeline was not started');
    return lifeline;
  };
  const serve: LifelineMachine['serve'] = (...args) => {
    const usual = Object.entries({ '--host': '0.0.0.0', '--port': '8000' }).filter(([name]) => !args.includes(name));
    return machine.run('uvicorn-program.ts', ['app.main:app', ...usual.flat(), ...args], { as: 'uvicorn' });
  };
  const watch: LifelineMachine['watch'] = async (env = {}) => {
    await lifeline?.kill('KILL');
    watches += 1;
    const own = {
      REVIEW_SERVER_URL: `http://${NAME}:8000`,
      PROBE_INTERVAL_MS: String(INTERVAL_MS),
      LIFELINE_DATA_DIR: join(machine.folder, 'data', String(watches)),
      TAILSCALE_BIN: place,
      XDG_RUNTIME_DIR: machine.folder,
    };
    lifeline = await machine.run('diagnose-program.ts', [], { env: { ...own, ...env } });
  };
  return {
    ...machine,
    tailscale,
    tailscalePath: place,
    serve,
    watch,
    begin: async () => {
      const [anki, server] = await Promise.all([machine.run('anki-program.ts'), serve()]);
      await watch();
      return { server, anki };
    },
    startServer: () => running().say('start'),
    shows: (expected, withinMs = 15_000) =>
      running().tells((line) => line['look'] === undefined && fits(line, expected), withinMs),
    look: (code) => {
      looks += 1;
      const asked = `look ${code ?? 'none'} ${PHONE} ${looks}`;
      running().say(asked);
      return running().tells((line) => line['look'] === asked);
    },
  };
}

/** What is told, with the phone's code for itself. */
export function summaryOf(line: Told): Told {
  const shows = line['appShows'] as { readonly code: number | null } | null | undefined;
  return { ...line, code: shows?.code ?? null };
}

/** Whether what is told is as expected in every respect that is expected. */
function fits(line: Told, expected: Expected): boolean {
  const all = summaryOf(line);
  return Object.entries(expected).every(([name, value]) => all[name] === value);
}

/** Never half written: the tool may be run at any moment. */
async function put(path: string, text: string, mode: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode });
  await rename(`${path}.new`, path);
}
