import type { SideFacts } from '#lib/domain/facts.ts';
import type { Tailscale } from '#lib/domain/host-facts.ts';
import type { Say } from '#lib/domain/story.ts';
import { duration } from './probe-words.ts';

type Value<K extends keyof SideFacts> = NonNullable<SideFacts[K]>['value'];

const STATE_WORDS = {
  running: 'Tailscale is running',
  stopped: 'Tailscale is stopped',
  starting: 'Tailscale is starting',
  'needs-login': 'Tailscale is logged out',
  'needs-approval': 'Tailscale waits for an administrator’s approval',
  'used-by-another-user': 'Tailscale is used by another user of this machine',
  'not-running': 'Tailscale’s own service is not running',
} as const satisfies Record<Tailscale['state'], string>;

export function tailscaleWords(tailscale: Value<'tailscale'>, say: Say): readonly string[] {
  const { state, dnsName, isMagicDnsEnabled, isOnline, hasTun, isExpired, keyExpiresAt, health } = tailscale;
  const expiry =
    keyExpiresAt === null ? '' : ` (${new Date(keyExpiresAt).toISOString().slice(0, 10)} ${say(keyExpiresAt)})`;
  return [
    `${STATE_WORDS[state]}${state === 'running' && dnsName !== '' ? ` as ${dnsName}` : ''}`,
    ...(isExpired ? [`Its key has expired${expiry}`] : []),
    ...(state === 'running' && isOnline === false ? ['It has no connection to the coordination server'] : []),
    ...(isMagicDnsEnabled === false ? ['MagicDNS is off in this tailnet'] : []),
    ...(hasTun === false ? ['It runs in userspace mode: connections from the tailnet arrive on loopback'] : []),
    ...health.slice(0, 3).map((said) => `Tailscale says: “${said.slice(0, 200)}”`),
  ];
}

export const forwardWords = (forwards: Value<'forwards'>): readonly string[] =>
  forwards.length === 0
    ? ['tailscale serve passes nothing on']
    : forwards.map(
        ({ port, speaks, to, isPublic }) =>
          `tailscale serve passes port ${port} (${speaks}) on to ${to}${isPublic ? ', from the public internet too' : ''}`,
      );

export function magicDnsWords(said: Value<'magicDns'>): readonly string[] {
  if ('addresses' in said) return [`MagicDNS itself resolves the name to ${said.addresses.join(', ')}`];
  return [said.failed === 'not-found' ? 'MagicDNS itself does not know the name' : 'MagicDNS itself did not answer'];
}

export function phoneWords(
  { address, node, isOnline, lastSeenAt, askedAt, pong }: Value<'phone'>,
  say: Say,
): readonly string[] {
  const who = node === undefined ? address : `${node} (${address})`;
  const seen = lastSeenAt === undefined ? '' : `, last seen at ${say(lastSeenAt)}`;
  return [
    ...(isOnline === undefined
      ? []
      : [isOnline ? `${who} is online in the tailnet` : `${who} is offline in the tailnet${seen}`]),
    ...(pong === undefined ? [] : [pongWords(who, pong)]),
    ...(askedAt === undefined ? [] : [`${who} asked for this page at ${say(askedAt)}`]),
  ];
}

const pongWords = (who: string, pong: NonNullable<Value<'phone'>['pong']>): string =>
  pong === 'none'
    ? `A ping to ${who} had no reply`
    : `A ping to ${who} came back ${pong.via === 'direct' ? 'directly' : 'through a relay'} in ${duration(pong.ms)}`;

export const complaintWords = ({ code }: Value<'complaint'>): readonly string[] => [
  `The app shows ${String(code).replace('-', '−')}`,
];
