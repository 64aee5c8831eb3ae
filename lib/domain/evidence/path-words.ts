import type { Say } from '#lib/domain/clock.ts';
import type { SideFacts } from '#lib/domain/facts.ts';
import type { Tailscale } from '#lib/domain/host-facts.ts';
import { lastedText } from '#lib/domain/lasted-text.ts';
import type { PhoneOutageVerdict } from '#lib/domain/phone-sample.ts';
import { shortText } from '#lib/domain/short-text.ts';
import type { EpochMs } from '#lib/domain/time.ts';
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

/** A word on updates is no complaint. */
const UPDATE = /^an update from version/i;

/** What is wrong with it first, then what state it is in. */
export function tailscaleWords({ value, at }: NonNullable<SideFacts['tailscale']>, say: Say): readonly string[] {
  const { state, dnsName, health } = value;
  const words = `${STATE_WORDS[state]}${state === 'running' && dnsName !== '' ? ` as ${dnsName}` : ''}`;
  const complaints = health.filter((said) => !UPDATE.test(said)).slice(0, 3);
  const wrong = [...faultsOf(value, at, say), ...complaints.map((said) => `Tailscale says: “${shortText(said)}”`)];
  return state === 'running' ? [...wrong, words] : [words, ...wrong];
}

function faultsOf(tailscale: Tailscale, at: EpochMs, say: Say): readonly string[] {
  const { state, isMagicDnsEnabled, isOnline, hasTun, isExpired, keyExpiresAt } = tailscale;
  const hasRunOut = isExpired || (state === 'needs-login' && keyExpiresAt !== null && keyExpiresAt < at);
  const expired = keyExpiresAt === null ? 'Its key has expired' : `Its key expired at ${say(keyExpiresAt)}`;
  return [
    hasRunOut && expired,
    state === 'running' && isOnline === false && 'It has no connection to the coordination server',
    isMagicDnsEnabled === false && 'MagicDNS is off in this tailnet',
    hasTun === false && 'It runs in userspace mode: connections from the tailnet arrive on loopback',
  ].filter((fault) => fault !== false);
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

/** Which way packets take; null where tailscale does not tell. */
export function wayWords({ via, relay }: Pick<Value<'phone'>, 'via' | 'relay'>): string | null {
  if (via === undefined) return null;
  if (via === 'direct') return 'directly';
  return relay === undefined ? 'through a relay' : `through a relay (${relay})`;
}

export function phoneWords(phone: Value<'phone'>, say: Say): readonly string[] {
  const { address, node, isOnline, lastSeenAt, askedAt, pong } = phone;
  const who = node === undefined ? address : `${node} (${address})`;
  const way = wayWords(phone);
  const seen = lastSeenAt === undefined ? '' : `, last seen at ${say(lastSeenAt)}`;
  return [
    ...(pong === undefined ? [] : [pongWords(who, pong)]),
    ...(isOnline === undefined
      ? []
      : [isOnline ? `${who} is online in the tailnet` : `${who} is offline in the tailnet${seen}`]),
    ...(way === null || isOnline === false ? [] : [`Packets to ${who} go ${way}`]),
    ...(askedAt === undefined ? [] : [`${who} asked for this page at ${say(askedAt)}`]),
  ];
}

const pongWords = (who: string, pong: NonNullable<Value<'phone'>['pong']>): string =>
  pong === 'none'
    ? `A ping to ${who} had no reply`
    : `A ping to ${who} came back ${pong.via === 'direct' ? 'directly' : 'through a relay'} in ${duration(pong.ms)}`;

const MEANWHILE: Readonly<Record<PhoneOutageVerdict, string>> = {
  'phone-path': ', while this machine was awake and measuring',
  'mac-asleep': ', while this machine was asleep',
  'not-running': ', while Lifeline was not running',
  'tailnet-off': ', while Tailscale was off on this machine',
  unknown: '',
};

/** What the phone measured itself: the outage before the answer, as they happened in most cases. */
export function phoneViewWords(
  { node = 'The phone', answered, outage }: Value<'phoneView'>,
  say: Say,
): readonly string[] {
  return [
    ...(outage === undefined
      ? []
      : [
          `${node} could not reach Lifeline for ${lastedText(outage.to - outage.from)} until ${say(outage.to)}${MEANWHILE[outage.verdict]}`,
        ]),
    ...(answered === undefined
      ? []
      : [`${node} reached Lifeline itself at ${say(answered.at)}, in ${duration(answered.ms)}`]),
  ];
}

export const complaintWords = ({ code }: Value<'complaint'>): readonly string[] => [
  `The app shows ${String(code).replace('-', '−')}`,
];
