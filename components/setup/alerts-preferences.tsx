'use client';

import { useState } from 'react';
import { Switch } from '#components/ui/switch.tsx';
import { ownTimeZone } from '#lib/client/alerts/time-zone.ts';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import { MINUTE } from '#lib/domain/time.ts';
import { Choice } from './choice.tsx';

const LEVELS = [
  ['down', 'Down'],
  ['degraded', 'Down or degraded'],
] as const satisfies readonly (readonly [AlertPreferences['level'], string])[];

const MINIMA = [
  [0, 'At once'],
  [MINUTE, 'After 1 min'],
  [2 * MINUTE, 'After 2 min'],
  [5 * MINUTE, 'After 5 min'],
  [10 * MINUTE, 'After 10 min'],
  [30 * MINUTE, 'After 30 min'],
] as const;

type Change = (change: Partial<AlertPreferences>) => void;
type PreferencesProps = { readonly preferences: AlertPreferences; readonly onChange: Change };

/** When this device wants to be called. Everything holds at once. */
export function AlertsPreferences({ preferences: { level, minimumMs, quiet }, onChange }: PreferencesProps) {
  return (
    <>
      <Choice<AlertPreferences['level']>
        label="Call me when it is"
        value={level}
        options={LEVELS}
        onChange={(chosen) => onChange({ level: chosen })}
      />
      <Choice<number>
        label="How soon"
        value={minimumMs}
        options={MINIMA}
        onChange={(chosen) => onChange({ minimumMs: chosen })}
      />
      <Quiet quiet={quiet} onChange={onChange} />
    </>
  );
}

const NIGHT = { from: '22:00', to: '07:00' } as const;

function Quiet({ quiet, onChange }: { readonly quiet: AlertPreferences['quiet']; readonly onChange: Change }) {
  return (
    <fieldset className="min-w-0 border-t border-hair py-1.5">
      <legend className="sr-only">Quiet hours</legend>
      <Switch
        label="Quiet hours"
        isOn={quiet !== null}
        onChange={(isOn) => onChange({ quiet: isOn ? { ...NIGHT, timeZone: ownTimeZone() } : null })}
      />
      {quiet === null ? null : <QuietTimes from={quiet.from} to={quiet.to} onChange={onChange} />}
      <p className="pr-2 pb-1 text-note text-pretty text-dim">
        No alert then. What still lasts when they end is told then.
      </p>
    </fieldset>
  );
}

type Times = { readonly from: string; readonly to: string };

/** Two times by the clock of where this device is; held once both are there and differ. */
function QuietTimes({ from, to, onChange }: Times & { readonly onChange: Change }) {
  /** What cannot be held yet. */
  const [draft, setDraft] = useState<Times | null>(null);
  const shown = draft ?? { from, to };
  const set = (times: Times): void => {
    const isWhole = times.from !== '' && times.to !== '' && times.from !== times.to;
    setDraft(isWhole ? null : times);
    if (isWhole) onChange({ quiet: { ...times, timeZone: ownTimeZone() } });
  };
  return (
    <>
      <Time label="From" value={shown.from} onChange={(time) => set({ ...shown, from: time })} />
      <Time label="To" value={shown.to} onChange={(time) => set({ ...shown, to: time })} />
      <p role="status" className="pb-1 empty:hidden">
        {draft === null ? null : 'Not kept yet: choose two times that differ.'}
      </p>
    </>
  );
}

type TimeProps = { readonly label: string; readonly value: string; readonly onChange: (time: string) => void };

const Time = ({ label, value, onChange }: TimeProps) => (
  <label className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 py-0.5">
    {label}
    <input
      type="time"
      required
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      className="ml-auto min-h-11 rounded-[10px] bg-bg px-2.5 text-[16px] text-accent"
    />
  </label>
);
