type ButtonProps = {
  readonly children: React.ReactNode;
  readonly onClick: () => void;
  /** The one thing to do here; without it a quiet one. */
  readonly primary?: boolean;
  /** It is being done: it stays where it is and does nothing. */
  readonly busy?: boolean;
  readonly className?: string;
};

/** A wide button for a thumb. A busy one keeps its focus, so nobody is thrown off it. */
export function Button({ children, onClick, primary = false, busy = false, className = '' }: ButtonProps) {
  const colours = primary ? 'bg-fill text-white' : 'bg-bg text-accent';
  return (
    <button
      type="button"
      onClick={busy ? undefined : onClick}
      aria-disabled={busy}
      className={`min-h-[50px] w-full touch-manipulation rounded-[14px] px-4 font-semibold select-none active:opacity-70 aria-disabled:bg-hair aria-disabled:text-dim aria-disabled:opacity-100 ${colours} ${className}`}
    >
      {children}
    </button>
  );
}
