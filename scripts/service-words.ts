import type { Exit, Service } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';

export const isRunning = (status: Told<Service>): boolean => 'told' in status && status.told.state === 'running';

/** How a service is, in a few words. `isWritten`: its file is where the manager looks for it. */
export function statusWords(status: Told<Service>, isWritten: boolean): string {
  const presence = isWritten ? 'installed' : 'not installed';
  if ('why' in status) return `${presence}; how it is cannot be told (${status.detail})`;
  switch (status.told.state) {
    case 'disabled':
      return isWritten ? 'installed, but switched off' : presence;
    case 'not-loaded':
      return isWritten ? 'installed, but not loaded' : presence;
    default:
      return runWords(status.told);
  }
}

function runWords({ state, pid, lastExit, hasGivenUp }: Service): string {
  const ended = lastExit === undefined ? '' : `; its last run ${exitWords(lastExit)}`;
  switch (state) {
    case 'running':
      return `running${pid === undefined ? '' : `, pid ${pid}`}${ended}`;
    case 'restarting':
      return `it ended and is started again in a moment${ended}`;
    case 'spawn-failed':
      return `it cannot be started${ended}: its program, its folder or its log cannot be opened`;
    default:
      return `not running${ended}${hasGivenUp ? '; it failed so often that it is not tried again' : ''}`;
  }
}

const exitWords = (exit: Exit): string => ('code' in exit ? `ended with ${exit.code}` : `was ended by ${exit.signal}`);
