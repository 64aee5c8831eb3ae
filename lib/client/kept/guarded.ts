import type { DurationMs } from '#lib/domain/time.ts';

/** iOS may leave a request of IndexedDB without any event for half an hour; a healthy one takes milliseconds. */
const STORAGE_TIMEOUT_MS = 1_500;

/** A storage that may be silent, refuse or lose its connection; none of that is an exception. */
export type Guarded<Connection> = {
  /** What the work gave; null where storage refuses or is silent. After one silence it is asked no more while this page lives. */
  readonly run: <Value>(work: (to: Connection) => Promise<Value>) => Promise<{ readonly value: Value } | null>;
  /** Closes the connection once its work is done; the next work opens a new one. */
  readonly rest: () => void;
};

class Silence extends Error {}

/** Guards what `open` connects to. A connection that was lost is opened anew, once for each work. `onLost` is for `open` to call. */
export function guarded<Connection extends { close(): void }>(
  open: (onLost: () => void) => Promise<Connection>,
  timeoutMs: DurationMs = STORAGE_TIMEOUT_MS,
): Guarded<Connection> {
  let connection: Promise<Connection> | null = null;
  let isSilent = false;
  const rest = () => {
    connection?.then(
      (opened) => opened.close(),
      () => undefined,
    );
    connection = null;
  };
  const attempt = async <Value>(work: (to: Connection) => Promise<Value>) => {
    connection ??= open(rest);
    return { value: await within(timeoutMs, connection.then(work)) };
  };
  const run = async <Value>(work: (to: Connection) => Promise<Value>) => {
    for (let tries = 0; tries < 2 && !isSilent; tries += 1) {
      try {
        return await attempt(work);
      } catch (failure) {
        isSilent ||= failure instanceof Silence;
        rest();
      }
    }
    return null;
  };
  return { run, rest };
}

/** The promise, or a Silence once the time is over. */
async function within<Value>(ms: DurationMs, promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Silence()), ms);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
