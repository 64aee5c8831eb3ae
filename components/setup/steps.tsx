'use client';

import { useState } from 'react';
import type { Check } from '#lib/client/setup/check.ts';
import { STEPS, type StepName } from '#lib/client/setup/checks.ts';
import type { ThisDevice } from '#lib/client/setup/this-device.ts';
import type { Setup } from '#lib/contract/setup.ts';
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

type StepsProps = {
  readonly checks: Readonly<Record<StepName, Check>>;
  /** The one that is open unless somebody opens another. */
  readonly next: StepName | null;
  readonly setup: Setup | null;
  readonly device: ThisDevice | null;
  readonly onLookAgain: () => Promise<void>;
};

/** All steps in their order. The next one is open; what a person opens or closes stays so. */
export function Steps({ checks, next, ...known }: StepsProps) {
  const [chosen, setChosen] = useState<Partial<Record<StepName, boolean>>>({});
  return (
    <ol aria-label="Steps" className="grid gap-2">
      {STEPS.map((name) => {
        const isOpen = known.device !== null && (chosen[name] ?? name === next);
        return (
          <Step
            key={name}
            title={TITLES[name]}
            check={checks[name]}
            isOpen={isOpen}
            onToggle={() => setChosen((before) => ({ ...before, [name]: !isOpen }))}
          >
            {known.device === null ? null : <StepBody name={name} {...known} device={known.device} />}
          </Step>
        );
      })}
    </ol>
  );
}

type StepBodyProps = Omit<StepsProps, 'checks' | 'next'> & { readonly name: StepName; readonly device: ThisDevice };

function StepBody({ name, setup, device, onLookAgain }: StepBodyProps) {
  switch (name) {
    case 'published':
      return <PublishedStep setup={setup} device={device} />;
    case 'phone':
      return <PhoneStep setup={setup} device={device} />;
    case 'installed':
      return <InstallStep {...device} />;
    case 'alerts':
      return null;
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
