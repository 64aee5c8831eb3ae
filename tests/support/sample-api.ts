import type { Page, Route } from '@playwright/test';
import type { History, Incidents } from '#lib/contract/history.ts';
import type { ProbeReport } from '#lib/contract/probe-report.ts';
import type { Status } from '#lib/contract/status.ts';
import { WINDOWS, type Window } from '#lib/domain/window.ts';
import { sampleHistory } from './sample-history.ts';
import { sampleProbe } from './sample-probe.ts';
import { sampleStatus } from './sample-status.ts';

/** What a route answers: a body, or nothing at all, for ever. */
type Answer<T> = T | 'hangs' | 'fails';

/** Answers of the API, asked for at each request, so that a test can change its mind. */
export type SampleApi = {
  readonly status?: () => Answer<Status>;
  readonly history?: (window: Window) => Answer<History>;
  readonly incidents?: () => Answer<Incidents>;
  readonly probe?: () => Answer<ProbeReport>;
};

async function answer(route: Route, body: Answer<object>): Promise<void> {
  if (body === 'hangs') return;
  if (body === 'fails') return route.abort('connectionrefused');
  return route.fulfill({ json: body });
}

/**
 * Answers the page's requests with samples instead of the running app. The service worker stays away, because requests
 * that go through it cannot be answered here.
 */
export async function answerWithSamples(page: Page, api: SampleApi = {}): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  const now = Date.now;
  const { status, history, incidents, probe } = api;
  await page.route('**/api/status', (route) => answer(route, status?.() ?? sampleStatus('healthy', now())));
  await page.route('**/api/history?*', (route) => {
    const asked = new URL(route.request().url()).searchParams.get('window');
    const window = WINDOWS.find((one) => one === asked) ?? '24h';
    return answer(route, history?.(window) ?? sampleHistory(window, now()));
  });
  await page.route('**/api/incidents*', (route) => answer(route, incidents?.() ?? { incidents: [], servedAt: now() }));
  await page.route('**/api/probe', (route) => answer(route, probe?.() ?? sampleProbe(now())));
}
