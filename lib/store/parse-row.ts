import * as z from 'zod/mini';

/** Told once per unreadable row: the table and what is wrong with it. */
export type OnCorruptRow = (table: string, fault: string) => void;

/** Which item stands at a stored place. Throws a RangeError when none does. */
export function atPlace<T>(list: readonly T[], place: number): T {
  const item = list[place];
  if (item === undefined) throw new RangeError(`There is no place ${place}.`);
  return item;
}

/** What is read of a row; null when that throws, which is reported: we cannot have written it. */
export function orReport<T>(table: string, onCorruptRow: OnCorruptRow, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    onCorruptRow(table, error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error));
    return null;
  }
}
