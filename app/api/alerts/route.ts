import { readAlerts } from '#lib/server/read-alerts.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** How a device is called: `GET /api/alerts?device=…`. */
export const GET = route(async (query, { headers }) => json(await readAlerts(services(), { headers, query })));
