import { readProbe } from '#lib/server/read-probe.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** One live probe; callers share it, and at most one starts a second. */
export const GET = route(async () => json(await readProbe(services())));
