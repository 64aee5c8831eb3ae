import * as z from 'zod/mini';
import { incidentStories } from '#lib/server/read-incidents.ts';
import { json, parameter, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

const id = {
  schema: z.nullable(z.string().check(z.regex(/^\d{1,16}$/))),
  otherwise: null,
  expected: 'an incident’s id',
};

/** The newest incidents, or the one with this `id` (none when there is no such). */
export const GET = route(async (query) => {
  const { store, monitor, now } = services();
  const wanted = parameter(query, 'id', id);
  const servedAt = now();
  const { measuredUntil } = monitor.snapshot();
  const incidents = await incidentStories(store, { from: 0, to: servedAt, measuredUntil });
  return json({ incidents: incidents.filter((incident) => wanted === null || incident.id === wanted), servedAt });
});
