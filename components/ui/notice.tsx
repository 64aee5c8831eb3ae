import { Card } from './card.tsx';

/** Something that needs to be known before the rest is believed. */
export function Notice({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Card className="appear flex gap-3">
      <svg viewBox="0 0 20 20" aria-hidden="true" className="mt-px size-5 flex-none fill-degraded">
        <path d="M10 1.5 19.5 18H.5z" />
        <path d="M10 7.5v5M10 14.8v.4" className="stroke-card stroke-2 [stroke-linecap:round]" />
      </svg>
      <div>
        <h2 className="font-semibold">{title}</h2>
        <div className="mt-1 text-[15px] text-dim">{children}</div>
      </div>
    </Card>
  );
}
