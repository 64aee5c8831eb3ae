import { shortText } from '#lib/domain/short-text.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { runCommand } from './run-command.ts';
import { whyNot } from './why-not.ts';

/** From falling asleep to the full wake. Dark wakes in between, in which the network may answer for seconds, belong to it. */
export type Sleep = { readonly from: EpochMs; readonly to: EpochMs; readonly reason: string };

/** The log reaches back weeks and may have tens of megabytes. */
const PATIENCE_MS = 20_000;
/** A Mac that slept more often than this since `from` tells of the last ones. */
const MOST = 1_000;

/**
 * The sleeps of this Mac that ended after `from`, oldest first; one that goes on is not among them. Costs seconds of another
 * process: for waking up, not for every round. Never rejects.
 */
export async function sleepsSince(from: EpochMs, platform = process.platform): Promise<Told<readonly Sleep[]>> {
  if (platform !== 'darwin') return { why: 'not-here', detail: `${platform} has no pmset` };
  const log = sleepLog(from);
  const result = await runCommand('pmset', ['-g', 'log'], { patienceMs: PATIENCE_MS, onLine: log.add });
  return result.outcome === 'ok' ? { told: log.sleeps() } : whyNot('pmset', result);
}

/** From the first to the last of the sleeps that ended after `from`; null where there was none that is told. Never rejects. */
export async function sleptSince(from: EpochMs): Promise<Pick<Sleep, 'from' | 'to'> | null> {
  const sleeps = await sleepsSince(from);
  const [first, last] = 'told' in sleeps ? [sleeps.told[0], sleeps.told.at(-1)] : [];
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
}

/** Reads `pmset -g log` line by line, keeping only sleeps (network reference §2.9). */
export function sleepLog(from: EpochMs): {
  readonly add: (line: string) => void;
  readonly sleeps: () => readonly Sleep[];
} {
  const sleeps: Sleep[] = [];
  let open: Omit<Sleep, 'to'> | null = null;
  const add = (line: string): void => {
    const event = eventOf(line);
    if (event === null) return;
    // After a dark wake it goes to sleep anew, which is still the same sleep.
    if (event.domain === 'Sleep') open ??= { from: event.at, reason: reasonOf(event.message) };
    else if (open !== null) {
      if (event.at >= Math.max(from, open.from)) sleeps.push({ ...open, to: event.at });
      if (sleeps.length > MOST) sleeps.shift();
      open = null;
    }
  };
  return { add, sleeps: () => sleeps };
}

/**
 * `2026-07-28 23:14:02 -0700 Sleep               \tEntering …`: the time with its offset, then a domain of up to 20
 * characters. `Start` is the power daemon's first word after a boot, so whatever slept then sleeps no more.
 */
function eventOf(line: string): { readonly at: EpochMs; readonly domain: string; readonly message: string } | null {
  const [, day, time, hours, minutes, domain = '', message = ''] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) (Sleep|Wake|Start) *\t(.*)$/.exec(line) ?? [];
  const at = Date.parse(`${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(at) ? null : { at, domain, message };
}

/** `Clamshell Sleep`, from `Entering Sleep state due to 'Clamshell Sleep':…`; else the whole message. */
const reasonOf = (message: string): string =>
  shortText(/ due to '([^']+)'/.exec(message)?.[1] ?? (message.trim() || 'Sleep'));
