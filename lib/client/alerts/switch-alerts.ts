import { RequestFailure } from '#lib/client/request.ts';
import { forget, handIn } from './hand-in.ts';
import { keptAlerts } from './kept-alerts.ts';
import { unsubscribe } from './subscription.ts';

const wish = (isOn: boolean): void => {
  const { preferences, handedIn } = keptAlerts.read();
  keptAlerts.write({
    preferences: { ...preferences, isOn },
    owesRemoval: !isOn,
    handedIn: isOn ? handedIn : null,
  });
};

/**
 * Switches alerts on; to be called in a tap, because iOS lets nobody else ask. Resolves to a sentence where they stay off, to null
 * where they are on, or where the person said no, which the browser tells from then on.
 */
export async function switchOn(): Promise<string | null> {
  const permission = await Notification.requestPermission();
  if (permission === 'denied') return null;
  if (permission === 'default') return 'Alerts stay off: the question was closed without an answer.';
  wish(true);
  const handedIn = await handIn();
  if (handedIn.kind === 'settled') return null;
  wish(false);
  await unsubscribe();
  keptAlerts.write({ ...keptAlerts.read(), owesRemoval: false });
  return `Alerts stay off. ${handedIn.detail}`;
}

/**
 * Switches alerts off. Whatever the Mac says, the push service takes none for this device from now on. Resolves to a sentence
 * where the Mac could not be told, which is made good at the next start.
 */
export async function switchOff(): Promise<string | null> {
  wish(false);
  await unsubscribe();
  try {
    await forget();
    return null;
  } catch (failure) {
    if (!(failure instanceof RequestFailure)) throw failure;
    return `Alerts are off here. The Mac is told when it answers again: ${failure.message}`;
  }
}
