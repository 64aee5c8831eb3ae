import { RequestFailure } from '#lib/client/request.ts';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { keptAlerts } from './kept-alerts.ts';
import { createSaver } from './saver.ts';
import { currentSubscription } from './subscription.ts';
import { tellMac } from './tell-mac.ts';

/** A page that is being left has its requests ended first, and no time after: what was chosen in it stands, and the next start hands it in. */
const LEFT_WITHIN_MS: DurationMs = 500;

const save = createSaver<AlertPreferences>({
  read: () => keptAlerts.read().preferences,
  write: (preferences) => keptAlerts.write({ ...keptAlerts.read(), preferences }),
  tell: async (preferences) => {
    // Without alerts the Mac knows nothing of this device.
    if (!preferences.isOn) return;
    const subscription = await currentSubscription();
    if (subscription === null) throw new RequestFailure('refused', 'This browser has lost its subscription.');
    try {
      await tellMac(subscription);
    } catch (failure) {
      await new Promise((resolve) => setTimeout(resolve, LEFT_WITHIN_MS));
      throw failure;
    }
  },
});

/** Changes some preferences, here at once and then on the Mac. Goes back to what they were and throws a RequestFailure where it does not take them. */
export const savePreferences = (change: Partial<AlertPreferences>): Promise<void> =>
  save({ ...keptAlerts.read().preferences, ...change });
