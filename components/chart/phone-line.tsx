import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { phoneFailures, phoneLines } from '#lib/client/phone/phone-series.ts';
import type { PhoneHistory } from '#lib/contract/phone.ts';
import type { DurationMs } from '#lib/domain/time.ts';

/** Half the size of a mark. */
const ARM = 3.5;
/** Below the plot's floor, under the lane of the Mac's own failures. */
const LANE = 24;

type PhoneLineProps = { readonly phone: PhoneHistory; readonly ceilingMs: DurationMs };

/** The line phone → Mac, dashed, with a dot where it has one point only and an arrow where it leaves the chart. */
export function PhoneLine({ phone, ceilingMs }: PhoneLineProps) {
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (plot === undefined || x === undefined || y === undefined) return null;
  return phoneLines(phone, ceilingMs).map((points) => {
    const placed = points.map(({ at, ms, isAbove }) => ({ at, isAbove, left: x(at) ?? 0, top: y(ms) ?? 0 }));
    return (
      <g key={points[0]?.at} className="text-ink" data-line="phone">
        {placed.length === 1 ? (
          placed.map(({ at, left, top }) => <circle key={at} cx={left} cy={top} r={2} fill="currentColor" />)
        ) : (
          <polyline
            points={placed.map(({ left, top }) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ')}
            fill="none"
            stroke="currentColor"
            strokeWidth={1.5}
            strokeDasharray="4 3"
            strokeLinejoin="round"
          />
        )}
        {placed
          .filter(({ isAbove }) => isAbove)
          .map(({ at, left }) => (
            <path key={at} d={`M${left - 4} ${plot.y - 1}l4 -6l4 6z`} fill="currentColor" />
          ))}
      </g>
    );
  });
}

/** A cross wherever a phone had no answer, in a lane of its own. */
export function PhoneMarks({ phone }: { readonly phone: PhoneHistory }) {
  const plot = usePlotArea();
  const x = useXAxisScale();
  if (plot === undefined || x === undefined) return null;
  const middle = plot.y + plot.height + LANE;
  return phoneFailures(phone).map((at) => {
    const left = Math.min(Math.max(x(at) ?? 0, plot.x + ARM), plot.x + plot.width - ARM);
    return (
      <path
        key={at}
        data-mark="phone"
        d={`M${left - ARM} ${middle - ARM}l${2 * ARM} ${2 * ARM}m0 ${-2 * ARM}l${-2 * ARM} ${2 * ARM}`}
        className="stroke-ink"
        strokeWidth={1.5}
      />
    );
  });
}
