import { RequestFailure } from '#lib/client/request.ts';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import { keptAlerts } from './kept-alerts.ts';
import { createSaver } from './saver.ts';
import { currentSubscription } from './subscription.ts';
import { tellMac } from './tell-mac.ts';

const save = createSaver<AlertPreferences>({
  read: () => keptAlerts.read().preferences,
  write: (preferences) => keptAlerts.write({ ...keptAlerts.read(), preferences }),
  tell: async (preferences) => {
    // Without alerts the Mac knows nothing of this device.
    if (!preferences.isOn) return;
    const subscription = await currentSubscription();
    if (subscription === null) throw new RequestFailure('refused', 'This browser has lost its subscription.');
    await tellMac(subscription, preferences);
  },
});

/** Changes some preferences, here at once and then on the Mac. Goes back to what they were and throws a RequestFailure where it does not take them. */
export const savePreferences = (change: Partial<AlertPreferences>): Promise<void> =>
  save({ ...keptAlerts.read().preferences, ...change });
