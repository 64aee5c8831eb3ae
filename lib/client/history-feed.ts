import useSWR from 'swr';
import { type History, historySchema, type Incidents, incidentsSchema } from '#lib/contract/history.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Window } from '#lib/domain/window.ts';
import { type Feed, feedOf } from './feed.ts';
import { polling } from './polling.ts';
import { request } from './request.ts';

const fetchHistory = (url: string) => request(url, historySchema);
const fetchIncidents = (url: string) => request(url, incidentsSchema);

/** One window of the history; asked again every minute, the shortest window every 10 s. */
export function useHistory(window: Window): Feed<History> {
  const everyMs = window === '1h' ? 10 * SECOND : MINUTE;
  return feedOf(useSWR<History, unknown>(`/api/history?window=${window}`, fetchHistory, polling(everyMs)));
}

/** The incident of an id (none or one in the list); nothing is asked without an id. */
export function useIncident(id: string | null): Feed<Incidents> {
  const url = id === null ? null : `/api/incidents?id=${encodeURIComponent(id)}`;
  return feedOf(useSWR<Incidents, unknown>(url, fetchIncidents, polling(10 * SECOND)));
}
