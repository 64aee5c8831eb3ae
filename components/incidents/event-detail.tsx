import { Output } from '#components/ui/output.tsx';
import type { IncidentEvent } from '#lib/client/incident-events.ts';

type FoldProps = { readonly summary: string; readonly isOpen?: boolean; readonly children: React.ReactNode };

/** Something that is there for those who ask. */
function Fold({ summary, isOpen = false, children }: FoldProps) {
  return (
    <details open={isOpen} className="-mb-1.5">
      <summary className="flex min-h-11 items-center text-[15px] font-semibold text-accent before:mr-1.5 before:inline-block before:content-['›'] before:transition-transform motion-reduce:before:transition-none [[open]>&]:before:rotate-90">
        {summary}
      </summary>
      {children}
    </details>
  );
}

function Facts({ facts, isOpen }: { readonly facts: readonly string[]; readonly isOpen: boolean }) {
  return (
    <Fold
      summary={facts.length === 1 ? 'The fact that decided' : `The ${facts.length} facts that decided`}
      isOpen={isOpen}
    >
      <ul className="mb-1.5 rounded-[10px] bg-bg px-3">
        {facts.map((fact) => (
          <li key={fact} className="border-t border-hair py-2 text-[15px] break-words first:border-0">
            {fact}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function Run({ command, output }: { readonly command: string; readonly output: string }) {
  return (
    <>
      <p className="mt-1 font-mono text-note break-words text-dim">{command}</p>
      {output === '' ? null : (
        <Fold summary="What it printed">
          <div className="mb-1.5">
            <Output label="Output of the command" text={output} empty="" />
          </div>
        </Fold>
      )}
    </>
  );
}

/** How it came to it, the facts that decided, or the command with what it printed: what an event has of these. */
export function EventDetail({ event, isOpen }: { readonly event: IncidentEvent; readonly isOpen: boolean }) {
  const { story, facts, run } = event;
  return (
    <>
      {story === null ? null : <p className="mt-1 text-[15px] text-pretty">{story}</p>}
      {facts.length === 0 ? null : <Facts facts={facts} isOpen={isOpen} />}
      {run === null ? null : <Run {...run} />}
    </>
  );
}
