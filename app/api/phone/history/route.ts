import { readPhoneHistory } from '#lib/server/phone-history.ts';
import { json, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';
import { windowOf } from '#lib/server/window-parameter.ts';

export const dynamic = 'force-dynamic';

/** One window of what phones measured, in the steps of `/api/history`. */
export const GET = route(async (query) => {
  const { phones, store, monitor, now } = services();
  const { measuredUntil } = monitor.snapshot();
  return json(await readPhoneHistory({ phones, store, measuredUntil, now: now() }, windowOf(query)));
});
