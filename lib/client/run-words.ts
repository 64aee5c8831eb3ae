import type { RunView } from '#lib/contract/action.ts';
import { type DurationMs, MINUTE } from '#lib/domain/time.ts';
import { durationText } from './duration-text.ts';
import { latencyText } from './latency-text.ts';

/** A run in words: what it came to, and what that rests on. */
export type RunText = {
  readonly tone: 'waiting' | 'good' | 'bad';
  readonly title: string;
  readonly note: string;
};

/** How long it took, to a tenth of a second where that says something: `2.4 s`, `1 min`. */
const tookText = (ms: DurationMs): string => (ms < MINUTE ? latencyText(ms) : durationText(ms));

/** `with code 1`, `by SIGKILL`; empty where neither is known. */
function endText({ exitCode, signal }: RunView): string {
  if (signal !== null) return ` by ${signal}`;
  return exitCode === null ? '' : ` with code ${exitCode}`;
}

/** `After 800 ms. `; empty where the command has not ended. */
const afterText = ({ startedAt, endedAt }: RunView): string =>
  endedAt === null ? '' : `After ${tookText(endedAt - startedAt)}. `;

/** A run of the owner's start command, as far as it has come. */
export function tellRun(run: RunView): RunText {
  const { outcome, endedAt, upAfterMs, signal } = run;
  const ended = `The command ended${endText(run)}`;
  switch (outcome) {
    case null:
      return {
        tone: 'waiting',
        title: endedAt === null ? 'The command runs' : ended,
        note: 'Waiting for the server to answer.',
      };
    case 'up':
      return {
        tone: 'good',
        title: upAfterMs === null ? 'Back' : `Back after ${tookText(upAfterMs)}`,
        note: 'The review server answers again.',
      };
    case 'exited':
      return {
        tone: 'bad',
        title: `${signal === null ? 'Exited' : 'Ended'}${endText(run)}`,
        note: `${afterText(run)}The review server is not up.`,
      };
    case 'not-up':
      return {
        tone: 'bad',
        title: 'It did not come up in time',
        note: endedAt === null ? 'The command still runs, but the server does not answer.' : `${ended}.`,
      };
    case 'not-started':
      return { tone: 'bad', title: 'It could not be started', note: 'The system would not run the command.' };
  }
}
