import type { Alerts } from '#lib/contract/alerts.ts';
import { USUAL_PREFERENCES } from '#lib/domain/alert.ts';
import { MINUTE } from '#lib/domain/time.ts';

const NOW = new Date(2026, 10, 24, 14, 6).getTime();

type Device = NonNullable<Alerts['device']>;

/** A phone that gets alerts, as the Mac tells of it. */
export const sampleAlertsDevice = (told: Partial<Device> = {}): Device => ({
  deviceId: '01939f2a-0000-7000-8000-000000000000',
  label: 'iPhone · Home Screen',
  endpoint: 'https://web.push.apple.com/example',
  preferences: USUAL_PREFERENCES,
  lastOkAt: NOW - 4 * MINUTE,
  lastTry: 'taken',
  lastStatus: 201,
  ...told,
});

/** What a Mac tells of alerts that can send them; of no device unless told otherwise. */
export const sampleAlerts = (told: Partial<Alerts> = {}): Alerts => ({
  publicKey: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
  problem: null,
  device: null,
  webhook: null,
  refusal: null,
  servedAt: NOW,
  ...told,
});
