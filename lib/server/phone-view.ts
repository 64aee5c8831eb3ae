import { phoneOutagesOf } from '#lib/domain/phone-outage.ts';
import type { PhoneView } from '#lib/domain/phone-sample.ts';
import { explainPhoneOutage } from '#lib/domain/phone-verdict.ts';
import { type DurationMs, MINUTE } from '#lib/domain/time.ts';
import type { PhoneSamples } from '#lib/store/phone-samples.ts';
import { log } from './log.ts';
import { type PhoneSource, stretchesIn } from './phone-history.ts';

/** What was longer ago says nothing of a failure that somebody complains about now. */
const LATELY_MS: DurationMs = 15 * MINUTE;

/**
 * What the phone of this name measured of late, or where none is known by it, whichever measured last; null where none did.
 * Never rejects: what cannot be read is not known.
 */
export async function readPhoneView(source: PhoneSource, node: string | null): Promise<PhoneView | null> {
  try {
    const all = await source.phones.since(source.now - LATELY_MS);
    const named = all.filter((phone) => phone.node === node && node !== null);
    const [phone] = (named.length > 0 ? named : [...all]).sort((a, b) => newestOf(b) - newestOf(a));
    return phone === undefined ? null : await viewOf(source, phone);
  } catch (error) {
    log.error({ err: error }, 'what phones measured cannot be read');
    return null;
  }
}

const newestOf = ({ samples }: PhoneSamples): number => samples.at(-1)?.at ?? 0;

async function viewOf(source: PhoneSource, { node, samples }: PhoneSamples): Promise<PhoneView | null> {
  const answered = samples.findLast(({ outcome }) => outcome === 'answered');
  const outage = phoneOutagesOf(samples, source.now).at(-1);
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
