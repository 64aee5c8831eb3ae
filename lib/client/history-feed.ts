import { type History, historySchema, type Incidents, incidentsSchema } from '#lib/contract/history.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Window } from '#lib/domain/window.ts';
import { type KeptFeed, useFeed } from './feed.ts';

/** How often a window is asked for: every minute, the shortest one every 10 s. */
export const historyEveryMs = (window: Window): number => (window === '1h' ? 10 * SECOND : MINUTE);
export const INCIDENT_EVERY_MS = 10 * SECOND;

/** One window of the history; until its answer that of the window before. */
export const useHistory = (window: Window): KeptFeed<History> =>
  useFeed({ url: `/api/history?window=${window}`, schema: historySchema, everyMs: historyEveryMs(window) });

/** The incident of an id (none or one in the list); nothing is asked without an id. */
export const useIncident = (id: string | null): KeptFeed<Incidents> =>
  useFeed({
    url: id === null ? null : `/api/incidents?id=${encodeURIComponent(id)}`,
    schema: incidentsSchema,
    everyMs: INCIDENT_EVERY_MS,
  });
