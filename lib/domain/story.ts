import type { Cause } from './cause.ts';
import { byUtc, type Say } from './clock.ts';
import { endOf } from './evidence/probe-words.ts';
import type { Facts } from './facts.ts';
import type { Exit, Service } from './host-facts.ts';
import { redact } from './redact.ts';
import type { Surroundings } from './remedies.ts';
import { isOrderly } from './rows/process-rows.ts';
import { type DurationMs, type EpochMs, MINUTE, SECOND } from './time.ts';

/** Longer than this between the last answer and the first failure, and nobody looked in between. */
const UNSEEN_MS = 2 * MINUTE;

/** How moments are said, and how often the server is looked at. */
type Telling = { readonly say: Say; readonly intervalMs: DurationMs | null };
type Tell = (facts: Facts, telling: Telling) => string | null;

/** Causes with a story of their own; any other failure is told by when the server was last up. */
const TELLS: Readonly<Partial<Record<Cause, Tell>>> = {
  'magicdns-unused': () => null,
  'never-started': notStarted,
  'crash-loop': inLoop,
  'cannot-start': inLoop,
  'mac-asleep': slept,
  'key-expired': expired,
};

/**
 * How it came to this, in one sentence without secrets: since when, and how the server ended; null where nothing is known of
 * that.
 */
export function storyOf(facts: Facts, cause: Cause, around: Surroundings): string | null {
  const story = tellOf(facts, cause, around);
  return story === null ? null : redact(story);
}

function tellOf(facts: Facts, cause: Cause, around: Surroundings): string | null {
  const { clock = byUtc, intervalMs = null } = around;
  const now = endOf(facts.name);
  const telling = { say: (at: EpochMs) => clock(at, now), intervalMs };
  const tell = TELLS[cause];
  if (tell !== undefined) return tell(facts, telling);
  return facts.name.outcome === 'failed' && cause !== 'healthy' ? wasUp(facts, telling) : null;
}

/**
 * `Was up until 14:02:11 (± 5 s), then exited with code 1: ModuleNotFoundError: …`, or with `; a start at 14:02:26 exited with
 * code 3` where what exited came after it.
 */
function wasUp(facts: Facts, telling: Telling): string | null {
  const lastUpAt = facts.past?.value.lastUpAt ?? null;
  const ended = howItEnded(facts);
  if (lastUpAt !== null) {
    const until = untilWhen(facts, lastUpAt, telling);
    if (ended === null) return until;
    return isOfLaterStart(facts, telling)
      ? `${until}; ${laterStart(facts, ended, telling)}`
      : `${until}, then ${ended}`;
  }
  if (ended === null) return null;
  return ended.startsWith('its ') ? `I${ended.slice(1)}` : `It ${ended}`;
}

/** What ended then was started after the end: the server had been gone for longer than from one look to the next. */
function isOfLaterStart({ past, service }: Facts, { intervalMs }: Telling): boolean {
  const exitedAt = exitOf(service)?.exitedAt;
  const { lastUpAt = null, firstFailedAt = null } = past?.value ?? {};
  if (exitedAt === undefined || lastUpAt === null || firstFailedAt === null) return false;
  return exitedAt > firstFailedAt + (intervalMs ?? Math.max(0, firstFailedAt - lastUpAt));
}

function laterStart({ service }: Facts, ended: string, { say }: Telling): string {
  const { startedAt, exitedAt = 0 } = service?.value ?? {};
  return startedAt === undefined || startedAt > exitedAt
    ? `a start that ended at ${say(exitedAt)} ${ended}`
    : `a start at ${say(startedAt)} ${ended}`;
}

/** The service, where it has ended. */
const exitOf = (service: Facts['service']): Service | undefined =>
  service?.value.state === 'running' ? undefined : service?.value;

function untilWhen(facts: Facts, lastUpAt: EpochMs, telling: Telling): string {
  const { past, service } = facts;
  const { say, intervalMs } = telling;
  const exitedAt = exitOf(service)?.exitedAt;
  // The service manager knows the moment itself; an older one is of an earlier run, a younger one of a later.
  if (exitedAt !== undefined && exitedAt >= lastUpAt - SECOND && !isOfLaterStart(facts, telling)) {
    return `Was up until ${say(exitedAt)}`;
  }
  const failedAt = past?.value.firstFailedAt ?? null;
  if (failedAt !== null && failedAt - lastUpAt > UNSEEN_MS) {
    return `Was up at ${say(lastUpAt)} and no longer at ${say(failedAt)}`;
  }
  // A probe that failed and began before the last answer came tells no better than that one was due since.
  const gap = failedAt === null || failedAt <= lastUpAt ? intervalMs : failedAt - lastUpAt;
  const within = gap === null ? '' : ` (± ${Math.max(1, Math.ceil(gap / SECOND))} s)`;
  return `Was up until ${say(lastUpAt)}${within}`;
}

function howItEnded({ service, log, past }: Facts): string | null {
  const { state, lastExit } = service?.value ?? {};
  const exit = state === 'stopped' || state === 'restarting' || state === 'spawn-failed' ? lastExit : undefined;
  const isRecent = log !== undefined && log.value.writtenAt >= (past?.value.lastUpAt ?? 0) - MINUTE;
  const error = isRecent ? log.value.error : undefined;
  if (exit === undefined) return error === undefined ? null : `its log ended with: ${error}`;
  // What is in the log of one that was told to end is not why it ended.
  return error === undefined || isOrderly(exit) ? exitWords(exit) : `${exitWords(exit)}: ${error}`;
}

/** How a process ended, as the end of a sentence that begins with it. */
export const exitWords = (exit: Exit): string =>
  'code' in exit ? `exited with code ${exit.code}` : `was ended by ${exit.signal}`;

/** `Restarting in a loop: 7 times in 2 min, last exit code 3: RuntimeError: …`. */
function inLoop(facts: Facts, telling: Telling): string | null {
  const { restarts, service, log } = facts;
  if (restarts === undefined || restarts.value.times < 2) return wasUp(facts, telling);
  const exit = service?.value.lastExit;
  const last =
    exit === undefined ? '' : 'code' in exit ? `, last exit code ${exit.code}` : `, last ended by ${exit.signal}`;
  const error = log?.value.error === undefined ? '' : `: ${log.value.error}`;
  return `Restarting in a loop: ${restarts.value.times} times in ${longSpan(restarts.value.withinMs)}${last}${error}`;
}

function notStarted({ boot, past }: Facts, { say }: Telling): string | null {
  if (boot !== undefined) return `Not started since boot at ${say(boot.value.bootedAt)}`;
  return past === undefined ? null : `Not started since Lifeline began to watch at ${say(past.value.watchedSince)}`;
}

function slept({ past, boot }: Facts, { say }: Telling): string | null {
  const sleep = past?.value.lastSleep;
  const { sleptAt: from = sleep?.from, wokeAt: to = sleep?.to } = boot?.value ?? {};
  return from === undefined || to === undefined || from > to ? null : `Was asleep from ${say(from)} to ${say(to)}`;
}

function expired({ tailscale }: Facts, { say }: Telling): string | null {
  const at = tailscale?.value.keyExpiresAt ?? null;
  return at === null ? null : `The key expired at ${say(at)}`;
}

/** `40 s`, `2 min`. */
export const longSpan = (ms: DurationMs): string =>
  ms < MINUTE ? `${Math.round(ms / SECOND)} s` : `${Math.round(ms / MINUTE)} min`;
