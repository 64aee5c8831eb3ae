import { postPhoneSamples } from '#lib/server/phone-hand-in.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Takes what a phone measured of its way here. The proxy has seen that the request is same-origin JSON. */
export const POST = route((_, request) => postPhoneSamples(services(), request));
