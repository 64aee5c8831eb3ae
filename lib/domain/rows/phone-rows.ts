import type { AppCode, FactName } from '#lib/domain/facts.ts';
import { type DurationMs, type EpochMs, MINUTE } from '#lib/domain/time.ts';
import { type Reading, type Row, spokenBy } from './row.ts';
import { isListening, type Scene } from './scene.ts';
import { held, lookAlikes } from './stuck-rows.ts';

/** How long ago something may have been for a person's complaint to be about it. */
const JUST_NOW_MS = 10 * MINUTE;
/** How long after waking a failure is most likely for the sleep. */
const WAKING_MS = 2 * MINUTE;
/** A page that came this recently shows that the phone is in the tailnet. */
const ASKED_MS = 2 * MINUTE;
/** A round trip so long that a request with a new connection misses the app's 1.0 s. Source: network reference R19. */
const SLOW_RELAY_MS = 250;
const SLOW_DIRECT_MS = 500;

/** The server answers from here, and the person says that the app fails: what is left is the phone and its way here. */
export const PHONE_ROWS: readonly Row[] = [
  {
    id: 'R30',
    cause: 'cleartext-blocked',
    observations: 'App URL is http://*.ts.net and the build has no exception for it: −1022, the request never left',
    needs: ['complaint', 'name'],
    most: 'high',
    reads: complains([-1022], ({ name }) => {
      const { protocol, hostname } = new URL(name.target.url);
      return ['complaint', protocol === 'http:' && hostname.endsWith('.ts.net') && 'name'];
    }),
  },
  {
    id: 'R17a',
    cause: 'phone-offline',
    observations: 'The phone’s peer is offline, ping without a reply, no page from it; or it says −1009 itself',
    needs: ['complaint', 'phone'],
    most: 'high',
    reads: complains([-1001, -1003, -1009], (scene) => {
      const { complaint } = scene;
      const isGone = isOffline(scene);
      return isGone || complaint?.value.code === -1009 ? [isGone && 'phone', 'complaint'] : [];
    }),
  },
  {
    id: 'R17a',
    cause: 'phone-offline',
    observations: 'It measured itself that it did not reach this machine minutes ago, which was awake and measuring',
    needs: ['complaint', 'phoneView'],
    most: 'medium',
    reads: complains([-1001, -1003, -1005], (scene) => {
      const { verdict } = scene.phoneView?.value.outage ?? {};
      return verdict === 'phone-path' && wasLost(scene, JUST_NOW_MS) ? ['phoneView', 'complaint'] : [];
    }),
  },
  {
    id: 'R17b',
    cause: 'mac-asleep',
    observations: 'It slept when the phone failed: the power log, the clock’s gap or our own; now awake',
    needs: ['complaint', 'past', 'boot', 'phoneView'],
    most: 'high',
    reads: complains([-1001], (scene) => {
      const { complaint, past, boot, phoneView } = scene;
      const at = complaint?.at ?? 0;
      const isLost = phoneView?.value.outage?.verdict === 'mac-asleep';
      const { from = Infinity, to = Infinity } = past?.value.lastSleep ?? {};
      const wokeAt = boot?.value.wokeAt ?? Infinity;
      const isWithin = (ms: DurationMs): FactName | false => {
        if ((from <= at && at < to) || endedWithin(ms, to, at)) return 'past';
        if (endedWithin(ms, wokeAt, at)) return 'boot';
        return isLost && wasLost(scene, ms) && 'phoneView';
      };
      // Our own gap, the power log and the phone tell of one sleep: they are one witness, and the moment of the failure is the other.
      const isJustAwake = isWithin(WAKING_MS);
      return isJustAwake === false ? [isWithin(JUST_NOW_MS)] : [isJustAwake, 'complaint'];
    }),
  },
  {
    id: 'R21',
    cause: 'just-started',
    observations: 'Phone −1004, listener ok: the process that holds the port, or its service, began just before',
    needs: ['complaint', 'processes', 'listeners', 'service'],
    most: 'high',
    reads: complains([-1004], (scene) => {
      const isNew = held(scene).some(({ startedAt }) => isYoung(scene, startedAt));
      const { state, startedAt } = scene.service?.value ?? {};
      const isService = state === 'running' && isYoung(scene, startedAt);
      return isNew || isService
        ? [isNew && 'processes', isNew && 'listeners', isService && 'service', 'complaint']
        : [];
    }),
  },
  {
    id: 'R21',
    cause: 'just-started',
    observations:
      'Phone −1004; who holds the port is unknown, and a process that looks like the server’s began just before',
    needs: ['complaint', 'processes'],
    most: 'medium',
    reads: complains([-1004], (scene) =>
      lookAlikes(scene).some(({ startedAt }) => isYoung(scene, startedAt)) ? ['processes', 'complaint'] : [],
    ),
  },
  {
    id: 'R19',
    cause: 'slow-path',
    observations: 'Ping via DERP, round trip above 250 ms, or its own requests take as long; the app gives up at 1.0 s',
    needs: ['complaint', 'phone', 'phoneView'],
    most: 'high',
    reads: complains([-1001], (scene) => {
      const [isPathSlow, isViewSlow] = [isSlow(scene), hasMeasured(scene) && answerMs(scene) > SLOW_DIRECT_MS];
      return isPathSlow || isViewSlow ? [isPathSlow && 'phone', isViewSlow && 'phoneView', 'complaint'] : [];
    }),
  },
  {
    id: 'R16',
    cause: 'policy-blocks',
    observations:
      'Listener right, own probes ok, ping to the phone ok, firewall cleared; the phone’s connection times out',
    needs: ['complaint', 'phone', 'firewall', 'listeners'],
    most: 'medium',
    reads: complains([-1001], (scene) =>
      isPinged(scene) && scene.firewall?.value.verdict === 'allows'
        ? ['complaint', 'phone', 'firewall', isListening(scene) && 'listeners']
        : [],
    ),
  },
  {
    id: 'R31',
    cause: 'tls',
    observations: 'The phone says that the certificate or the secure connection fails at the https address',
    needs: ['complaint', 'name'],
    most: 'medium',
    reads: complains([-1200, -1202], ({ name }) => (name.target.url.startsWith('https:') ? ['complaint'] : [])),
  },
  {
    id: 'R20',
    cause: 'app-address',
    observations:
      'The port asked by the app is not the one that answers; or it asks by https where plain http is spoken',
    needs: ['complaint', 'name', 'listeners'],
    most: 'medium',
    reads: complains([-1004, -1200, -1202], (scene) => ['complaint', 'name', isListening(scene) && 'listeners']),
  },
  {
    id: 'R28',
    cause: 'path-mtu',
    observations: 'Small packets get through by a relay, the connection is lost in the answer: path MTU',
    needs: ['complaint', 'phone'],
    most: 'low',
    reads: complains([-1005], ({ phone }) => {
      const pong = phone?.value.pong;
      return pong !== undefined && pong !== 'none' && pong.via === 'relay' ? ['complaint', 'phone'] : [];
    }),
  },
  {
    id: 'R27',
    cause: 'stale-connection',
    observations: 'Lost once, in the app only: it used a connection that the server had closed after 5 s idle',
    needs: ['complaint'],
    most: 'low',
    reads: complains([-1005], () => ['complaint']),
  },
  {
    id: 'R18',
    cause: 'phone-stale',
    observations: 'All green from here, ping ok, phone online, or it reaches Lifeline itself; only the app fails',
    needs: ['complaint', 'phone', 'phoneView'],
    most: 'medium',
    reads: complains([-1001, -1003], (scene) => {
      const [isThere, hasReached] = [isPresent(scene), hasMeasured(scene)];
      return isThere || hasReached ? ['complaint', isThere && 'phone', hasReached && 'phoneView'] : [];
    }),
  },
  {
    id: 'R18',
    cause: 'phone-stale',
    observations: 'All green from here; of the phone nothing is known but what it says',
    needs: ['complaint'],
    most: 'low',
    reads: complains([-1001, -1003], () => ['complaint']),
  },
];

