import { useCallback, useEffect, useRef, useState } from 'react';
import { RequestFailure } from '#lib/client/request.ts';
import type { Alerts } from '#lib/contract/alerts.ts';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import { tellTest } from './alert-words.ts';
import { useAlertsFeed } from './alerts-feed.ts';
import { type AlertsHere, type AlertsState, alertsStateOf } from './alerts-state.ts';
import { handIn } from './hand-in.ts';
import { keptAlerts } from './kept-alerts.ts';
import { obstacleHere } from './obstacle.ts';
import { savePreferences } from './save-preferences.ts';
import { currentSubscription } from './subscription.ts';
import { switchOff, switchOn } from './switch-alerts.ts';
import { askForTest } from './tell-mac.ts';

/** What is under way because somebody pressed. */
export type AlertsDoing = 'switching' | 'renewing' | 'testing' | null;

export type AlertsView = {
  readonly state: AlertsState;
  readonly preferences: AlertPreferences;
  /** What the Mac last said, if anything. */
  readonly answer: Alerts | undefined;
  /** Why the Mac does not answer now, though it did; null while it does. */
  readonly failure: RequestFailure | null;
  readonly doing: AlertsDoing;
  /** What became of the last press, where it is worth a word. */
  readonly news: { readonly kind: 'told' | 'trouble'; readonly text: string } | null;
  readonly switchTo: (isOn: boolean) => void;
  readonly change: (change: Partial<AlertPreferences>) => void;
  readonly renew: () => void;
  readonly test: () => void;
};

/** What this device says of its alerts, looked at again on return and when `look` is called. */
function useHere(): { readonly here: AlertsHere | null; readonly look: () => Promise<void> } {
  const [here, setHere] = useState<AlertsHere | null>(null);
  const look = useCallback(async () => {
    const obstacle = obstacleHere();
    const subscription = obstacle === null ? await currentSubscription() : null;
    setHere({ obstacle, endpoint: subscription?.endpoint ?? null });
  }, []);
  useEffect(() => {
    void look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [look]);
  return { here, look };
}

/** Alerts of this device, for the Setup screen. */
export function useAlerts(): AlertsView {
  const { preferences } = keptAlerts.use();
  const { here, look } = useHere();
  const { data: answer, failure, refresh } = useAlertsFeed(here !== null && here.obstacle !== 'insecure');
  const [doing, setDoing] = useState<AlertsDoing>(null);
  const [news, setNews] = useState<AlertsView['news']>(null);
  const state = alertsStateOf({ here, isWanted: preferences.isOn, answer, failure });

  const doThen = async (what: AlertsDoing, work: () => Promise<AlertsView['news']>): Promise<void> => {
    setDoing(what);
    setNews(null);
    try {
      setNews(await work());
    } catch (cause) {
      if (!(cause instanceof RequestFailure)) throw cause;
      setNews({ kind: 'trouble', text: cause.message });
    } finally {
      await look();
      refresh();
      setDoing(null);
    }
  };
  const renew = () =>
    void doThen('renewing', async () => {
      const handedIn = await handIn();
      return handedIn.kind === 'settled' ? null : { kind: 'trouble', text: handedIn.detail };
    });
  useRenewOnce(state.kind === 'lost' && doing === null, renew);

  return {
    state,
    preferences,
    answer,
    failure,
    doing,
    news,
    renew,
    switchTo: (isOn) =>
      void doThen('switching', async () => {
        const trouble = await (isOn ? switchOn() : switchOff());
        return trouble === null ? null : { kind: 'trouble', text: trouble };
      }),
    change: (change) => {
      setNews(null);
      savePreferences(change).catch((cause: unknown) => {
        if (!(cause instanceof RequestFailure)) throw cause;
        setNews({ kind: 'trouble', text: `Not saved, as it was before. ${cause.message}` });
      });
    },
    test: () => void doThen('testing', async () => ({ kind: 'told', text: tellTest(await askForTest()) })),
  };
}

/** A device that the Mac has lost is brought back without being asked, once for each visit; then by a button. */
function useRenewOnce(isLost: boolean, renew: () => void): void {
  const isTried = useRef(false);
  useEffect(() => {
    if (!isLost || isTried.current) return;
    isTried.current = true;
    renew();
  });
}
