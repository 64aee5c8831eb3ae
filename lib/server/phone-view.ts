import { phoneOutagesOf } from '#lib/domain/phone-outage.ts';
import type { PhoneView } from '#lib/domain/phone-sample.ts';
import { explainPhoneOutage } from '#lib/domain/phone-verdict.ts';
import { type DurationMs, type EpochMs, HOUR, MINUTE } from '#lib/domain/time.ts';
import type { PhoneSamples } from '#lib/store/phone-samples.ts';
import { log } from './log.ts';
import { type PhoneSource, stretchesIn } from './phone-history.ts';

/** What was longer ago says nothing of a failure that somebody complains about now. */
const LATELY_MS: DurationMs = 15 * MINUTE;
/** An outage that ended of late is told whole, if it began within this. */
const LONGEST_MS: DurationMs = HOUR;

/**
 * What the phone of this name measured of late, or where none is known by it, whichever measured last and is not another by its
 * name; null where none did. Never rejects: what cannot be read is not known.
 */
export async function readPhoneView(source: PhoneSource, node: string | null): Promise<PhoneView | null> {
  try {
    const late = source.now - LATELY_MS;
    const all = (await source.phones.since(late - LONGEST_MS)).filter((phone) => endOf(phone) >= late);
    const named = all.filter((phone) => phone.node === node && node !== null);
    const others = all.filter((phone) => phone.node === null || node === null);
    const [phone] = (named.length > 0 ? named : others).sort((a, b) => endOf(b) - endOf(a));
    return phone === undefined ? null : await viewOf(source, phone, late);
  } catch (error) {
    log.error({ err: error }, 'what phones measured cannot be read');
    return null;
  }
}

/** When its newest request was over. */
function endOf({ samples }: PhoneSamples): EpochMs {
  const newest = samples.at(-1);
  return newest === undefined ? 0 : newest.at + newest.ms;
}

async function viewOf(source: PhoneSource, { node, samples }: PhoneSamples, late: EpochMs): Promise<PhoneView | null> {
  const answered = samples.findLast(({ outcome, at }) => outcome === 'answered' && at >= late);
  const outage = phoneOutagesOf(samples, source.now).findLast(({ to }) => to >= late);
  if (answered === undefined && outage === undefined) return null;
  const told = outage && {
    from: outage.from,
    to: outage.to,
    verdict: explainPhoneOutage(outage, await stretchesIn(source, outage)).verdict,
  };
  return {
    ...(node === null ? {} : { node }),
    ...(answered && { answered: { at: answered.at, ms: answered.ms } }),
    ...(told && { outage: told }),
  };
}
