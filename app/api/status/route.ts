import { readStatus } from '#lib/server/read-status.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** The glance. `tailscale serve` notes in the headers from which node of the tailnet the request came, and whose it is. */
export const GET = route(async (_, request) => json(await readStatus(services(), request.headers)));