/** Reads a complaint of one of these codes about a server that answers in time. */
function complains(
  codes: readonly AppCode[],
  why: (scene: Scene) => readonly (FactName | false)[],
): (scene: Scene) => Reading | null {
  return (scene) => {
    const { complaint, name } = scene;
    const isAbout = complaint !== undefined && codes.includes(complaint.value.code) && name.outcome === 'answered';
    return isAbout ? spokenBy(...why(scene)) : null;
  };
}

const endedWithin = (ms: DurationMs, to: EpochMs, at: EpochMs): boolean => to <= at && at - to < ms;

/** It began so shortly before the failure that the app may have asked while nothing listened. */
const isYoung = ({ complaint }: Scene, startedAt: EpochMs | undefined): boolean =>
  startedAt !== undefined && (complaint?.at ?? 0) - startedAt < ASKED_MS;

const hasAsked = ({ phone, complaint }: Scene): boolean =>
  phone?.value.askedAt !== undefined && (complaint?.at ?? 0) - phone.value.askedAt < ASKED_MS;

/** It measured itself that it reaches this machine. */
const hasMeasured = ({ phoneView, complaint }: Scene): boolean => {
  const { at } = phoneView?.value.answered ?? {};
  return at !== undefined && (complaint?.at ?? 0) - at < ASKED_MS;
};

const answerMs = ({ phoneView }: Scene): DurationMs => phoneView?.value.answered?.ms ?? 0;

/** It measured itself that it did not, until so long before the failure at most. */
const wasLost = ({ phoneView, complaint }: Scene, ms: DurationMs): boolean => {
  const { to } = phoneView?.value.outage ?? {};
  return to !== undefined && (complaint?.at ?? 0) - to < ms;
};

const isPinged = ({ phone }: Scene): boolean => phone?.value.pong !== undefined && phone.value.pong !== 'none';

const isOffline = (scene: Scene): boolean => {
  const { isOnline, pong } = scene.phone?.value ?? {};
  return (
    !hasAsked(scene) &&
    !hasMeasured(scene) &&
    ((isOnline === false && !isPinged(scene)) || (pong === 'none' && isOnline !== true))
  );
};

const isPresent = (scene: Scene): boolean => isPinged(scene) || hasAsked(scene) || scene.phone?.value.isOnline === true;

const isSlow = ({ phone }: Scene): boolean => {
  const pong = phone?.value.pong;
  if (pong === undefined || pong === 'none') return false;
  return pong.ms > (pong.via === 'relay' ? SLOW_RELAY_MS : SLOW_DIRECT_MS);
};
