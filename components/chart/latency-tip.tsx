import { causesText, momentText } from '#lib/client/bucket-text.ts';
import type { LatencyPoint } from '#lib/client/latency-series.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import type { phoneBucketsByMoment } from '#lib/client/phone/phone-series.ts';
import { phoneText } from '#lib/client/phone/phone-words.ts';

type TipProps = {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: LatencyPoint }[];
  readonly phone: ReturnType<typeof phoneBucketsByMoment>;
};

/** What one step of the latency chart says when it is touched. */
export function LatencyTip({ active, payload, phone }: TipProps) {
  const bucket = payload?.[0]?.payload?.bucket;
  if (!active || bucket === undefined) return null;
  const { p50Ms, p05Ms, p95Ms, maxMs } = bucket;
  const fromPhone = phoneText(phone.get(bucket.at));
  return (
    <div className="rounded-xl border border-hair bg-card px-3 py-2 text-note shadow-lg">
      <p className="font-semibold">{momentText(bucket.at)}</p>
      {p50Ms === undefined ? (
        <p>No answer measured</p>
      ) : (
        <>
          <p>median {latencyText(p50Ms)}</p>
          {p05Ms === undefined || p95Ms === undefined ? null : (
            <p className="text-dim">
              p5 {latencyText(p05Ms)} · p95 {latencyText(p95Ms)}
            </p>
          )}
          {maxMs === undefined ? null : <p className="text-dim">slowest {latencyText(maxMs)}</p>}
        </>
      )}
      <p className="text-down">{causesText(bucket)}</p>
      {fromPhone === '' ? null : <p>phone → Mac: {fromPhone}</p>}
    </div>
  );
}
