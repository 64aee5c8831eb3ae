import type { Forward, Tailscale } from '#lib/domain/host-facts.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { isOwnAddress, tailnetAddress } from '#lib/host/addresses.ts';
import type { Whois } from '#lib/host/tailscale-whois.ts';
import { decodeWords } from './encoded-words.ts';
import type { Pass } from './pairing.ts';
import { remembered } from './remembered.ts';
import type { Leave } from './starter.ts';

/** What needs leave, in the words of a sentence that ends in it. */
const DEEDS = {
  start: 'start it',
  grade: 'grade cards',
  alert: 'set alerts',
  measure: 'hand in measurements',
  admit: 'let devices in and turn them out',
  change: 'change things',
} as const;
type Deed = keyof typeof DEEDS;
/** The sentence that says who may do it. */
type Because = (deed: (typeof DEEDS)[Deed]) => string;

/** Who asks, as far as it is proven. A stranger is told why they may not act. */
type Caller =
  /** The person at this machine. */
  | { readonly who: 'local' }
  /** Whoever holds the token, or a browser that was paired with it. */
  | { readonly who: 'token' }
  /** A device of this machine's owner, through `tailscale serve`. */
  | { readonly who: 'owner'; readonly login: string }
  | {
      readonly who: 'stranger';
      readonly because: Because;
      /** Tailscale did not say who it is; it may in a moment. */
      readonly isUnsure: boolean;
    };

type Needs = {
  /** By what a request is let in where a token is set; null where none is. */
  readonly passOf: ((headers: Headers) => Pass | null) | null;
  /** Where Lifeline listens on loopback. */
  readonly port: number;
  readonly tailscale: () => Promise<Told<Tailscale>>;
  readonly forwards: () => Promise<Told<readonly Forward[]>>;
  readonly whois: (address: string) => Promise<Told<Whois>>;
  readonly mono: () => DurationMs;
};

/** Who is calling, in two ways. Neither rejects. */
export type Callers = {
  /** For what acts: by answers of tailscale that are fresh. Takes some seconds where it is slow. */
  readonly callerOf: (headers: Headers) => Promise<Caller>;
  /** For a screen, within half a second: by the last answers, which are asked for anew; a stranger until there are any. */
  readonly callerNow: (headers: Headers) => Promise<Caller>;
};

/**
 * Tells who is calling. Nothing a request says of itself is believed: headers count only where loopback is private and
 * `whois` bears them out (network reference §2.5). Each question to tailscale is asked once a minute, and again soon where it
 * did not tell: after a login or a start it does, and by then the owner's phone is there.
 */
export function createCallers({ passOf, port, mono, ...questions }: Needs): Callers {
  const tailscale = remembered(questions.tailscale, mono, ({ login }) => login !== null);
  const forwards = remembered(questions.forwards, mono);
  const whois = remembered(questions.whois, mono);
  const by = (way: 'ask' | 'glance') => {
    const asked: Asked = { passOf, port, tailscale: tailscale[way], forwards: forwards[way], whois: whois[way] };
    return (headers: Headers) => callerOf(headers, asked);
  };
  return { callerOf: by('ask'), callerNow: by('glance') };
}

/** Whether this caller may do that; else a sentence for the screen that says who may. */
export const mayAct = (caller: Caller, deed: Deed): Leave =>
  caller.who === 'stranger' ? { allowed: false, detail: caller.because(DEEDS[deed]) } : { allowed: true };

type Asked = Omit<Needs, 'mono'>;
const stranger = (because: Because): Caller => ({ who: 'stranger', because, isUnsure: false });
const unsure = (because: Because): Caller => ({ who: 'stranger', because, isUnsure: true });

async function callerOf(headers: Headers, asked: Asked): Promise<Caller> {
  if (asked.passOf !== null) {
    return asked.passOf(headers) === null
      ? stranger((deed) => `Only who is paired with this Lifeline, or holds its token, may ${deed}.`)
      : { who: 'token' };
  }
  const refusal = await refusalOfLoopback(asked);
  if (refusal !== null) return refusal;
  return isLocal(headers) ? { who: 'local' } : throughServe(headers, asked);
}

