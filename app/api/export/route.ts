import * as z from 'zod/mini';
import { EXPORT_FORMATS, type ExportFormat, exportHistory, exportIncident } from '#lib/server/export.ts';
import { incidentIdOf } from '#lib/server/incident-parameter.ts';
import { incidentStory } from '#lib/server/read-incidents.ts';
import { failure, parameter, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';
import { windowOf } from '#lib/server/window-parameter.ts';

export const dynamic = 'force-dynamic';

const otherwise: ExportFormat = 'csv';
const format = { schema: z.enum(EXPORT_FORMATS), otherwise, expected: EXPORT_FORMATS.join(' or ') };

/** The kept probes of a window, or of one `incident` with its story, as a streamed download. */
export const GET = route(async (query) => {
  const wanted = parameter(query, 'format', format);
  const id = incidentIdOf(query, 'incident');
  if (id === null) return exportHistory(services(), { format: wanted, window: windowOf(query) });
  const { store, monitor, now } = services();
  const incident = await incidentStory(store, id, { measuredUntil: monitor.snapshot().measuredUntil, now: now() });
  if (incident === null) return failure(404, 'no-such-incident', 'No incident of this id is kept.');
  return exportIncident(services(), incident, wanted);
});
