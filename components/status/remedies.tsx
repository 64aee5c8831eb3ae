import { Card, CardHead } from '#components/ui/card.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import type { Status } from '#lib/contract/status.ts';
import type { OsName } from '#lib/domain/diagnosis.ts';

const OS_WORDS: Readonly<Record<OsName, string>> = { macos: 'On the Mac', linux: 'On Linux', any: 'Anywhere' };

type Remedy = Status['diagnosis']['remedies'][number];

function RemedyStep({ label, os, command }: Remedy) {
  return (
    <li className="border-t border-hair py-3 first:border-0 last:pb-0.5">
      <p>
        {label}
        {os === 'any' ? null : <span className="text-note text-dim"> · {OS_WORDS[os]}</span>}
      </p>
      {command === null ? null : (
        <div className="mt-1.5 flex items-center rounded-[10px] bg-bg pl-3">
          <code className="min-w-0 flex-1 py-2.5 font-mono text-note break-words whitespace-pre-wrap select-all">
            {command}
          </code>
          <CopyButton text={command} name={`command: ${label}`} />
        </div>
      )}
    </li>
  );
}

/** What mends it, the likeliest first. */
export function Remedies({ remedies }: { readonly remedies: readonly Remedy[] }) {
  if (remedies.length === 0) return null;
  return (
    <Card>
      <CardHead title="What to do" />
      <ol className="mt-0.5">
        {remedies.map((remedy) => (
          <RemedyStep key={`${remedy.os} ${remedy.label}`} {...remedy} />
        ))}
      </ol>
    </Card>
  );
}
