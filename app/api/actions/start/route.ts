import { postStart } from '#lib/server/post-start.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Starts the review server, for its owner only. The proxy has seen that the request is same-origin JSON. */
export const POST = route((_, request) => postStart(services(), request));
