import type { RunView, StartAction } from '#lib/contract/action.ts';
import type { Cause } from '#lib/domain/cause.ts';
import type { Note, RunOutcome } from '#lib/domain/note.ts';
import { redact } from '#lib/domain/redact.ts';
import { startableOf } from '#lib/domain/startable.ts';
import { type DurationMs, type EpochMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { LiveProbe } from '#lib/monitor/snapshot.ts';
import type { Launch, Launcher } from './launch.ts';

/** How long a server may take to come up; imports of a Python server on a cold Mac take seconds. */
const UP_WITHIN_MS = 60 * SECOND;
/** How long a command that ended may have left a server behind that is still on its way. */
const AFTER_SUCCESS_MS = 30 * SECOND;
const AFTER_FAILURE_MS = 2 * SECOND;
/** How long a run is told of, from its start. */
const TOLD_MS = 10 * MINUTE;
const OUTPUT_LIMIT = 4_000;
const PROBE_EVERY_MS = SECOND;

type Needs = {
  readonly launcher: Launcher;
  readonly probeNow: () => Promise<LiveProbe>;
  readonly note: (note: Note) => void;
  readonly now: () => EpochMs;
  readonly pause: (ms: DurationMs) => Promise<void>;
};

/** Whether a caller may act, and why not. */
export type Leave = { readonly allowed: true } | { readonly allowed: false; readonly detail: string };

/** Starts the review server the way its owner said, one run at a time, and follows it until it answers or has failed. */
export type Starter = {
  /** Null while a run is under way, and while the command of an earlier one goes on. */
  readonly start: () => RunView | null;
  readonly run: () => RunView | null;
  /** What the screen may offer under a cause to the owner (`mayAct`), or why not. */
  readonly action: (cause: Cause, leave: Leave) => StartAction;
};

export function createStarter(needs: Needs): Starter {
  let run: RunView | null = null;
  const recent = (): RunView | null =>
    run !== null && run.outcome !== null && needs.now() - run.startedAt > TOLD_MS ? null : run;
  const busy = (): boolean => run !== null && run.outcome === null;
  /** A start command that has not ended: another one would be a second server. */
  const lives = (): boolean => needs.launcher.launched()?.state === 'running';
  return {
    run: recent,
    start: () => {
      if (busy() || lives()) return null;
      run = begun(needs);
      void follow(run, needs, (next) => {
        run = next;
      });
      return run;
    },
    action: (cause, leave) => ({
      label: startableOf(cause) === 'restart' ? 'Restart server' : 'Start server',
      ...stateOf({ cause, isBusy: busy(), lives: lives(), restarts: needs.launcher.restarts }, leave),
      run: recent(),
    }),
  };
}

type Moment = {
  readonly cause: Cause;
  readonly isBusy: boolean;
  readonly lives: boolean;
  readonly restarts: boolean;
};

function stateOf({ cause, isBusy, lives, restarts }: Moment, leave: Leave): Pick<StartAction, 'state' | 'detail'> {
  if (!leave.allowed) return { state: 'not-owner', detail: leave.detail };
  if (isBusy) return { state: 'busy', detail: null };
  const startable = startableOf(cause);
  if (startable === null) return { state: 'not-now', detail: 'Starting the server would not mend this.' };
  if (lives) return { state: 'not-now', detail: 'The command that was started here has not ended; end it first.' };
  if (startable === 'restart' && !restarts) {
    return { state: 'not-now', detail: 'What holds the port must end first; starting another would find it taken.' };
  }
  return { state: 'ready', detail: null };
}

const begun = ({ launcher, now }: Needs): RunView => ({
  startedAt: now(),
  command: redact(launcher.command),
  endedAt: null,
  exitCode: null,
  signal: null,
  output: '',
  outcome: null,
  upAfterMs: null,
});

/** Probes once a second until the server answers or there is nothing left to wait for, telling each step. */
async function follow(first: RunView, needs: Needs, tell: (run: RunView) => void): Promise<void> {
  const launch = needs.launcher.launch();
  let run = first;
  const step = (more: Partial<RunView>): void => {
    run = { ...run, ...more };
    tell(run);
  };
  let giveUpAt = first.startedAt + UP_WITHIN_MS;
  let notStarted = false;
  void launch.ended.then(async (ended) => {
    notStarted = ended === null;
    const patience = ended?.exitCode === 0 ? AFTER_SUCCESS_MS : AFTER_FAILURE_MS;
    giveUpAt = Math.min(giveUpAt, needs.now() + (notStarted ? 0 : patience));
    step({ endedAt: needs.now(), ...(ended ?? {}) });
  });
  // What a manager ends first may still answer until its command has ended.
  if (needs.launcher.restarts) await launch.ended;
  const from = needs.launcher.restarts ? needs.now() : first.startedAt;
  for (;;) {
    const upAt = await answeredAt(needs, from);
    step({ output: await outputOf(launch) });
    if (upAt !== null) return finish({ ...run, outcome: 'up', upAfterMs: upAt - first.startedAt }, needs, step);
    if (needs.now() >= giveUpAt) return finish({ ...run, outcome: failureOf(run, notStarted) }, needs, step);
    await needs.pause(PROBE_EVERY_MS);
  }
}

/** When the server had answered a probe that began after `from`; null when it did not. */
async function answeredAt({ probeNow }: Needs, from: EpochMs): Promise<EpochMs | null> {
  const { result } = await probeNow();
  const isOf = result.startedAt >= from && result.outcome === 'answered';
  return isOf ? Math.round(result.startedAt + result.totalMs) : null;
}

const outputOf = async (launch: Launch): Promise<string> => redact(await launch.output()).slice(-OUTPUT_LIMIT);

function failureOf({ exitCode, signal, endedAt }: RunView, notStarted: boolean): RunOutcome {
  if (notStarted) return 'not-started';
  return endedAt !== null && (exitCode !== 0 || signal !== null) ? 'exited' : 'not-up';
}

function finish(run: RunView, { note }: Needs, tell: (run: RunView) => void): void {
  tell(run);
  const { startedAt, command, exitCode, upAfterMs, output, outcome } = run;
  if (outcome !== null) note({ kind: 'remedy', at: startedAt, command, outcome, exitCode, upAfterMs, output });
}
