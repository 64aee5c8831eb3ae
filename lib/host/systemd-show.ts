import type { Exit, Service } from '#lib/domain/host-facts.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { signalName } from './signal-name.ts';
import { wholeNumber } from './whole-number.ts';

type Properties = Readonly<Record<string, string | undefined>>;

export type Shown = {
  readonly service: Service;
  /** Where the unit is written; empty where it is nowhere. */
  readonly unitFile: string;
  readonly logsToFile: boolean;
};

/** Reads `systemctl show` (`Key=Value` lines in any order; network reference §2.8). Null when it does not name the states. */
export function parseSystemdShow(text: string, label: string): Shown | null {
  const shown: Properties = Object.fromEntries(text.split('\n').map(keyAndValue));
  const { LoadState, ActiveState, FragmentPath = '', StandardError = '' } = shown;
  if (!LoadState || !ActiveState) return null;
  return {
    service: { manager: 'systemd', label, ...stateAndPast(shown) },
    unitFile: FragmentPath,
    logsToFile: /^(?:append|file|truncate)/.test(StandardError),
  };
}

function keyAndValue(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()];
}

function stateAndPast(shown: Properties): Omit<Service, 'manager' | 'label'> {
  const lastExit = exitOf(shown);
  const state = stateOf(shown, lastExit);
  if (state === 'not-loaded') return { state };
  const pid = wholeNumber(shown['MainPID']);
  const startedAt = momentOf(shown['ExecMainStartTimestamp']);
  const exitedAt = momentOf(shown['ExecMainExitTimestamp']);
  const starts = startsOf(shown);
  return {
    state,
    ...(pid === undefined || pid === 0 ? {} : { pid }),
    ...(starts === undefined ? {} : { starts }),
    ...(lastExit === undefined ? {} : { lastExit }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(exitedAt === undefined ? {} : { exitedAt }),
    ...(shown['Restart'] ? { isKeptAlive: shown['Restart'] !== 'no' } : {}),
    ...(hasGivenUp(shown) ? { hasGivenUp: true } : {}),
  };
}

function stateOf(shown: Properties, lastExit: Exit | undefined): Service['state'] {
  const { LoadState, ActiveState, SubState = '', UnitFileState, ExecMainStartTimestamp } = shown;
  if (LoadState === 'not-found') return 'not-loaded';
  if (LoadState === 'masked') return 'disabled';
  if (LoadState !== 'loaded') return 'spawn-failed';
  if (Number(shown['MainPID']) > 0) return 'running';
  if (!wasExecuted(lastExit)) return 'spawn-failed';
  if (SubState.startsWith('auto-restart')) return 'restarting';
  // One that was started by hand and ended is told as ended: that says more.
  return ActiveState === 'inactive' && UnitFileState === 'disabled' && !ExecMainStartTimestamp ? 'disabled' : 'stopped';
}

/** systemd's own codes for what went wrong before the program ran (systemd.exec(5)), EX_CONFIG, and the shell's "cannot execute". */
const wasExecuted = (exit: Exit | undefined): boolean =>
  exit === undefined || 'signal' in exit || (![78, 126].includes(exit.code) && !(exit.code >= 200 && exit.code <= 243));

/** CLD_EXITED, CLD_KILLED and CLD_DUMPED of waitid(2). While it runs, nothing is told of the run before. */
function exitOf(shown: Properties): Exit | undefined {
  const status = wholeNumber(shown['ExecMainStatus']);
  if (status === undefined) return undefined;
  switch (shown['ExecMainCode']) {
    case '1':
      return { code: status };
    case '2':
    case '3':
      return { signal: signalName(status, 'linux') };
    default:
      return undefined;
  }
}

/** systemd forgets a unit that ended well and that nothing wants, so without a start only an enabled one never had any. */
function startsOf(shown: Properties): number | undefined {
  if (!shown['ExecMainStartTimestamp']) return shown['UnitFileState']?.startsWith('enabled') ? 0 : undefined;
  const restarts = wholeNumber(shown['NRestarts']);
  return restarts === undefined ? undefined : restarts + 1;
}

/** A unit that is to be restarted and was, and yet failed, ran into its start limit; the result is then that of its last run. */
const hasGivenUp = (shown: Properties): boolean =>
  shown['Result'] === 'start-limit-hit' ||
  (shown['ActiveState'] === 'failed' && shown['Restart'] !== 'no' && Number(shown['NRestarts']) > 0);

/** `@1788256800`, or `Mon 2026-09-01 10:00:00 UTC`; another zone's short name is not read. */
function momentOf(text: string | undefined): EpochMs | undefined {
  const unix = /^@(\d{1,11})(?:\.\d+)?$/.exec(text ?? '')?.[1];
  if (unix !== undefined) return Number(unix) * 1_000;
  const [, day, time] = /^\w{3} (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)? UTC$/.exec(text ?? '') ?? [];
  const at = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(at) ? undefined : at;
}
