import { CopyButton } from './copy-button.tsx';

/** Something to be typed or pasted elsewhere, with a button that copies it. `name` tells which it is to those who cannot see it. */
export function Command({ text, name }: { readonly text: string; readonly name: string }) {
  return (
    <div className="mt-1.5 flex items-center rounded-[10px] bg-bg pl-3">
      <code className="min-w-0 flex-1 py-2.5 font-mono text-note break-words whitespace-pre-wrap select-all">
        {text}
      </code>
      <CopyButton text={text} name={name} />
    </div>
  );
}
