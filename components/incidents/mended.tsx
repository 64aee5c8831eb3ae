import { Card, CardHead } from '#components/ui/card.tsx';
import { mendedBy } from '#lib/client/incident-events.ts';
import type { IncidentView } from '#lib/contract/history.ts';

/** What mended it, where that is known; else nothing. */
export function Mended({ incident }: { readonly incident: IncidentView }) {
  const mended = mendedBy(incident);
  if (mended === null) return null;
  return (
    <Card>
      <CardHead title="What mended it" />
      <p className="mt-1 text-dim">{mended}</p>
    </Card>
  );
}
