import { CopyButton } from './copy-button.tsx';

type OutputProps = {
  /** What it is, for those who cannot see where it stands. */
  readonly label: string;
  readonly text: string;
  /** Said while there is none. */
  readonly empty: string;
};

/** What a program printed: its end first in view, in a box that keeps its size and scrolls. */
export function Output({ label, text, empty }: OutputProps) {
  return (
    <div className="mt-2 rounded-[10px] bg-bg">
      <div className="flex min-h-11 items-center justify-between pl-3">
        <span className="text-note text-dim">Output</span>
        {text === '' ? null : <CopyButton text={text} name={label} />}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: it scrolls, so it needs the focus and a name */}
      <div
        role="region"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard cannot scroll it
        tabIndex={0}
        className="flex h-[104px] flex-col-reverse overflow-auto overscroll-contain px-3 pb-2.5"
      >
        <pre className="mb-auto font-mono text-note break-words whitespace-pre-wrap">
          {text === '' ? <span className="text-dim">{empty}</span> : text}
        </pre>
      </div>
    </div>
  );
}
