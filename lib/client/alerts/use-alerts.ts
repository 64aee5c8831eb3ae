import { useCallback, useEffect, useRef, useState } from 'react';
import { deviceKind } from '#lib/client/device-kind.ts';
import { RequestFailure } from '#lib/client/request.ts';
import type { Check } from '#lib/client/setup/check.ts';
import type { Alerts } from '#lib/contract/alerts.ts';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import { alertsCheck, tellTest } from './alert-words.ts';
import { askFeedAgain, useAlertsFeed } from './alerts-feed.ts';
import { type AlertsHere, type AlertsState, alertsStateOf } from './alerts-state.ts';
import { showBadge } from './badge.ts';
import { handIn } from './hand-in.ts';
import { keptAlerts } from './kept-alerts.ts';
import { obstacleHere } from './obstacle.ts';
import { savePreferences } from './save-preferences.ts';
import { currentSubscription } from './subscription.ts';
import { switchOff, switchOn } from './switch-alerts.ts';
import { askForTest } from './tell-mac.ts';

/** What is under way because somebody pressed. */
type Doing = 'switching-on' | 'switching-off' | 'renewing' | 'testing';
type News = { readonly kind: 'told' | 'trouble'; readonly text: string };

export type AlertsView = {
  readonly state: AlertsState;
  /** The same as a step of Setup. */
  readonly check: Check;
  readonly preferences: AlertPreferences;
  /** What the Mac last said, if anything. */
  readonly answer: Alerts | undefined;
  /** Whether it does not answer now. */
  readonly isAway: boolean;
  readonly doing: Doing | null;
  /** What became of the last press, where it is worth a word. */
  readonly news: News | null;
  readonly switchTo: (isOn: boolean) => void;
  readonly change: (change: Partial<AlertPreferences>) => void;
  readonly test: () => void;
};

/** What this device says of its alerts, looked at again on return and when `look` is called. */
function useHere() {
  const [here, setHere] = useState<(AlertsHere & { readonly isIos: boolean }) | null>(null);
  const look = useCallback(async () => {
    const obstacle = obstacleHere();
    const subscription = obstacle === null ? await currentSubscription() : null;
    setHere({ obstacle, endpoint: subscription?.endpoint ?? null, isIos: deviceKind() === 'ios' });
  }, []);
  useEffect(() => {
    void look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [look]);
  return { here, look };
}

/** Does one thing at a time and tells what came of it; the Mac is asked again before it counts as done. */
function useDoing(look: () => Promise<void>) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [news, setNews] = useState<News | null>(null);
  const carryOut = async (what: Doing, work: () => Promise<News | null>): Promise<void> => {
    // What nobody pressed leaves standing what was told of what somebody did.
    const isPressed = what !== 'renewing';
    setDoing(what);
    if (isPressed) setNews(null);
    try {
      const told = await work();
      if (isPressed || told !== null) setNews(told);
    } catch (failure) {
      setNews(troubleOf(failure));
    } finally {
      await Promise.all([look(), askFeedAgain()]);
      setDoing(null);
    }
  };
  return { doing, news, setNews, carryOut };
}

/** A failed request in words, after `what`. Throws what is a fault of ours. */
function troubleOf(failure: unknown, what = ''): News {
  if (!(failure instanceof RequestFailure)) throw failure;
  return { kind: 'trouble', text: `${what}${failure.message}` };
}

const trouble = (text: string | null): News | null => (text === null ? null : { kind: 'trouble', text });

/** Alerts of this device, for the Setup screen. */
export function useAlerts(): AlertsView {
  const { preferences } = keptAlerts.use();
  const { here, look } = useHere();
  const { data: answer, failure } = useAlertsFeed(here !== null && here.obstacle !== 'insecure');
  const { doing, news, setNews, carryOut } = useDoing(look);
  const state = alertsStateOf({ here, isWanted: preferences.isOn, answer, failure });
  useRenewOnce(
    state.kind === 'lost' && doing === null,
    () => void carryOut('renewing', () => handIn().then(() => null)),
  );
  return {
    state,
    check: alertsCheck(state, { isIos: here?.isIos === true, preferences }),
    preferences,
    answer,
    isAway: failure !== null,
    doing,
    news,
    switchTo: (isOn) =>
      void carryOut(isOn ? 'switching-on' : 'switching-off', async () =>
        trouble(await (isOn ? switchOn() : switchOff())),
      ),
    change: (change) => {
      setNews(null);
      savePreferences(change).catch((cause: unknown) => setNews(troubleOf(cause, 'Not changed. ')));
      if (change.badge !== undefined) void showBadge();
    },
    test: () => void carryOut('testing', async () => ({ kind: 'told', text: tellTest(await askForTest()) })),
  };
}

/** A device that the Mac has lost is brought back without being asked, once for each visit; then by a button. */
function useRenewOnce(isLost: boolean, bringBack: () => void): void {
  const isTried = useRef(false);
  useEffect(() => {
    if (!isLost || isTried.current) return;
    isTried.current = true;
    bringBack();
  });
}
