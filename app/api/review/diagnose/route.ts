import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** What is known of the way to Anki. */
export const GET = route(async () => json(await services().review.diagnose()));
