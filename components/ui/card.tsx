/** A calm surface that holds one thing. */
export function Card({
  children,
  className = '',
}: {
  readonly children: React.ReactNode;
  readonly className?: string;
}) {
  return <section className={`rounded-card bg-card px-4 py-3.5 ${className}`}>{children}</section>;
}

/** A surface's first line: what it is about, and a note beside it. */
export function CardHead({ title, note }: { readonly title: string; readonly note?: string }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <h2 className="font-semibold tracking-[-0.01em]">{title}</h2>
      {note === undefined ? null : <p className="text-right text-note text-dim">{note}</p>}
    </div>
  );
}
