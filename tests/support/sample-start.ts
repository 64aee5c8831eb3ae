import type { RunView, StartAction } from '#lib/contract/action.ts';
import type { EpochMs } from '#lib/domain/time.ts';

const COMMAND = 'launchctl kickstart -k gui/501/dev.anki.review-server';

/** A run that began at `startedAt` and goes on. */
export const sampleRun = (startedAt: EpochMs, overrides: Partial<RunView> = {}): RunView => ({
  startedAt,
  command: COMMAND,
  endedAt: null,
  exitCode: null,
  signal: null,
  output: '',
  outcome: null,
  upAfterMs: null,
  ...overrides,
});

/** The same, ended with an error after 800 ms. */
export const sampleFailedRun = (startedAt: EpochMs): RunView =>
  sampleRun(startedAt, {
    endedAt: startedAt + 800,
    exitCode: 1,
    outcome: 'exited',
    output: [
      'Traceback (most recent call last):',
      '  File "/Users/me/anki-voice/app/main.py", line 4, in <module>',
      '    import fastapi',
      "ModuleNotFoundError: No module named 'fastapi'",
    ].join('\n'),
  });

/** What the owner may do from the screen. */
export const sampleStart = (overrides: Partial<StartAction> = {}): StartAction => ({
  label: 'Start server',
  state: 'ready',
  detail: null,
  run: null,
  ...overrides,
});
