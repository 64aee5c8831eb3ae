import { IncidentRow } from '#components/incidents/incident-row.tsx';
import { Card, CardHead } from '#components/ui/card.tsx';
import type { History } from '#lib/contract/history.ts';
import { TroubleFigures } from './trouble-figures.tsx';

/** More than the API tells at once; the list says so when it is full. */
const MOST = 100;

/** The incidents that touch the window, newest first, and what they come to. */
export function IncidentList({ history }: { readonly history: History }) {
  const { incidents, servedAt } = history;
  const note = incidents.length >= MOST ? `the newest ${MOST}` : undefined;
  return (
    <Card>
      <CardHead title="Incidents" {...(note === undefined ? {} : { note })} />
      {incidents.length === 0 ? (
        <p className="mt-1 text-[15px] text-dim">None in this time.</p>
      ) : (
        <>
          <TroubleFigures {...history} />
          <ul>
            {incidents.map((incident) => (
              <IncidentRow key={incident.id} incident={incident} now={servedAt} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
