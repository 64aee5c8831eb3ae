import { ChartAfterPaint } from '#components/chart/after-paint.tsx';
import type { ChartProps } from '#components/chart/chart-props.ts';
import { Figure } from '#components/chart/figure.tsx';
import { TimeAxis } from '#components/chart/time-axis.tsx';
import { Card } from '#components/ui/card.tsx';

type ChartCardProps = ChartProps & {
  readonly label: string;
  readonly figure: string;
  readonly note: string;
  readonly kind: 'latency' | 'phases';
  readonly children?: React.ReactNode;
};

/** A chart with its axis and the sentence that says the same. */
export function ChartCard({ label, figure, note, children, ...chart }: ChartCardProps) {
  const { history, phone, sentence } = chart;
  // What the phone says comes later, and moves nothing then.
  const room = phone === undefined ? '' : 'min-h-[72px] lg:min-h-[54px]';
  return (
    <Card>
      <Figure label={label} figure={figure} note={note} />
      <ChartAfterPaint {...chart} />
      <TimeAxis {...history} />
      {children}
      <p className={`mt-2 text-note text-dim ${room}`}>{sentence}</p>
    </Card>
  );
}
