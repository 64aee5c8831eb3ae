import { failure } from '#lib/server/respond.ts';

export const dynamic = 'force-dynamic';

const unknown = (): Response => failure(404, 'not-found', 'Lifeline has no such address.');

/** Every address below /api that is no other route’s. */
export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT };
