import * as z from 'zod/mini';
import { parameter } from './respond.ts';

const as = {
  schema: z.nullable(z.string().check(z.regex(/^\d{1,16}$/))),
  otherwise: null,
  expected: 'an incident’s id',
};

/** The incident's id that a query gives under this name; null when it is absent. */
export const incidentIdOf = (query: URLSearchParams, name: 'id' | 'incident'): string | null =>
  parameter(query, name, as);
