import { readSetup } from '#lib/server/read-setup.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** How Lifeline is published, who asks and which devices were seen: what the Setup screen checks. */
export const GET = route(async (_, request) => json(await readSetup(services(), request.headers)));