/**
 * For whom everybody is taken who comes by loopback: devices of the tailnet can connect to our port as if they were this machine,
 * and then say of themselves what they like. In userspace mode they always arrive on loopback, and a raw forward hands them
 * on without a header. Null only where neither can be: that tailscale does not tell proves nothing.
 */
async function refusalOfLoopback({ tailscale, forwards, port }: Asked): Promise<Caller | null> {
  const [own, led] = await Promise.all([tailscale(), forwards()]);
  const isRaw = ({ to }: Forward): boolean => !to.includes('://') && to.endsWith(`:${port}`);
  const isShared = 'told' in own && own.told.hasTun === false;
  if (isShared || ('told' in led && led.told.some(isRaw))) {
    return stranger(
      (deed) =>
        `Other devices reach Lifeline here without Tailscale saying whose they are, so nobody may ${deed} from a screen. Its owner can set LIFELINE_TOKEN.`,
    );
  }
  const unknown = whyUnknown(own) ?? whyUnknown(led);
  return unknown === null
    ? null
    : unsure(
        (deed) =>
          `Tailscale does not say whether other devices can pass for this machine (${unknown}), so nobody may ${deed} from a screen. Its owner can set LIFELINE_TOKEN.`,
      );
}

/** What keeps an answer from telling whether the tailnet leads here; null for one that tells, and without a daemon nothing does. */
function whyUnknown(answer: Told<Tailscale> | Told<readonly Forward[]>): string | null {
  if ('why' in answer) return ['not-installed', 'not-running'].includes(answer.why) ? null : answer.detail;
  const isSilent = 'hasTun' in answer.told && answer.told.hasTun === null && answer.told.state !== 'not-running';
  return isSilent ? 'its status has no TUN' : null;
}

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * A request on this machine's own loopback name that nothing passed on. Next adds the `X-Forwarded-*` headers of the
 * connection itself to every request, so those that name loopback count as none.
 */
function isLocal(headers: Headers): boolean {
  const host = (headers.get('host') ?? '').toLowerCase();
  if (!LOOPBACK_HOST.test(host) || headers.has('forwarded')) return false;
  const isTailscale = [...headers.keys()].some((name) => name.startsWith('tailscale-'));
  const from = headers.get('x-forwarded-for');
  const asHost = headers.get('x-forwarded-host')?.toLowerCase() ?? host;
  return !isTailscale && asHost === host && (from === null || isLoopback(from));
}

/** Whatever addresses this machine has, those of loopback are among them. */
const isLoopback = (address: string): boolean => isOwnAddress(address, []);

async function throughServe(headers: Headers, { tailscale, whois }: Asked): Promise<Caller> {
  const address = headers.get('x-forwarded-for') ?? '';
  if (address.includes(',')) {
    return stranger(() => 'This request was passed on more than once, so nobody can say who asks.');
  }
  if (tailnetAddress([address]) === undefined || headers.has('tailscale-funnel-request')) {
    return stranger((deed) => `Only the person at the Mac, or its owner through tailscale serve, may ${deed}.`);
  }
  const [own, device] = await Promise.all([tailscale(), whois(address)]);
  const owner = 'told' in own ? own.told.login : null;
  if (owner === null) {
    return unsure((deed) => `Tailscale does not say whose machine this is, so only the person at it may ${deed}.`);
  }
  if ('why' in device) {
    const because: Because = (deed) =>
      `Only ${owner} may ${deed}, and Tailscale could not say whose device this is: ${device.detail}`;
    return device.why === 'not-here' ? stranger(because) : unsure(because);
  }
  return judge({ owner, device: device.told, said: decodeWords(headers.get('tailscale-user-login') ?? '') });
}

type Claim = { readonly owner: string; readonly device: Whois; readonly said: string };

function judge({ owner, device, said }: Claim): Caller {
  const only = (because: string) => stranger((deed) => `Only ${owner} may ${deed}${because}`);
  if (device.tags.length > 0) return only(`; this device is tagged, so it is nobody’s own.`);
  if (device.login === null) return only(`; Tailscale does not say whose device this is.`);
  if (said === '') return only(`, through tailscale serve; this request came by another way.`);
  if (said !== device.login) {
    return only(`; this request says that it is ${said}’s, Tailscale that it is ${device.login}’s.`);
  }
  return said === owner ? { who: 'owner', login: owner } : only(`; you are ${said}.`);
}
