import { ChartAfterPaint } from '#components/chart/after-paint.tsx';
import { Figure } from '#components/chart/figure.tsx';
import { TimeAxis } from '#components/chart/time-axis.tsx';
import { Card } from '#components/ui/card.tsx';
import type { History } from '#lib/contract/history.ts';

type ChartCardProps = {
  readonly label: string;
  readonly figure: string;
  readonly note: string;
  readonly kind: 'latency' | 'phases';
  readonly history: History;
  readonly sentence: string;
  readonly children?: React.ReactNode;
};

/** A chart with its axis and the sentence that says the same. */
export function ChartCard({ label, figure, note, kind, history, sentence, children }: ChartCardProps) {
  return (
    <Card>
      <Figure label={label} figure={figure} note={note} />
      <ChartAfterPaint kind={kind} history={history} sentence={sentence} />
      <TimeAxis {...history} />
      {children}
      <p className="mt-2 text-note text-dim">{sentence}</p>
    </Card>
  );
}
