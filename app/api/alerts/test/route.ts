import { postAlertTest } from '#lib/server/post-alerts.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Sends a test alert, for the owner only. The proxy has seen that the request is same-origin JSON. */
export const POST = route((_, request) => postAlertTest(services(), request));
