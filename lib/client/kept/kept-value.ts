import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { readText, writeText } from './kept-text.ts';
import { parsed } from './parsed.ts';

/** A value of this phone's own that screens show. */
export type KeptValue<Value> = {
  /** The same object until it changes. */
  readonly read: () => Value;
  /** Here and in every other window of this app; until the page is left where storage is refused. */
  readonly write: (value: Value) => void;
  /** The value, and anew whenever it changes; the usual one while hydrating. */
  readonly use: () => Value;
};

type How<Value> = { readonly key: string; readonly schema: z.ZodMiniType<Value>; readonly usual: Value };

/** A value kept in `localStorage` under `key`, as JSON; the usual one where none is kept or it cannot be read. */
export function keptValue<Value>({ key, schema, usual }: How<Value>): KeptValue<Value> {
  let last: { readonly text: string | null; readonly value: Value } = { text: null, value: usual };
  let unkept: string | null = null;
  const listeners = new Set<() => void>();

  const read = (): Value => {
    const text = unkept ?? readText(key);
    if (text !== last.text) {
      const told = z.safeParse(schema, parsed(text));
      last = { text, value: told.success ? told.data : usual };
    }
    return last.value;
  };
  const write = (value: Value): void => {
    const text = JSON.stringify(value);
    unkept = writeText(key, text) ? null : text;
    for (const listener of listeners) listener();
  };
  const listen = (listener: () => void) => {
    listeners.add(listener);
    window.addEventListener('storage', listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', listener);
    };
  };
  return { read, write, use: () => useSyncExternalStore(listen, read, () => usual) };
}
