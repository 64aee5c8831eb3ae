import { useRef, useState } from 'react';
import { copyPromised } from './copy-text.ts';
import { LOOK_TIMEOUT_MS, type LookRequest, lookUrl } from './deep-look.ts';
import { ask, bodyOf, RequestFailure } from './request.ts';

/** How far the report has come. `shown`: it is here, but the browser would not copy it. */
export type ReportCopy =
  | { readonly step: 'idle' }
  | { readonly step: 'fetching' }
  | { readonly step: 'copied' }
  | { readonly step: 'shown'; readonly text: string }
  | { readonly step: 'failed'; readonly failure: RequestFailure };

async function fetchReport(wanted: LookRequest): Promise<string> {
  return bodyOf(await ask(lookUrl(wanted), LOOK_TIMEOUT_MS));
}

/** Fetches the report and copies it, one at a time. Call `copy` in the tap itself: Safari copies for nothing else. */
export function useReport(): {
  readonly state: ReportCopy;
  readonly copy: (wanted: LookRequest) => Promise<void>;
  readonly forget: () => void;
} {
  const [state, setState] = useState<ReportCopy>({ step: 'idle' });
  const isFetching = useRef(false);
  const copy = async (wanted: LookRequest) => {
    if (isFetching.current) return;
    isFetching.current = true;
    setState({ step: 'fetching' });
    try {
      const report = fetchReport(wanted);
      setState((await copyPromised(report)) ? { step: 'copied' } : { step: 'shown', text: await report });
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      setState({ step: 'failed', failure });
    } finally {
      isFetching.current = false;
    }
  };
  const forget = () => {
    if (!isFetching.current) setState({ step: 'idle' });
  };
  return { state, copy, forget };
}
