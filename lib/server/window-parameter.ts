import * as z from 'zod/mini';
import { WINDOWS, type Window } from '#lib/domain/window.ts';
import { parameter } from './respond.ts';

/** The `window` of a query; a day when it is absent. */
export const windowOf = (query: URLSearchParams): Window =>
  parameter(query, 'window', { schema: z.enum(WINDOWS), otherwise: '24h', expected: `one of ${WINDOWS.join(', ')}` });
