import { useRef, useState } from 'react';
import { type DiagnosisReport, diagnosisReportSchema } from '#lib/contract/diagnosis-report.ts';
import type { AppCode } from '#lib/domain/facts.ts';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';
import { RequestFailure, request } from './request.ts';

/** A deep look waits for the slowest tools of the Mac, about 6 s; twice that is too long. */
export const LOOK_TIMEOUT_MS = 12 * SECOND;

/** What to ask of `/api/diagnosis`. `app` is null when the person did not say what their app shows. */
export type LookRequest = { readonly app: AppCode | null; readonly asText?: { readonly masked: boolean } };

/** The address of a deep look, as data or as the text to be pasted where one asks for help. */
export function lookUrl({ app, asText }: LookRequest): string {
  const query = new URLSearchParams();
  if (app !== null) query.set('app', String(app));
  if (asText !== undefined) query.set('format', 'text');
  if (asText?.masked) query.set('mask', '1');
  return query.size === 0 ? '/api/diagnosis' : `/api/diagnosis?${query}`;
}

/** How far the deep look has come. `since` is by the phone's clock. */
export type Look =
  | { readonly step: 'idle' }
  | { readonly step: 'looking'; readonly app: AppCode | null; readonly since: EpochMs }
  | { readonly step: 'found'; readonly report: DiagnosisReport; readonly receivedAt: EpochMs }
  | { readonly step: 'failed'; readonly app: AppCode | null; readonly failure: RequestFailure };

/** A deep look on demand. Of two that were asked for, the later one is shown. */
export function useDeepLook(): {
  readonly look: Look;
  readonly start: (app: AppCode | null) => Promise<void>;
  readonly forget: () => void;
} {
  const [look, setLook] = useState<Look>({ step: 'idle' });
  const newest = useRef(0);
  const start = async (app: AppCode | null) => {
    newest.current += 1;
    const nth = newest.current;
    const show = (found: Look) => {
      if (nth === newest.current) setLook(found);
    };
    show({ step: 'looking', app, since: Date.now() });
    try {
      const report = await request(lookUrl({ app }), diagnosisReportSchema, LOOK_TIMEOUT_MS);
      show({ step: 'found', report, receivedAt: Date.now() });
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      show({ step: 'failed', app, failure });
    }
  };
  const forget = () => {
    newest.current += 1;
    setLook({ step: 'idle' });
  };
  return { look, start, forget };
}
