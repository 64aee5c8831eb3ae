import { clockText } from '#lib/client/clock-text.ts';
import type { EpochMs } from '#lib/domain/time.ts';

/** Says how old what is shown is, when it could not be renewed. */
export function StaleLine({ servedAt }: { readonly servedAt: EpochMs }) {
  return (
    <p role="status" className="px-1 text-note text-degraded">
      No answer from the Mac: this is from {clockText(servedAt, Date.now())}.
    </p>
  );
}
