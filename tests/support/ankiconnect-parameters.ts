import * as z from 'zod/mini';
import { AnkiError } from './anki-model.ts';
import type { AnkiWindow } from './anki-window.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** What an action does to Anki; it throws an AnkiError with the words that its caller is told. */
export type Action = (window: AnkiWindow, parameters: Parameters) => unknown;

/** An action with parameters of this shape; others are Python's TypeError, in its words. */
export function withParameters<Shape>(
  shape: z.ZodMiniType<Shape>,
  does: (window: AnkiWindow, parameters: Shape) => unknown,
): Action {
  return (window, parameters) => {
    const read = shape.safeParse(parameters);
    if (read.success) return does(window, read.data);
    const names = read.error.issues.map(({ path }) => `'${String(path[0])}'`).join(' and ');
    throw new AnkiError(`AnkiConnect missing required positional arguments, or of another type: ${names}`);
  };
}

export const ids = z.array(z.number());
