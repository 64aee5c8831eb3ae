import { incidentIdOf } from '#lib/server/incident-parameter.ts';
import { incidentStories, incidentStory } from '#lib/server/read-incidents.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** The newest incidents, or the one with this `id` (none when there is no such). */
export const GET = route(async (query) => {
  const { store, monitor, now } = services();
  const id = incidentIdOf(query, 'id');
  const servedAt = now();
  const { measuredUntil } = monitor.snapshot();
  if (id === null) {
    return json({ incidents: await incidentStories(store, { from: 0, to: servedAt, measuredUntil }), servedAt });
  }
  const incident = await incidentStory(store, id, { measuredUntil, now: servedAt });
  return json({ incidents: incident === null ? [] : [incident], servedAt });
});
