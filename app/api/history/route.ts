import { readHistory } from '#lib/server/read-history.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';
import { windowOf } from '#lib/server/window-parameter.ts';

export const dynamic = 'force-dynamic';

/** One window in at most 400 buckets. */
export const GET = route(async (query) => {
  const { store, monitor, now } = services();
  const { measuredUntil } = monitor.snapshot();
  return json(await readHistory({ store, measuredUntil, now: now() }, windowOf(query)));
});
