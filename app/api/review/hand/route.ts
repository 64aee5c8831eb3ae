import { readHand } from '#lib/server/read-hand.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** The cards to review now, by the best way to Anki there is, for the phone to hold. */
export const GET = route(async (query, request) => json(await readHand(services(), query, request.headers)));
