/** A value that is kept here and has to be known elsewhere. */
type Port<Value> = {
  /** The same object until it changes. */
  readonly read: () => Value;
  readonly write: (value: Value) => void;
  /** Tells the other side; rejects where it did not take it. */
  readonly tell: (value: Value) => Promise<void>;
};

/**
 * Changes hold at once and are told one after the other, the newest last; what changes while one is told is told in one. Where
 * one is not taken, the value goes back to what was taken last, and every caller's promise rejects with why.
 */
export function createSaver<Value>({ read, write, tell }: Port<Value>): (value: Value) => Promise<void> {
  let telling: Promise<void> | null = null;
  const tellAll = async (before: Value): Promise<void> => {
    let taken = before;
    try {
      while (read() !== taken) {
        const wanted = read();
        await tell(wanted);
        taken = wanted;
      }
    } catch (failure) {
      write(taken);
      throw failure;
    }
  };
  return (value) => {
    const before = read();
    write(value);
    telling ??= tellAll(before).finally(() => {
      telling = null;
    });
    return telling;
  };
}
