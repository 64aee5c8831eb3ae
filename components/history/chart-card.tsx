import { ChartAfterPaint } from '#components/chart/after-paint.tsx';
import { TimeAxis } from '#components/chart/time-axis.tsx';
import { Card, CardHead } from '#components/ui/card.tsx';
import type { History } from '#lib/contract/history.ts';

type ChartCardProps = {
  readonly title: string;
  readonly note?: string;
  readonly kind: 'latency' | 'phases';
  readonly history: History;
  readonly sentence: string;
  readonly children?: React.ReactNode;
};

/** A chart with its axis and the sentence that says the same. */
export function ChartCard({ title, note, kind, history, sentence, children }: ChartCardProps) {
  return (
    <Card>
      <CardHead title={title} {...(note === undefined ? {} : { note })} />
      <ChartAfterPaint kind={kind} history={history} sentence={sentence} />
      <TimeAxis {...history} />
      {children}
      <p className="mt-2 text-note text-dim">{sentence}</p>
    </Card>
  );
}
