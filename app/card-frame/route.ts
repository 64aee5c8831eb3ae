import { cardFrame } from '#lib/server/card-frame.ts';
import { failure, route } from '#lib/server/respond.ts';

export const dynamic = 'force-dynamic';

/** The document in which cards are shown. The proxy gives it its policy: what it may load, and that its origin is opaque. */
export const GET = route(() => {
  const frame = cardFrame();
  if (frame === null) return failure(503, 'not-built', 'The card frame was not built; run npm run build.');
  return new Response(frame.html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
  });
});
