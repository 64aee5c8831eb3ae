import type { AlertPreferences } from '#lib/domain/alert.ts';
import { Choice } from './choice.tsx';

type Badge = AlertPreferences['badge'];

const BADGES = [
  ['down', '1 while down'],
  ['due', 'Due cards'],
  ['none', 'None'],
] as const satisfies readonly (readonly [Badge, string])[];

type AlertsBadgeProps = { readonly badge: Badge; readonly onChange: (badge: Badge) => void };

/** What the number on the app's icon tells, where there is one; it needs no alerts, but on iOS the leave to notify. */
export const AlertsBadge = ({ badge, onChange }: AlertsBadgeProps) =>
  'setAppBadge' in navigator ? (
    <Choice<Badge> label="Number on the icon" value={badge} options={BADGES} onChange={onChange} />
  ) : null;
