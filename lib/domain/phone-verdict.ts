import { lastedText } from './lasted-text.ts';
import { CUT_OFF } from './phone.ts';
import type { PhoneOutage } from './phone-outage.ts';
import { PHONE_OUTAGE_VERDICTS, type PhoneOutageVerdict } from './phone-sample.ts';
import type { DurationMs } from './time.ts';
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

/**
 * Explains an outage by what this machine measured at the same time: stretches in order of time, cut to the outage, without
 * those of which nothing is known. What something else answered in Lifeline's place tells by itself that Lifeline was not there.
 */
export function explainPhoneOutage(outage: PhoneOutage, stretches: readonly Stretch[]): Explained {
  const isMisanswered = outage.misanswered * 2 > outage.failures;
  const isAnswered = stretches.every(({ level }) => level === 'ready' || level === 'degraded');
  if (isMisanswered) return { verdict: 'not-running', isWhole: true, isAnswered: false, isMisanswered };
  const covered = new Map<PhoneOutageVerdict, DurationMs>();
  for (const stretch of stretches) {
    const verdict = verdictOf(stretch);
    covered.set(verdict, (covered.get(verdict) ?? 0) + stretch.to - stretch.at);
  }
  const whole = outage.to - outage.from;
  const most = PHONE_OUTAGE_VERDICTS.find((verdict) => (covered.get(verdict) ?? 0) * 2 > whole) ?? 'unknown';
  const isWhole = (covered.get(most) ?? 0) >= whole * (1 - EDGES);
  return { verdict: most, isWhole, isAnswered: isWhole && isAnswered, isMisanswered };
}

function verdictOf(stretch: Stretch): PhoneOutageVerdict {
  if (stretch.level === 'no-data') return stretch.gap === 'asleep' ? 'mac-asleep' : 'not-running';
  return CUT_OFF.has(stretch.cause) ? 'tailnet-off' : 'phone-path';
}

/** What was the matter, in one sentence that uses both vantage points. `device` is the phone's name; null where it is not known. */
export function phoneOutageSentence(outage: PhoneOutage, explained: Explained, device: string | null): string {
  const who = device ?? 'the phone';
  const lasted = `for ${lastedText(outage.to - outage.from)}${outage.isLasting ? ' so far' : ''}`;
  const always = explained.isWhole ? 'all the time' : 'most of the time';
  const mostly = explained.isWhole ? '' : ' most of the time';
  const mac = explained.isAnswered ? 'The Mac answered itself' : 'The Mac was awake and measuring';
  switch (explained.verdict) {
    case 'phone-path':
      return `${mac} ${always}; ${who} could not reach it ${lasted}: Tailscale on the phone, or the phone’s network.`;
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
