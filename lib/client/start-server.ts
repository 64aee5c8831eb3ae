import { useRef, useState } from 'react';
import { type RunView, startReplySchema } from '#lib/contract/action.ts';
import { ask, REQUEST_TIMEOUT_MS, RequestFailure, readReply } from './request.ts';

const START = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };

/** How far the request to start has come; what becomes of the run is told by the status. */
export type Press =
  | { readonly step: 'idle' }
  | { readonly step: 'asking' }
  | { readonly step: 'begun'; readonly run: RunView }
  | { readonly step: 'failed'; readonly failure: RequestFailure };

/**
 * Asks once to start the review server, however often it is pressed meanwhile. `onSettled` is called when it began or was
 * refused: the status knows more now.
 */
export function useStart(onSettled: () => void): { readonly press: Press; readonly start: () => Promise<void> } {
  const [press, setPress] = useState<Press>({ step: 'idle' });
  const isAsking = useRef(false);
  const start = async () => {
    if (isAsking.current) return;
    isAsking.current = true;
    setPress({ step: 'asking' });
    try {
      const { run } = readReply(await ask('/api/actions/start', REQUEST_TIMEOUT_MS, START), startReplySchema);
      setPress({ step: 'begun', run });
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      setPress({ step: 'failed', failure });
    } finally {
      isAsking.current = false;
      onSettled();
    }
  };
  return { press, start };
}
