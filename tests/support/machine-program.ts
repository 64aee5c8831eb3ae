import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One of the tests' programs in a machine. It tells by lines of JSON, the first of which is that it is ready. */
export type Program = {
  /** As its machine counts. */
  readonly pid: number;
  /** What it told first. */
  readonly first: Told;
  /** Sends it a line. */
  readonly say: (line: string) => void;
  /** The newest line of its kind that it told, or the next one, of which this is true. Rejects when there is none in time. */
  readonly tells: (is: (line: Told) => boolean, withinMs?: number) => Promise<Told>;
  readonly kill: (signal: 'KILL' | 'TERM' | 'STOP' | 'CONT') => Promise<void>;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
};

export type Told = Readonly<Record<string, unknown>>;

type Waiting = {
  readonly is: (line: Told) => boolean;
  readonly found: (line: Told) => void;
  readonly fail: (why: string) => void;
};

const READY_MS = 20_000;
/** Ten programs start at once, beside a build. */
const START_MS = 60_000;

/** Waits until the program tells its first line, which has its `pid`. `signal` sends to pids of its machine. */
export async function programOf(
  child: ChildProcess,
  signal: (name: string, pids: string) => Promise<unknown>,
): Promise<Program> {
  /** By what a line begins with, which is what it is about. */
  const newest = new Map<string | undefined, Told>();
  const waiting = new Set<Waiting>();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    for (const each of waiting) each.fail('it has ended');
  });
  if (child.stdout === null) throw new Error('the program has no output');
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line: Told = JSON.parse(text);
    newest.set(Object.keys(line)[0], line);
    for (const each of waiting) if (each.is(line)) each.found(line);
  });
  const tells: Program['tells'] = (is, withinMs = READY_MS) =>
    new Promise((resolve, reject) => {
      const known = [...newest.values()].find(is);
      if (known !== undefined) return resolve(known);
      const leave = (): void => {
        waiting.delete(me);
        clearTimeout(late);
      };
      const me: Waiting = {
        is,
        found: (line) => {
          leave();
          resolve(line);
        },
        fail: (why) => {
          leave();
          reject(new Error(`not told: ${why}; the newest are ${JSON.stringify([...newest.values()], null, 1)}`));
        },
      };
      const late = setTimeout(() => me.fail(`${withinMs} ms are over`), withinMs);
      waiting.add(me);
    });
  const first = await tells(() => true, START_MS);
  const pid = Number(first['pid']);
  return {
    pid,
    first,
    tells,
    ended,
    say: (line) => child.stdin?.write(`${line}\n`),
    kill: async (name) => {
      await signal(name, String(pid));
      // nsenter stops with what it runs, and is not continued with it.
      if (name !== 'STOP') child.kill('SIGCONT');
      if (name === 'KILL' || name === 'TERM') await ended;
    },
  };
}
