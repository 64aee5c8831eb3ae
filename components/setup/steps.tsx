'use client';

import { useState } from 'react';
import type { AlertsView } from '#lib/client/alerts/use-alerts.ts';
import type { Check } from '#lib/client/setup/check.ts';
import { STEPS, type StepName } from '#lib/client/setup/checks.ts';
import type { ThisDevice } from '#lib/client/setup/this-device.ts';
import type { Setup } from '#lib/contract/setup.ts';
import { AlertsSection } from './alerts-section.tsx';
import { InstallStep } from './install-step.tsx';
import { KeptStep } from './kept-step.tsx';
import { LoginStep } from './login-step.tsx';
import { OfflineStep } from './offline-step.tsx';
import { PhoneStep } from './phone-step.tsx';
import { PublishedStep } from './published-step.tsx';
import { Step } from './step.tsx';
import { VersionStep } from './version-step.tsx';

const TITLES: Readonly<Record<StepName, string>> = {
  published: 'Published by https',
  phone: 'On your phone',
  installed: 'On the Home Screen',
  alerts: 'Alerts',
  kept: 'Kept for good',
  offline: 'Opens without the Mac',
  version: 'Same version',
  login: 'Starts by itself',
};

/** What the steps show: of the Mac, of this device, of its alerts. Null: not known, or not looked at yet. */
type Known = {
  readonly setup: Setup | null;
  readonly device: ThisDevice | null;
  readonly alerts: AlertsView;
};

type StepsProps = {
  readonly checks: Readonly<Record<StepName, Check>>;
  /** The one that is open unless somebody opens another. */
  readonly next: StepName | null;
  readonly known: Known;
  readonly onLookAgain: () => Promise<void>;
};

/** All steps in their order. The next one is open; what a person opens or closes stays so. */
export function Steps({ checks, next, known, onLookAgain }: StepsProps) {
  const [chosen, setChosen] = useState<Partial<Record<StepName, boolean>>>({});
  const { device, ...others } = known;
  return (
    <ol aria-label="Steps" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {STEPS.map((name) => {
        const isOpen = device !== null && (chosen[name] ?? name === next);
        return (
          <Step
            key={name}
            title={TITLES[name]}
            check={checks[name]}
            isOpen={isOpen}
            onToggle={() => setChosen((before) => ({ ...before, [name]: !isOpen }))}
          >
            {device === null ? null : <StepBody name={name} device={device} {...others} onLookAgain={onLookAgain} />}
          </Step>
        );
      })}
    </ol>
  );
}

type StepBodyProps = Omit<Known, 'device'> &
  Pick<StepsProps, 'onLookAgain'> & { readonly name: StepName; readonly device: ThisDevice };

function StepBody({ name, setup, device, alerts, onLookAgain }: StepBodyProps) {
  switch (name) {
    case 'published':
      return <PublishedStep setup={setup} device={device} />;
    case 'phone':
      return <PhoneStep setup={setup} device={device} />;
    case 'installed':
      return <InstallStep {...device} />;
    case 'alerts':
      return <AlertsSection alerts={alerts} />;
    case 'kept':
      return <KeptStep device={device} onAsked={onLookAgain} />;
    case 'offline':
      return <OfflineStep device={device} onAsked={onLookAgain} />;
    case 'version':
      return <VersionStep setup={setup} />;
    case 'login':
      return <LoginStep startsAtLogin={setup?.startsAtLogin ?? null} />;
  }
}
