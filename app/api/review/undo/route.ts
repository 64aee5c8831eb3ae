import { postUndo } from '#lib/server/post-grades.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Takes back a grade that was counted. The proxy has seen that the request is same-origin JSON. */
export const POST = route((_, request) => postUndo(services(), request));
