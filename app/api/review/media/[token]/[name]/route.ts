import { route } from '#lib/server/respond.ts';
import { serveMedia } from '#lib/server/serve-media.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

const answer = route((_, request) => serveMedia(services(), request));

/** A card's file, for who holds the token in its path. The proxy lets the card frame through, whose origin is opaque. */
export { answer as GET, answer as HEAD };
