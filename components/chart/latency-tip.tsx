import { causesText, momentText } from '#lib/client/bucket-text.ts';
import type { LatencyPoint } from '#lib/client/latency-series.ts';
import { latencyText } from '#lib/client/latency-text.ts';

type TipProps = { readonly active?: boolean; readonly payload?: readonly { readonly payload?: LatencyPoint }[] };

/** What one step of the latency chart says when it is touched. */
export function LatencyTip({ active, payload }: TipProps) {
  const bucket = payload?.[0]?.payload?.bucket;
  if (!active || bucket === undefined) return null;
  const { p50Ms, p05Ms, p95Ms, maxMs } = bucket;
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
    </div>
  );
}
