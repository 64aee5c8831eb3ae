import { Card } from '#components/ui/card.tsx';
import { Output } from '#components/ui/output.tsx';
import { clockText } from '#lib/client/clock-text.ts';
import { type RunText, tellRun } from '#lib/client/run-words.ts';
import type { RunView } from '#lib/contract/action.ts';
import type { EpochMs } from '#lib/domain/time.ts';

const MARKS: Readonly<Record<RunText['tone'], 'ready' | 'down' | 'loading'>> = {
  good: 'ready',
  bad: 'down',
  waiting: 'loading',
};

type RunCardProps = { readonly run: RunView; readonly macNow: EpochMs };

function RunHead({ run, macNow }: RunCardProps) {
  const { tone, title, note } = tellRun(run);
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="flex items-baseline gap-2.5 font-semibold tracking-[-0.01em]">
          <span data-level={MARKS[tone]} aria-hidden="true" className="text-[13px]">
            <span className="level-mark" />
          </span>
          <span aria-live="polite">{title}</span>
        </h2>
        <p className="text-note whitespace-nowrap text-dim">{clockText(run.startedAt, macNow)}</p>
      </div>
      <p className="mt-1 text-[15px] text-dim">{note}</p>
    </>
  );
}

/** How the run that was asked for goes, or what it came to, with what it printed. */
export function RunCard(props: RunCardProps) {
  const { command, output } = props.run;
  return (
    <Card>
      <RunHead {...props} />
      <p className="mt-1.5 truncate font-mono text-note text-dim">{command}</p>
      <Output label="Output of the command" text={output} empty="It has printed nothing." />
    </Card>
  );
}

/** That the server is back, and after how long. */
export function BackCard(props: RunCardProps) {
  return (
    <Card className="appear">
      <RunHead {...props} />
    </Card>
  );
}
