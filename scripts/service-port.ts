import type { Listener } from '#lib/domain/host-facts.ts';
import { listeningSockets } from '#lib/host/listeners.ts';
import { SetupError } from './project.mjs';

type Address = { readonly host: string; readonly port: number };

/** Where a command makes the server listen, as its `--host` and `--port` say; else where uvicorn does: 127.0.0.1 port 8000. */
export function addressOfCommand(command: readonly string[]): Address {
  const words = command.join(' ');
  return {
    host: /\s--host[ =](\S+)/.exec(words)?.[1] ?? '127.0.0.1',
    port: Number(/\s--port[ =](\d+)/.exec(words)?.[1] ?? 8_000),
  };
}

/** Throws a SetupError that says what to do when another program listens there. Where nobody can tell, it passes. */
export async function checkPortIsFree(command: readonly string[], platform: NodeJS.Platform): Promise<void> {
  const address = addressOfCommand(command);
  const listeners = await listeningSockets(platform);
  const other = 'told' in listeners ? whoIsInTheWay(address, listeners.told) : undefined;
  if (other !== undefined) throw new SetupError(takenWords(other));
}

/** Who listens where a server could then not. */
export const whoIsInTheWay = ({ host, port }: Address, listeners: readonly Listener[]): Listener | undefined =>
  listeners.find((each) => each.port === port && overlap(each.address, host));

const WILDCARDS = ['0.0.0.0', '::'];
const LOOPBACK = ['127.0.0.1', '::1'];

const overlap = (taken: string, host: string): boolean =>
  taken.startsWith('*') ||
  WILDCARDS.includes(host) ||
  taken === host ||
  (host === 'localhost' && LOOPBACK.includes(taken));

function takenWords({ port, pid, program = 'a program' }: Listener): string {
  const who = pid === undefined ? 'another program' : `${program} (pid ${pid})`;
  return [
    `Port ${port} is taken by ${who}: the service would end at once and be started again and again.`,
    `If that is your review server, end it first (Ctrl-C where you started it${pid === undefined ? '' : `, or kill ${pid}`}) and install again.`,
    'If a service of your own runs it, leave it and write its name into .env.local as SERVICE_LABEL.',
    'Else give the command another --port.',
  ].join('\n');
}
