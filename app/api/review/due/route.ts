import { readDue } from '#lib/server/read-due.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** How much is left today in all decks, for Status. */
export const GET = route(async (_, request) => json(await readDue(services(), request.headers)));
