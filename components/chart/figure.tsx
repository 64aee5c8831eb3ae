type FigureProps = { readonly label: string; readonly figure: string; readonly note: string };

/** A card's one number, what it is (for those who cannot see what stands below), and a note beside it. */
export function Figure({ label, figure, note }: FigureProps) {
  return (
    <div className="flex min-h-7 items-baseline justify-between gap-x-3 max-[16rem]:flex-wrap">
      <h2 className="text-[20px] leading-7 font-semibold tracking-[-0.01em] whitespace-nowrap max-[16rem]:whitespace-normal">
        <span className="sr-only">{label}: </span>
        {figure}
      </h2>
      <p className="truncate text-right text-note text-dim max-[16rem]:text-left max-[16rem]:whitespace-normal">
        {note}
      </p>
    </div>
  );
}
