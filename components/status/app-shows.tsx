import { Card } from '#components/ui/card.tsx';
import { codeText } from '#lib/client/app-words.ts';
import type { Status } from '#lib/contract/status.ts';

type AppShowsProps = {
  readonly shows: NonNullable<Status['diagnosis']['appShows']>;
  /** What to do when it shows something else. */
  readonly children?: React.ReactNode;
};

/** What the phone app shows for this cause, so that the two can be recognised as one. */
export function AppShows({ shows: { text, code, caption }, children }: AppShowsProps) {
  return (
    <Card className={children === undefined ? '' : 'pb-0!'}>
      <h2 className="text-note text-dim">Your app shows</h2>
      <p className="mt-1.5 border-l-[3px] border-down pl-3">
        {text}
        {code === null ? null : <span className="text-note text-dim"> ({codeText(code)})</span>}
        {caption === '' ? null : <span className="mt-0.5 block text-note text-dim">{caption}</span>}
      </p>
      {children === undefined ? null : <div className="mt-3 border-t border-hair">{children}</div>}
    </Card>
  );
}
