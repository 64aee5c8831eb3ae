import type { PhoneHistory } from '#lib/contract/phone.ts';
import { mergeSketches, quantile } from '#lib/domain/latency-sketch.ts';
import { type PhoneOutage, phoneOutagesOf } from '#lib/domain/phone-outage.ts';
import { explainPhoneOutage, phoneOutageSentence } from '#lib/domain/phone-verdict.ts';
import { type DurationMs, type EpochMs, HOUR } from '#lib/domain/time.ts';
import type { Stretch } from '#lib/domain/timeline.ts';
import { intervalOf, type Window } from '#lib/domain/window.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import type { PhoneBucket } from '#lib/store/phone-buckets.ts';
import type { PhoneStore } from '#lib/store/phone-samples.ts';

/** What phones measured, what this machine did, and now. */
export type PhoneSource = {
  readonly phones: PhoneStore;
  readonly store: HistoryStore;
  readonly measuredUntil: EpochMs;
  readonly now: EpochMs;
};

/** One of these that began before a window is still told whole. */
const LONGEST_MS: DurationMs = HOUR;
const MOST_OUTAGES = 50;

/** One window of what phones measured, and what the Mac's own measuring says of it. Rejects when the disk refuses. */
export async function readPhoneHistory(source: PhoneSource, window: Window): Promise<PhoneHistory> {
  const { from, to, bucketMs } = intervalOf(window, source.now);
  const [buckets, outages] = await Promise.all([
    source.phones.buckets({ from, to }, bucketMs),
    readPhoneOutages(source, from),
  ]);
  const latency = mergeSketches(buckets.map((bucket) => bucket.latency));
  return {
    window,
    from,
    to,
    bucketMs,
    buckets: buckets.map(viewOf),
    latency: { p50Ms: quantile(latency, 0.5), p95Ms: quantile(latency, 0.95) },
    outages: [...outages],
    servedAt: to,
  };
}

/** Millionths of a second are enough. */
const round = (ms: DurationMs): DurationMs => Math.round(ms * 1_000) / 1_000;

function viewOf({ at, answered, failed, latency }: PhoneBucket): PhoneHistory['buckets'][number] {
  const figures = { p50Ms: quantile(latency, 0.5), p95Ms: quantile(latency, 0.95) };
  const { p50Ms, p95Ms } = figures;
  return {
    at,
    answered,
    failed,
    ...(p50Ms !== null && p95Ms !== null && { p50Ms: round(p50Ms), p95Ms: round(p95Ms) }),
  };
}

/** The newest fifty outages that end after `from`, newest first, each with what explains it. */
async function readPhoneOutages(source: PhoneSource, from: EpochMs): Promise<PhoneHistory['outages']> {
  const { phones, now } = source;
  const told = await phones.failures({ from: from - LONGEST_MS, to: now });
  const outages = told.flatMap(({ node, samples }) => phoneOutagesOf(samples, now).map((outage) => ({ node, outage })));
  const newest = outages
    .filter(({ outage }) => outage.to >= from)
    .sort((a, b) => b.outage.from - a.outage.from)
    .slice(0, MOST_OUTAGES);
  return Promise.all(
    newest.map(async ({ node, outage }) => outageView(outage, node, await stretchesIn(source, outage))),
  );
}

function outageView(outage: PhoneOutage, device: string | null, stretches: readonly Stretch[]) {
  const explained = explainPhoneOutage(outage, stretches);
  return {
    from: outage.from,
    to: outage.isLasting ? null : outage.to,
    device,
    verdict: explained.verdict,
    sentence: phoneOutageSentence(outage, explained, device),
  };
}

/** What the Mac measured in an outage. Where its history does not reach back so far, nothing is known, not that it stood still. */
export async function stretchesIn(
  { store, measuredUntil }: PhoneSource,
  { from, to }: PhoneOutage,
): Promise<readonly Stretch[]> {
  const stretches = await store.stretches({ from, to }, measuredUntil);
  const [first, ...others] = stretches;
  if (first?.level !== 'no-data' || first.gap !== 'stopped') return stretches;
  const [known] = await store.spansFor({ from, to: from }, 1);
  return known === undefined ? others : stretches;
}
