import { readActivity } from '#lib/server/read-activity.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** How many reviews Anki counted on each day of the last year. */
export const GET = route(() => readActivity(services()));
