import { readMetrics } from '#lib/server/read-metrics.ts';
import { NO_STORE, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** The same facts for Prometheus. */
export const GET = route(async () => {
  const { type, text } = await readMetrics(services());
  return new Response(text, { headers: { ...NO_STORE, 'content-type': type } });
});
