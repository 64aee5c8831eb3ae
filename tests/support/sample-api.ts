import type { Page, Route } from '@playwright/test';
import type * as z from 'zod/mini';
import type { startReplySchema } from '#lib/contract/action.ts';
import type { DiagnosisReport } from '#lib/contract/diagnosis-report.ts';
import type { History, Incidents } from '#lib/contract/history.ts';
import type { ProbeReport } from '#lib/contract/probe-report.ts';
import type { DueView } from '#lib/contract/review.ts';
import type { Setup } from '#lib/contract/setup.ts';
import type { Status } from '#lib/contract/status.ts';
import { APP_CODES, type AppCode } from '#lib/domain/facts.ts';
import { WINDOWS, type Window } from '#lib/domain/window.ts';
import { sampleHistory } from './sample-history.ts';
import { sampleProbe } from './sample-probe.ts';
import { sampleReport, sampleReportText } from './sample-report.ts';
import { sampleSetup } from './sample-setup.ts';
import { sampleStatus } from './sample-status.ts';

/** What a route answers: a body, a refusal with its sentence, or nothing at all, for ever. */
type Answer<T> = T | Refused | 'hangs' | 'fails';

export type Refused = { readonly status: number; readonly code: string; readonly message: string };

/** Answers of the API, asked for at each request, so that a test can change its mind. */
export type SampleApi = {
  readonly status?: () => Answer<Status>;
  readonly history?: (window: Window) => Answer<History>;
  readonly incidents?: () => Answer<Incidents>;
  readonly probe?: () => Answer<ProbeReport>;
  readonly due?: () => Answer<DueView>;
  readonly start?: () => Answer<z.infer<typeof startReplySchema>>;
  readonly setup?: () => Answer<Setup>;
  readonly look?: (app: AppCode | null) => Answer<DiagnosisReport>;
  /** Every text report that is asked for, by its address. */
  readonly report?: (url: string) => string | 'fails';
};

/** Twelve cards, straight from Anki. */
export const sampleDue = (change: Partial<DueView> = {}): DueView => ({
  gateway: 'anki-connect',
  counts: { new: 3, learning: 2, review: 7 },
  mayGrade: true,
  servedAt: Date.now(),
  ...change,
});

async function answer(route: Route, body: Answer<object>): Promise<void> {
  if (body === 'hangs') return;
  if (body === 'fails') return route.abort('connectionrefused');
  if ('message' in body) {
    const { status, ...error } = body;
    return route.fulfill({ status, json: { error } });
  }
  return route.fulfill({ json: body });
}

/** A deep look, as data or as text. */
async function answerLook(route: Route, { look, report }: SampleApi): Promise<void> {
  const url = new URL(route.request().url());
  if (url.searchParams.get('format') === 'text') {
    const text = report?.(url.pathname + url.search) ?? sampleReportText(url.searchParams.get('mask') === '1');
    return text === 'fails'
      ? route.abort('connectionrefused')
      : route.fulfill({ contentType: 'text/plain', body: text });
  }
  const app = APP_CODES.find((code) => String(code) === url.searchParams.get('app')) ?? null;
  return answer(route, look?.(app) ?? sampleReport('not-running', Date.now(), app));
}

/**
 * Answers the page's requests with samples instead of the running app. The service worker stays away, because requests
 * that go through it cannot be answered here.
 */
export async function answerWithSamples(page: Page, api: SampleApi = {}): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  const now = Date.now;
  const { status, history, incidents, probe, due, start, setup } = api;
  await page.route('**/api/status', (route) => answer(route, status?.() ?? sampleStatus('healthy', now())));
  await page.route('**/api/history?*', (route) => {
    const asked = new URL(route.request().url()).searchParams.get('window');
    const window = WINDOWS.find((one) => one === asked) ?? '24h';
    return answer(route, history?.(window) ?? sampleHistory(window, now()));
  });
  await page.route('**/api/incidents*', (route) => answer(route, incidents?.() ?? { incidents: [], servedAt: now() }));
  await page.route('**/api/probe', (route) => answer(route, probe?.() ?? sampleProbe(now())));
  await page.route('**/api/review/due', (route) => answer(route, due?.() ?? sampleDue()));
  await page.route('**/api/actions/start', (route) =>
    answer(route, start?.() ?? { status: 404, code: 'not-found', message: 'There is no such address here.' }),
  );
  await page.route('**/api/setup', (route) => answer(route, setup?.() ?? sampleSetup()));
  await page.route(/\/api\/diagnosis(\?|$)/, (route) => answerLook(route, api));
}
