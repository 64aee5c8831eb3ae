import { Card } from './card.tsx';

/** Something that needs to be known before the rest is believed. */
export function Notice({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Card className="appear border-l-4 border-degraded">
      <h2 className="font-semibold">{title}</h2>
      <div className="mt-1 space-y-2 text-[15px] text-dim">{children}</div>
    </Card>
  );
}
