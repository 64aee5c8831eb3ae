import { Unbroken } from '#components/history/unbroken.tsx';
import { Card, CardHead } from '#components/ui/card.tsx';
import { momentText } from '#lib/client/bucket-text.ts';
import { type IncidentEvent, incidentEvents } from '#lib/client/incident-events.ts';
import type { IncidentView } from '#lib/contract/history.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { EventDetail } from './event-detail.tsx';

const LOOKS: Readonly<Record<IncidentEvent['kind'], string>> = {
  cause: 'rounded-[4px] bg-down group-data-[level=degraded]:bg-degraded',
  confirmed: 'scale-75 rounded-full bg-rest',
  gap: 'hatched rounded-[4px]',
  run: 'rounded-full bg-fill',
  end: 'rounded-full bg-ready',
  now: 'rounded-full border-2 border-down group-data-[level=degraded]:border-degraded',
};

const secondsOf = (at: EpochMs): string => new Date(at).toLocaleTimeString('en-GB');
const dayOf = (at: EpochMs): string => new Date(at).toDateString();

type EventItemProps = {
  readonly event: IncidentEvent;
  readonly before: IncidentEvent | undefined;
  /** Shows from the start what the others show when they are opened. */
  readonly isOpen: boolean;
};

function EventItem({ event, before, isOpen }: EventItemProps) {
  const { at, kind, title, note } = event;
  const isNewDay = before !== undefined && dayOf(before.at) !== dayOf(at);
  return (
    <li className="relative flex gap-3 pb-4 before:absolute before:top-5 before:bottom-[-2px] before:left-[6px] before:w-0.5 before:bg-hair last:pb-0.5 last:before:hidden">
      <span aria-hidden="true" className={`relative mt-[5px] size-3.5 flex-none ${LOOKS[kind]}`} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-3">
          <span className="font-semibold">
            <Unbroken text={title} />
          </span>
          <time dateTime={new Date(at).toISOString()} className="text-note whitespace-nowrap text-dim">
            {isNewDay ? momentText(at) : secondsOf(at)}
          </time>
        </p>
        <p className="text-[15px] text-dim">{note}</p>
        <EventDetail event={event} isOpen={isOpen} />
      </div>
    </li>
  );
}

/** What happened, in order; of the causes the first says at once why it was concluded. */
export function EventList({ incident, now }: { readonly incident: IncidentView; readonly now: EpochMs }) {
  const events = incidentEvents(incident, now);
  const first = events.find(({ facts }) => facts.length > 0);
  return (
    <Card>
      <CardHead title="What happened" />
      <ol data-level={incident.level} className="group mt-3">
        {events.map((event, index) => (
          <EventItem
            key={`${event.kind} ${event.at}`}
            event={event}
            before={events[index - 1]}
            isOpen={event === first}
          />
        ))}
      </ol>
    </Card>
  );
}
