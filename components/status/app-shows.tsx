import { Card } from '#components/ui/card.tsx';
import type { Status } from '#lib/contract/status.ts';

type Shows = NonNullable<Status['diagnosis']['appShows']>;

/** A negative code with a real minus sign, so that it is read and wrapped as one number. */
const codeText = (code: number): string => String(code).replace('-', '\u2212');

/** What the phone app shows for this cause, so that the two can be recognised as one. */
export function AppShows({ shows }: { readonly shows: Shows }) {
  return (
    <Card>
      <h2 className="text-note text-dim">Your app shows</h2>
      <p className="mt-1.5 border-l-[3px] border-down pl-3">
        {shows.text}
        {shows.code === null ? null : <span className="text-note text-dim"> ({codeText(shows.code)})</span>}
        {shows.caption === '' ? null : <span className="mt-0.5 block text-note text-dim">{shows.caption}</span>}
      </p>
    </Card>
  );
}
