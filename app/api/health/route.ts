import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Whether Lifeline itself is well: 503 when its monitor has stalled. */
export const GET = route(() => {
  const { monitor, version } = services();
  const { stalled, lastRoundAt, rounds } = monitor.snapshot();
  return json({ status: stalled ? 'stalled' : 'ok', version, monitor: { lastRoundAt, rounds } }, stalled ? 503 : 200);
});
