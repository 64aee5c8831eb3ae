import type { Cause } from '#lib/domain/cause.ts';
import { levelOf } from '#lib/domain/level.ts';
import type { Note } from '#lib/domain/note.ts';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Planned } from './made-plan.ts';
import { randomOf } from './random.ts';
import { START_COMMAND } from './sample-incident.ts';

const UP = 'INFO:     Application startup complete.\nINFO:     Uvicorn running on http://0.0.0.0:8000';
const IN_USE =
  "ERROR:    [Errno 48] error while attempting to bind on address ('0.0.0.0', 8000): address already in use";

const NAME = 'macbook.tail1234.ts.net:8000';
const SEEN: Readonly<Partial<Record<Cause, readonly string[]>>> = {
  'not-running': [`${NAME} refused the connection after 1 ms`, 'Nothing listens on port 8000'],
  hung: [`${NAME} took the connection and was silent for 5.0 s`, 'Process 4711 holds port 8000 and runs'],
  'slower-than-app': [`${NAME} answered after 1.4 s`],
  'anki-not-running': ['The review server says of Anki: “not_running”', 'No process is called Anki'],
  'ankiconnect-missing': ['The review server reaches no AnkiConnect', '127.0.0.1:8765 refused the connection'],
  'loopback-only': [`${NAME} refused the connection after 1 ms`, '127.0.0.1:8000 answered in 12 ms'],
  'wrong-program': [`${NAME} answered as SimpleHTTP/0.6 Python/3.13.1`, 'Process 5150 (python3) holds port 8000'],
  'server-error': [`${NAME} answered with status 503`],
  'name-not-found': ['The resolver knows no macbook.tail1234.ts.net'],
  unreachable: ['There is no route to 100.64.0.7', 'tailscale is stopped'],
  'closed-early': [`${NAME} hung up before it answered`],
};

/** What a start can mend. */
const STARTABLE: ReadonlySet<Cause> = new Set(['not-running', 'hung', 'closed-early']);

/**
 * What was noted when this part of the plan began: why it was concluded, or how the one before it was mended. Of its own chance,
 * so that the probes beside it stay the same.
 */
export function madeNotes(at: EpochMs, begun: Planned, before: Planned | null): readonly Note[] {
  if ('gap' in begun) return [];
  if (levelOf(begun.cause) !== 'ready') return [concluded(at + 2 * SECOND, begun.cause)];
  const random = randomOf(at);
  if (before === null || 'gap' in before || !STARTABLE.has(before.cause) || random.share() < 0.4) return [];
  const mended = ran(at - random.between(1_200, 3_800), { outcome: 'up', output: UP, random });
  return random.share() < 0.2
    ? [ran(at - random.between(20, 40) * SECOND, { outcome: 'exited', output: IN_USE, random }), mended]
    : [mended];
}

const concluded = (at: EpochMs, cause: Cause): Note => ({
  at,
  kind: 'diagnosis',
  cause,
  row: null,
  confidence: (SEEN[cause]?.length ?? 0) > 1 ? 'high' : 'medium',
  story: null,
  evidence: SEEN[cause] ?? [],
});

type Made = { readonly outcome: 'up' | 'exited'; readonly output: string; readonly random: { share(): number } };

const ran = (at: EpochMs, { outcome, output, random }: Made): Note => ({
  at: Math.floor(at),
  kind: 'remedy',
  command: START_COMMAND,
  outcome,
  exitCode: outcome === 'up' ? null : 1,
  upAfterMs: outcome === 'up' ? 1_000 + Math.round(1_500 * random.share()) : null,
  output,
});
