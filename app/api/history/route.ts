import { readHistory } from '#lib/server/read-history.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';
import { windowOf } from '#lib/server/window-parameter.ts';

export const dynamic = 'force-dynamic';

/** One window in at most 400 buckets. */
export const GET = route(async (query) => json(await readHistory(services(), windowOf(query))));
