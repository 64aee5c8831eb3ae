import type { GapReason } from './cause.ts';
import { lastedText } from './lasted-text.ts';
import { CUT_OFF } from './phone.ts';
import type { PhoneOutage } from './phone-outage.ts';
import { PHONE_OUTAGE_VERDICTS, type PhoneOutageVerdict } from './phone-sample.ts';
import { type DurationMs, SECOND } from './time.ts';
import type { Stretch } from './timeline.ts';

/** Why a phone had no answer, and how much of the time that explains. */
type Explained = {
  readonly verdict: PhoneOutageVerdict;
  /** True where it holds for the whole outage. */
  readonly isWhole: boolean;
  /** The review server answered this machine all the time. */
  readonly isAnswered: boolean;
  /** Something answered the phone in Lifeline's place. */
  readonly isMisanswered: boolean;
};

/** Two rounds of the monitor may lie at the edges of an outage and belong to another state. */
const EDGES = 0.05;
/** So often this machine looks at its Tailscale while all else is well: what it finds may have begun as long before. */
const LOOKED_AT_MS: DurationMs = 30 * SECOND;

/**
 * Explains an outage by what this machine measured at the same time: stretches in order of time, cut to the outage, without
 * those of which nothing is known. What something else answered in Lifeline's place tells by itself that Lifeline was not there.
 */
export function explainPhoneOutage(outage: PhoneOutage, stretches: readonly Stretch[]): Explained {
  const isMisanswered = outage.misanswered * 2 > outage.failures;
  const isAnswered = stretches.every(({ level }) => level === 'ready' || level === 'degraded');
  if (isMisanswered) return { verdict: 'not-running', isWhole: true, isAnswered: false, isMisanswered };
  const covered = coveredBy(stretches);
  const whole = outage.to - outage.from;
  const most = PHONE_OUTAGE_VERDICTS.find((verdict) => (covered.get(verdict) ?? 0) * 2 > whole) ?? 'unknown';
  const isWhole = (covered.get(most) ?? 0) >= whole * (1 - EDGES);
  return { verdict: most, isWhole, isAnswered: isWhole && isAnswered, isMisanswered };
}

const OF_GAP: Readonly<Record<GapReason, PhoneOutageVerdict>> = {
  asleep: 'mac-asleep',
  stopped: 'not-running',
  frozen: 'not-running',
  // Time that its clock left out never was.
  clock: 'unknown',
};

function coveredBy(stretches: readonly Stretch[]): ReadonlyMap<PhoneOutageVerdict, DurationMs> {
  const covered = new Map<PhoneOutageVerdict, DurationMs>();
  const add = (verdict: PhoneOutageVerdict, ms: DurationMs): void => {
    covered.set(verdict, (covered.get(verdict) ?? 0) + ms);
  };
  stretches.forEach((stretch, place) => {
    const verdict = verdictOf(stretch);
    const next = stretches[place + 1];
    const length = stretch.to - stretch.at;
    const isUnseen = verdict === 'phone-path' && next !== undefined && verdictOf(next) === 'tailnet-off';
    const unseen = isUnseen ? Math.min(length, LOOKED_AT_MS) : 0;
    add('tailnet-off', unseen);
    add(verdict, length - unseen);
  });
  return covered;
}

function verdictOf(stretch: Stretch): PhoneOutageVerdict {
  if (stretch.level === 'no-data') return OF_GAP[stretch.gap];
  return CUT_OFF.has(stretch.cause) ? 'tailnet-off' : 'phone-path';
}

/** What was the matter, in one sentence that uses both vantage points. `device` is the phone's name; null where it is not known. */
export function phoneOutageSentence(outage: PhoneOutage, explained: Explained, device: string | null): string {
  const who = device ?? 'the phone';
  const ms = outage.to - outage.from;
  const lasted = `for ${lastedText(ms)}${outage.isLasting ? ' so far' : ''}`;
  const always = explained.isWhole ? 'all the time' : 'most of the time';
  const mostly = explained.isWhole ? '' : ' most of the time';
  // In less, Tailscale on the Mac may have been away without having been looked at.
  const between =
    ms < LOOKED_AT_MS ? 'Tailscale, or the network between them' : 'Tailscale on the phone, or the phone’s network';
  const mac = explained.isAnswered ? 'The Mac answered itself' : 'The Mac was awake and measuring';
  switch (explained.verdict) {
    case 'phone-path':
      return `${mac} ${always}; ${who} could not reach it ${lasted}: ${between}.`;
    case 'mac-asleep':
      return `The Mac was asleep${mostly}; ${who} could not reach it ${lasted}.`;
    case 'not-running':
      return explained.isMisanswered
        ? `The Mac answered ${who}, but Lifeline did not, ${lasted}: it was not running there.`
        : `Lifeline was stopped or frozen on the Mac${mostly}; ${who} had no answer ${lasted}.`;
    case 'tailnet-off':
      return `Tailscale on the Mac was disconnected${mostly}; ${who} could not reach it ${lasted}.`;
    case 'unknown':
      return `${who === device ? who : 'The phone'} could not reach the Mac ${lasted}; what the Mac measured does not tell why.`;
  }
}
