'use client';

import { useEffect, useId, useRef } from 'react';

type SheetProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
};

/** Rises over the screen and takes the focus until it is closed: by its button, by Escape or beside it. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (ref.current?.open === false) ref.current.showModal();
  }, []);
  const close = () => ref.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog without being asked
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) close();
      }}
      className="sheet"
    >
      <div className="flex min-h-full flex-col gap-3 p-4 pt-2 pb-[max(20px,env(safe-area-inset-bottom))]">
        <header className="sticky top-0 z-10 -mx-4 flex items-center justify-between gap-3 bg-bg px-5">
          <h2 id={titleId} className="py-3 text-[20px] font-bold tracking-[-0.01em]">
            {title}
          </h2>
          <button type="button" onClick={close} className="-mr-2 min-h-11 px-2 font-semibold text-accent">
            Done
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
