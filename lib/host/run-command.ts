import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { DurationMs } from '#lib/domain/time.ts';

/** Both streams together; a tool that says more is killed. */
const OUTPUT_LIMIT_BYTES = 1_048_576;
const PATIENCE_MS = 3_000;
/** For what a tool that has ended wrote last: a process that it left behind may hold its pipes for ever. */
const LINGER_MS = 100;
const LINE_LIMIT = 65_536;

type Said = { readonly stdout: string; readonly stderr: string };

/** How a host tool ended. Only `ok` is an answer; none of the others proves anything about what was asked. */
export type CommandResult =
  | ({ readonly outcome: 'ok' } & Said)
  | ({ readonly outcome: 'exited'; readonly code: number } & Said)
  | { readonly outcome: 'signalled'; readonly signal: string }
  /** There is no such program. */
  | { readonly outcome: 'missing' }
  /** The system would not start it (`EACCES`, `EAGAIN`, …). */
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'timeout' }
  | { readonly outcome: 'too-much-output' };

export type CommandOptions = {
  readonly patienceMs?: DurationMs;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Takes stdout line by line as it comes (`stdout` is then empty), so that a tool may say as much as patience allows. A
   * line of more than 64 KiB is cut.
   */
  readonly onLine?: (line: string) => void;
};

/**
 * Runs one tool of this machine, without a shell and without input, in the C locale. At the end of patience, or when it
 * says too much, it is killed with everything it started; what holds its pipes after its own end is killed too. Never rejects.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  { patienceMs = PATIENCE_MS, env = {}, onLine }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = start(file, args, { ...process.env, ...env, LC_ALL: 'C' });
    if ('outcome' in child) return resolve(child);

    let linger: NodeJS.Timeout | undefined;
    const settle = (result: CommandResult) => {
      clearTimeout(timer);
      clearTimeout(linger);
      resolve(result);
    };
    const cut = (result: CommandResult) => {
      killGroup(child);
      settle(result);
    };
    const timer = setTimeout(() => cut({ outcome: 'timeout' }), patienceMs);
    const said = listen(child, onLine, () => cut({ outcome: 'too-much-output' }));
    child.on('error', (error) => settle(notStarted(error)));
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      // The pipes are looked into once more, for the case that we ourselves were held up meanwhile.
      linger = setTimeout(() => setImmediate(() => cut(ended(code, signal, said()))), LINGER_MS);
    });
    child.on('close', (code, signal) => settle(ended(code, signal, said())));
  });
}

type Child = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };

/** Some refusals come as an event, others are thrown. */
function start(file: string, args: readonly string[], env: SpawnOptions['env']): Child | CommandResult {
  try {
    // A group of its own, so that what it starts can be killed with it.
    return spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return notStarted(error);
  }
}

function notStarted(error: unknown): CommandResult {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return code === 'ENOENT' ? { outcome: 'missing' } : { outcome: 'refused', code };
}

function ended(code: number | null, signal: NodeJS.Signals | null, said: Said): CommandResult {
  if (signal !== null) return { outcome: 'signalled', signal };
  return code === 0 ? { outcome: 'ok', ...said } : { outcome: 'exited', code: code ?? -1, ...said };
}

/** Collects what it says until it is too much, or hands stdout on by lines. */
function listen({ stdout, stderr }: Child, onLine: CommandOptions['onLine'], onTooMuch: () => void): () => Said {
  let bytes = 0;
  const collect = (stream: Readable): Buffer[] => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > OUTPUT_LIMIT_BYTES) onTooMuch();
      else chunks.push(chunk);
    });
    return chunks;
  };
  const endLine = onLine === undefined ? null : byLines(stdout, onLine);
  const [out, err] = [endLine === null ? collect(stdout) : [], collect(stderr)];
  return () => {
    endLine?.();
    return { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
  };
}

/** Hands on every line of a stream as it is complete; what is returned hands on the last one, which no newline ends. */
function byLines(stream: Readable, onLine: (line: string) => void): () => void {
  let open = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const [first = '', ...others] = text.split('\n');
    // What is beyond the limit is not kept, so that a tool without newlines does not fill the memory.
    open = `${open}${first}`.slice(0, LINE_LIMIT);
    for (const next of others) {
      onLine(open);
      open = next.slice(0, LINE_LIMIT);
    }
  });
  return () => {
    if (open !== '') onLine(open);
    open = '';
  };
}

/**
 * Ends the group, and only then lets go of its pipes, which a process that escaped the group may still hold: the other way
 * round a script sees its pipe break and goes on with its next line.
 */
function killGroup({ pid, stdout, stderr }: Child): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the same moment.
  }
  stdout.destroy();
  stderr.destroy();
}
