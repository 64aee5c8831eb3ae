import type * as z from 'zod/mini';

/** Told once per unreadable row: the table and what is wrong with it. */
export type OnCorruptRow = (table: string, fault: string) => void;

/** Which item stands at a stored place. Throws a RangeError when none does. */
export function atPlace<T>(list: readonly T[], place: number): T {
  const item = list[place];
  if (item === undefined) throw new RangeError(`There is no place ${place}.`);
  return item;
}

type Reading<Row, Value> = {
  readonly table: string;
  readonly schema: z.ZodMiniType<Row>;
  /** Throws what it likes on values that no row of ours has. */
  readonly toValue: (row: Row) => Value;
};

/** Reads one row; one that we cannot have written is reported and comes back as null. */
export function readRow<Row, Value>(
  { table, schema, toValue }: Reading<Row, Value>,
  row: unknown,
  onCorruptRow: OnCorruptRow,
): Value | null {
  const parsed = schema.safeParse(row);
  if (!parsed.success) {
    onCorruptRow(table, parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
    return null;
  }
  try {
    return toValue(parsed.data);
  } catch (error) {
    onCorruptRow(table, String(error));
    return null;
  }
}
