'use client';

import { Card } from '#components/ui/card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';

/** A card may only ask for a link to be opened; the person sees where it leads, and decides. */
export function LinkSheet({ href, onClose }: { readonly href: string; readonly onClose: () => void }) {
  return (
    <Sheet title="Open this link?" onClose={onClose}>
      <Card>
        <p className="font-mono text-note break-all">{href}</p>
      </Card>
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        onClick={onClose}
        className="grid min-h-[50px] place-items-center rounded-[14px] bg-fill font-semibold text-white active:opacity-70"
      >
        Open in the browser
      </a>
    </Sheet>
  );
}

/** Whether a card's link is one that a browser opens in a page of its own. */
export function isOpenable(href: string): boolean {
  return /^https?:\/\//i.test(href) && URL.canParse(href);
}
