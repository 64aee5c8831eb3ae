import { postPair } from '#lib/server/pairing-routes.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Lets the browser in that holds the token. The proxy has seen that the request is same-origin JSON. */
export const POST = route((_, request) => postPair(services(), request));
