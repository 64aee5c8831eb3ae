'use client';

import { Button } from '#components/ui/button.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { tellObstacle } from '#lib/client/alerts/alert-words.ts';
import type { AlertsView } from '#lib/client/alerts/use-alerts.ts';
import { deviceKind } from '#lib/client/device-kind.ts';
import { AlertsBadge } from './alerts-badge.tsx';
import { AlertsDeliveries } from './alerts-deliveries.tsx';
import { AlertsPreferences } from './alerts-preferences.tsx';

type Alerts = { readonly alerts: AlertsView };

/** Whether this device is called when something breaks, and how. */
export function AlertsSection({ alerts }: Alerts) {
  const { state, isAway } = alerts;
  switch (state.kind) {
    case 'looking':
      return <div className="skeleton h-11 w-full" />;
    case 'obstacle':
      return <p>{tellObstacle(state.obstacle, deviceKind() === 'ios').todo}</p>;
    case 'reader':
      return <p>{state.refusal}</p>;
    case 'no-key':
      return <p>{state.problem}</p>;
    case 'away':
      return state.isOn ? (
        <OnOff alerts={alerts} />
      ) : (
        <p>{state.failure.message} Alerts can be switched on once it answers.</p>
      );
    case 'off':
    case 'lost':
    case 'on':
      return (
        <>
          <OnOff alerts={alerts} />
          {isAway ? (
            <p className="text-note text-dim">The Mac does not answer now, so nothing else can be changed.</p>
          ) : null}
          <Trouble alerts={alerts} />
          <div className="mt-3">
            {state.kind === 'on' ? (
              <AlertsPreferences preferences={alerts.preferences} onChange={alerts.change} />
            ) : null}
            <AlertsBadge badge={alerts.preferences.badge} onChange={(badge) => alerts.change({ badge })} />
          </div>
          {state.kind === 'on' ? <TestAlert alerts={alerts} /> : null}
        </>
      );
  }
}

const isSwitching = ({ doing }: AlertsView): boolean => doing === 'switching-on' || doing === 'switching-off';

function noteOf({ doing }: AlertsView): string {
  if (doing === 'switching-on') return 'Asking this device, then the Mac…';
  if (doing === 'switching-off') return 'Switching off…';
  return 'One when the review server goes, one when it is back; none while the Mac sleeps.';
}

function OnOff({ alerts }: Alerts) {
  const { doing, preferences, news, switchTo } = alerts;
  const isOn = doing === 'switching-on' || (preferences.isOn && doing !== 'switching-off');
  return (
    <>
      <Switch
        label="Alerts on this device"
        isOn={isOn}
        onChange={(wanted) => {
          if (!isSwitching(alerts)) switchTo(wanted);
        }}
      />
      <p className="mt-1 pr-2 text-note text-pretty text-dim">{noteOf(alerts)}</p>
      <p role="status" className="mt-2 font-semibold empty:hidden">
        {news?.kind === 'trouble' ? news.text : null}
      </p>
    </>
  );
}

/** What keeps alerts that were switched on from coming, if anything. */
function Trouble({ alerts }: Alerts) {
  const { state } = alerts;
  if (state.kind === 'on' && state.problem !== null) return <p className="mt-2">{state.problem}</p>;
  return state.kind === 'lost' && !isSwitching(alerts) ? <Lost alerts={alerts} /> : null;
}

function Lost({ alerts: { doing, switchTo } }: Alerts) {
  const isBusy = doing !== null;
  return (
    <>
      <p className="mt-2">
        {isBusy
          ? 'The Mac is told of this device anew.'
          : 'Its subscription is gone, or the Mac has lost it. A new one takes a tap.'}
      </p>
      <Button onClick={() => switchTo(true)} busy={isBusy} className="mt-3">
        {isBusy ? 'Renewing…' : 'Renew'}
      </Button>
    </>
  );
}

function TestAlert({ alerts: { doing, news, answer, test } }: Alerts) {
  return (
    <>
      <Button onClick={test} busy={doing === 'testing'} className="mt-3">
        {doing === 'testing' ? 'Sending…' : 'Send test alert'}
      </Button>
      <p role="status" className="mt-2 empty:hidden">
        {news?.kind === 'told' ? news.text : null}
      </p>
      {answer === undefined ? null : <AlertsDeliveries answer={answer} />}
    </>
  );
}
