import { Card } from '#components/ui/card.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import type { GatewayTrouble } from '#lib/domain/review/gateway.ts';

type TroubleCardProps = { readonly title: string; readonly trouble: GatewayTrouble };

/** What is the matter with a way to Anki, and what mends it. */
export function TroubleCard({ title, trouble: { message, remedy, command } }: TroubleCardProps) {
  return (
    <Card>
      <h3 className="text-note text-dim">{title}</h3>
      <p className="mt-0.5 font-semibold">{message}</p>
      {remedy === null ? null : <p className="mt-1 text-[15px]">{remedy}</p>}
      {command === null ? null : (
        <div className="mt-2 flex items-center rounded-[10px] bg-bg pl-3">
          <code className="min-w-0 flex-1 py-2.5 font-mono text-note break-words whitespace-pre-wrap select-all">
            {command}
          </code>
          <CopyButton text={command} name="command" />
        </div>
      )}
    </Card>
  );
}
