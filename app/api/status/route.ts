import { readStatus } from '#lib/server/read-status.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** The glance. `tailscale serve` notes in `X-Forwarded-For` from which node of the tailnet the request came. */
export const GET = route(async (_, request) =>
  json(await readStatus(services(), request.headers.get('x-forwarded-for'))),
);
