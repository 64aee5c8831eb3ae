'use client';

import { tellDelivery } from '#lib/client/alerts/alert-words.ts';
import { useNow } from '#lib/client/now.ts';
import type { Alerts } from '#lib/contract/alerts.ts';

/** How the last alerts went, to this device and to the webhook if there is one. */
export function AlertsDeliveries({ answer: { device, webhook } }: { readonly answer: Alerts }) {
  const now = useNow();
  return (
    <div className="mt-2 grid gap-1 text-note text-pretty text-dim">
      {device === null ? null : <p>{tellDelivery(device, 'This device’s push service', now)}</p>}
      {webhook === null ? null : <p>{tellDelivery(webhook, 'The webhook', now)}</p>}
    </div>
  );
}
