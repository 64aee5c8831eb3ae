import { postRevoke } from '#lib/server/pairing-routes.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Turns a paired browser out. The proxy has seen that the request is same-origin JSON. */
export const POST = route((_, request) => postRevoke(services(), request));
