import type { IncidentView } from '#lib/contract/history.ts';
import { type EpochMs, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';

export const START_COMMAND = 'uv run uvicorn server:app --host 0.0.0.0 --port 8000';

const TRACEBACK = `INFO:     Started server process [41877]
Traceback (most recent call last):
  File "/opt/review/server.py", line 3, in <module>
    import fastapi
ModuleNotFoundError: No module named 'fastapi'`;

/** An incident with all that one can go through, that began at this moment: hung, slept through, crashed, started twice, mended. */
export function sampleIncident(startedAt: EpochMs): IncidentView {
  const asleepAt = startedAt + 9 * MINUTE;
  const wokeAt = asleepAt + 5 * HOUR + 32 * MINUTE;
  const endedAt = wokeAt + 6 * MINUTE;
  return {
    id: String(startedAt),
    startedAt,
    confirmedAt: startedAt + 2 * SECOND,
    endedAt,
    endUnseen: false,
    level: 'down',
    cause: 'hung',
    headline: 'The review server hangs.',
    explanation: 'It takes connections and then says nothing. The process is there, but stuck or suspended.',
    chapters: [
      { at: startedAt, to: asleepAt, cause: 'hung', gap: null, headline: 'The review server hangs.' },
      { at: asleepAt, to: wokeAt, cause: null, gap: 'asleep', headline: 'Not measured: this machine was asleep.' },
      { at: wokeAt, to: endedAt, cause: 'crashed', gap: null, headline: 'The review server crashed.' },
    ],
    notes: [
      {
        kind: 'diagnosis',
        at: startedAt + 4 * SECOND,
        cause: 'hung',
        row: 'R05',
        confidence: 'high',
        story: 'It answered until 02:02:11 (± 5 s).',
        evidence: [
          'macbook.tail1234.ts.net:8000 took the connection and was silent for 5.0 s',
          'Process 4711 holds port 8000 and runs',
          '127.0.0.1:8000 was silent for 5.0 s too',
        ],
      },
      {
        kind: 'diagnosis',
        at: wokeAt + 3 * SECOND,
        cause: 'crashed',
        row: 'R01',
        confidence: 'high',
        story:
          'It exited with code 1 when the Mac woke; its last log line: “ModuleNotFoundError: No module named ‘fastapi’”.',
        evidence: ['macbook.tail1234.ts.net:8000 refused the connection after 1 ms', 'Nothing listens on port 8000'],
      },
      {
        kind: 'remedy',
        at: wokeAt + 2 * MINUTE,
        command: START_COMMAND,
        outcome: 'exited',
        exitCode: 1,
        upAfterMs: null,
        output: TRACEBACK,
      },
      {
        kind: 'remedy',
        at: endedAt - 2_400,
        command: START_COMMAND,
        outcome: 'up',
        exitCode: null,
        upAfterMs: 2_412,
        output: 'INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)',
      },
    ],
  };
}
