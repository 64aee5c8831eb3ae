type ButtonProps = {
  readonly children: React.ReactNode;
  readonly onPress: () => void;
  readonly busy?: boolean;
};

/** A full-width button on the page's ground. While busy it stays where it is and does nothing. */
export function Button({ children, onPress, busy = false }: ButtonProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-disabled={busy}
      className="min-h-[50px] w-full rounded-[14px] bg-card px-4 font-semibold text-accent active:opacity-70 aria-disabled:text-dim"
    >
      {children}
    </button>
  );
}
