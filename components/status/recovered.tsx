import { runToShow } from '#lib/client/start-offer.ts';
import type { Status } from '#lib/contract/status.ts';
import { BackCard } from './run-card.tsx';

/** That the start that was asked for has helped, for as long as the server tells of it. */
export function Recovered({ status }: { readonly status: Status }) {
  const run = runToShow(status);
  return run?.outcome === 'up' ? <BackCard run={run} macNow={status.servedAt} /> : null;
}
