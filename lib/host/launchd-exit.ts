import type { Exit } from '#lib/domain/host-facts.ts';
import { signalName } from './signal-name.ts';

/** `launchctl` names the last end of a job by a signal's number, as this system counts them. */
export const endedBy = (signal: number): Exit => ({ signal: signalName(signal, 'macos') });

/** False for the exit codes of a job that never got to run: EX_CONFIG, and the shell's "cannot execute" (finding 14). */
export const wasExecuted = (exit: Exit | undefined): boolean =>
  exit === undefined || 'signal' in exit || ![78, 126].includes(exit.code);
