import { mutate } from 'swr';
import { deviceId } from '#lib/client/device.ts';
import { type Feed, useFeed } from '#lib/client/feed.ts';
import { request } from '#lib/client/request.ts';
import { type Alerts, alertsSchema } from '#lib/contract/alerts.ts';
import { SECOND } from '#lib/domain/time.ts';

const alertsUrl = (): string => `/api/alerts?device=${deviceId()}`;

/** What the Mac knows of this device's alerts. Throws a RequestFailure. */
export const askForAlerts = (): Promise<Alerts> => request(alertsUrl(), alertsSchema);

/** The same, asked for every 10 s while somebody looks; not before `isWanted`. */
export const useAlertsFeed = (isWanted: boolean): Feed<Alerts> =>
  useFeed({ url: isWanted ? alertsUrl() : null, schema: alertsSchema, everyMs: 10 * SECOND });

/** Has the feed ask now; resolves once it has, whatever the answer. */
export const askFeedAgain = (): Promise<unknown> => mutate(alertsUrl()).catch(() => undefined);
