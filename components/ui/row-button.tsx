type RowButtonProps = {
  readonly children: React.ReactNode;
  readonly onClick: () => void;
  /** Stands on a surface of its own rather than within one. */
  readonly surface?: boolean;
};

/** A quiet row that opens something. */
export function RowButton({ children, onClick, surface = false }: RowButtonProps) {
  const place = surface ? 'rounded-[14px] bg-card px-4' : '';
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onClick}
      className={`flex min-h-[50px] w-full touch-manipulation items-center justify-between gap-3 text-left text-[15px] font-semibold text-accent active:opacity-70 ${place}`}
    >
      {children}
      <span aria-hidden="true">›</span>
    </button>
  );
}
