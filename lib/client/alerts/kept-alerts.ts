import * as z from 'zod/mini';
import { keptValue } from '#lib/client/kept/kept-value.ts';
import { alertPreferencesSchema } from '#lib/contract/alerts.ts';
import { USUAL_PREFERENCES } from '#lib/domain/alert.ts';

/** How this phone wants to be called; `isOn` as the person chose it, whatever became of the subscription. */
export const keptAlerts = keptValue({
  key: 'lifeline.alerts.v1',
  schema: z.object({
    preferences: alertPreferencesSchema,
    /** Alerts were switched off here, and the Mac could not be told yet. */
    owesRemoval: z.boolean(),
    /** The endpoint that the Mac took last; null while alerts are off. */
    handedIn: z.nullable(z.string()),
  }),
  usual: { preferences: { ...USUAL_PREFERENCES, isOn: false }, owesRemoval: false, handedIn: null },
});
