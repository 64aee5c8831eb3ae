'use client';

import { useState } from 'react';
import { RowButton } from '#components/ui/row-button.tsx';
import { ComplaintSheet } from './complaint-sheet.tsx';

type ComplaintProps = { readonly label: string; readonly surface?: boolean };

/** The way to say that the phone app shows an error that is not the one told here. */
export function Complaint({ label, surface = false }: ComplaintProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <RowButton surface={surface} onClick={() => setIsOpen(true)}>
        {label}
      </RowButton>
      {isOpen ? <ComplaintSheet onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
