import { Card, CardHead } from '#components/ui/card.tsx';
import { durationText } from '#lib/client/duration-text.ts';
import type { DeviceView, Setup } from '#lib/contract/setup.ts';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import { Revoke } from './revoke.tsx';

const PATH_WORDS = { direct: 'direct', relay: 'by a relay' } as const;

function seenWords({ isThis, lastSeenAt }: DeviceView, now: EpochMs): string {
  if (isThis) return 'this device';
  const ago = now - lastSeenAt;
  return ago < 2 * MINUTE ? 'seen just now' : `seen ${durationText(ago)} ago`;
}

/** What is known of a device besides its name, the surest first. */
function deviceWords(device: DeviceView, now: EpochMs): string {
  const { kind, path, login } = device;
  const way = path === null ? null : PATH_WORDS[path];
  return [seenWords(device, now), kind === 'paired' ? 'let in by the token' : login, way]
    .filter((word) => word !== null)
    .join(' · ');
}

type DeviceRowProps = {
  readonly device: DeviceView;
  readonly now: EpochMs;
  /** Whether who looks may turn it out. */
  readonly mayRevoke: boolean;
  readonly onRevoked: () => void;
};

function DeviceRow({ device, now, mayRevoke, onRevoked }: DeviceRowProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 border-t border-hair py-2 first:border-0">
      <span className="min-w-0 flex-[1_1_10rem]">
        <span className={`block text-[15px] break-words ${device.isThis ? 'font-semibold' : ''}`}>{device.name}</span>
        <span className="block text-note break-words text-dim">{deviceWords(device, now)}</span>
      </span>
      {device.isRevocable && mayRevoke ? <Revoke device={device} onRevoked={onRevoked} /> : null}
    </li>
  );
}

/** Who looks, in the first line, and what that means for what they may do, in the second. */
function callerWords({ caller, owner }: Setup): readonly [string, string] {
  switch (caller.who) {
    case 'owner':
      return [
        `You are ${caller.login ?? owner ?? 'the owner'}.`,
        'This Mac is yours, so you may change things from here.',
      ];
    case 'local':
      return ['You are at the Mac.', 'You may change things from here.'];
    case 'token':
      return ['You were let in by the token.', 'You may change things from here.'];
    case 'stranger':
      return [
        caller.login === null
          ? 'You may look, and change nothing.'
          : `You are ${caller.login}: you may look, and change nothing.`,
        caller.refusal ?? 'Tailscale does not say whose Mac this is.',
      ];
  }
}

type WhoCardProps = {
  readonly setup: Setup;
  readonly now: EpochMs;
  readonly isFresh: boolean;
  readonly onRevoked: () => void;
};

/** To whom this Mac belongs, who looks, and which devices have been seen. */
export function WhoCard({ setup, now, isFresh, onRevoked }: WhoCardProps) {
  const [who, may] = callerWords(setup);
  const isOwners = setup.caller.refusal === null;
  const none = setup.devices.length === 0 ? 'None so far.' : null;
  const note = isOwners ? none : 'Those of others are shown to whoever may change things.';
  return (
    <Card>
      <CardHead title="Who" />
      <p className="mt-1 text-[15px] break-words">{who}</p>
      <p className="text-[15px] break-words text-dim">
        {may}
        {setup.owner === null || setup.caller.who === 'owner' ? null : ` The Mac belongs to ${setup.owner}.`}
      </p>
      <h3 className="mt-3 text-note text-dim">Devices seen</h3>
      {setup.devices.length === 0 ? null : (
        <ul>
          {setup.devices.map((device) => (
            <DeviceRow
              key={device.id}
              device={device}
              now={now}
              mayRevoke={isFresh && isOwners}
              onRevoked={onRevoked}
            />
          ))}
        </ul>
      )}
      {note === null ? null : <p className="py-1.5 text-[15px] text-dim">{note}</p>}
    </Card>
  );
}
