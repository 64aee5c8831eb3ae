import type { Process } from '#lib/domain/host-facts.ts';
import { redact } from '#lib/domain/redact.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { processState } from './process-state.ts';
import { runFirst } from './run-first.ts';
import { whyNot } from './why-not.ts';

const PLACES = ['ps', '/bin/ps', '/usr/bin/ps'];
/** What macOS and procps understand alike; the columns have no header, and `ww` keeps command lines whole. */
const ARGS = ['-axww', '-o', 'pid=,ppid=,stat=,lstart=,command='];
/** It prints local time, in which an hour of autumn comes twice. */
const UTC = { TZ: 'UTC0' };

/** Every process of this machine, kernel threads too. Never rejects. Takes about 15 ms. */
export async function askPs(places: readonly string[] = PLACES): Promise<Told<readonly Process[]>> {
  const lines: string[] = [];
  const result = await runFirst(places, ARGS, { env: UTC, onLine: (line) => lines.push(line) });
  if (result.outcome !== 'ok') return whyNot('ps', result);
  const told = lines.map(parsePsLine).filter((process) => process !== undefined);
  return told.length === 0 ? { why: 'unreadable', detail: 'ps printed other columns than expected' } : { told };
}

const ROW = /^\s*(\d{1,10})\s+(\d{1,10})\s+([A-Za-z]\S*)\s+[A-Z][a-z]{2}\s+([A-Z][a-z]{2}\s+\d.*)$/;
/** `Nov  3 03:20:43 2026`, without its day of the week. */
const STARTED = /^([A-Z][a-z]{2})\s+(\d{1,2}) (\d\d):(\d\d):(\d\d)\s+(-?\d{1,6})(?:\s(.*))?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** One line of `ps -o pid=,ppid=,stat=,lstart=,command=` in the C locale and UTC; undefined for any other. */
export function parsePsLine(line: string): Process | undefined {
  const [, pid, parentPid, state = '', rest = ''] = ROW.exec(line) ?? [];
  const [, month = '', day, hour, minute, second, year, command = ''] = STARTED.exec(rest) ?? [];
  const startedAt: EpochMs = Date.UTC(Number(year), MONTHS.indexOf(month), ...[day, hour, minute, second].map(Number));
  if (!MONTHS.includes(month) || Number.isNaN(startedAt)) return undefined;
  return {
    pid: Number(pid),
    parentPid: Number(parentPid),
    state: processState(state),
    startedAt,
    command: commandText(command),
  };
}

/** Secrets first: a cut through one would hide its name or its shape. */
export const commandText = (command: string): string =>
  redact(command.slice(0, 16_384)).trim().slice(0, 500).toWellFormed();
