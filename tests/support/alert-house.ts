import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pushMessageSchema } from '#lib/contract/alerts.ts';
import { type AlertPreferences, USUAL_PREFERENCES } from '#lib/domain/alert.ts';
import type { Cause } from '#lib/domain/cause.ts';
import { type Level, levelOf } from '#lib/domain/level.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import { type Alerts, startAlerts } from '#lib/server/alerts.ts';
import { readConfig } from '#lib/server/config.ts';
import { openDevices } from '#lib/store/open-devices.ts';
import { openHistory } from '#lib/store/open-history.ts';
import type { FakePhone } from './fake-push-service.ts';

export type HouseOptions = {
  /** Absent: a new one. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** In the tailnet; absent: `macbook.tail1234.ts.net`. */
  readonly name?: () => string | null;
  /** At which phones open it; absent: that of `macbook.tail1234.ts.net`. */
  readonly origin?: string;
};

/** The alerts of a Lifeline on real files, whose monitor shows what it is told and whose clock goes when it is told. */
export type AlertHouse = {
  readonly dataDir: string;
  readonly alerts: Alerts;
  readonly now: () => EpochMs;
  /** Since now the server is so; `asleep`: nothing is measured. */
  readonly be: (state: Cause | 'asleep') => Promise<void>;
  readonly pass: (ms: DurationMs) => Promise<void>;
  /** The clock is set by so much. */
  readonly set: (ms: number) => Promise<void>;
  /** Whether the disk takes anything. */
  readonly disk: (takes: boolean) => Promise<void>;
  readonly call: (
    deviceId: string,
    phone: Pick<FakePhone, 'subscription'>,
    preferences?: Partial<AlertPreferences>,
  ) => Promise<void>;
  readonly close: () => Promise<void>;
};

const NAME = 'macbook.tail1234.ts.net';
const START = Date.UTC(2026, 10, 23, 13, 2);
/** A service that answers does so in some milliseconds; one that hangs is not waited for. */
const ON_ITS_WAY_MS = 600;

/** Its caller closes it. */
export async function alertHouse({
  dataDir,
  env = {},
  name = () => NAME,
  origin = `https://${NAME}`,
}: HouseOptions = {}): Promise<AlertHouse> {
  const dir = dataDir ?? mkdtempSync(join(tmpdir(), 'lifeline-alerts-'));
  const devices = await openDevices(dir);
  const history = await openHistory(dir);
  const { span: newest } = await history.newest();
  let level: Level = newest?.level ?? 'no-data';
  let now = Math.max(START, (newest?.at ?? 0) + 10 * SECOND);
  let setBy = 0;
  let since: EpochMs | null = newest?.at ?? null;
  const alerts = await startAlerts({
    config: readConfig({ LIFELINE_DATA_DIR: dir, VAPID_SUBJECT: 'mailto:owner@example.com', ...env }),
    devices,
    history,
    snapshot: () => ({ level, since, measuredUntil: now }),
    name,
    now: () => now,
    mono: () => now - START - setBy,
    unkept: null,
  });
  const isOnItsWay = async (): Promise<boolean> => {
    const sending = devices.selectFrom('alert').select('device').where('state', '=', 'sending');
    return (await sending.execute()).length > 0;
  };
  const settle = async (): Promise<void> => {
    await alerts.changed();
    for (let waited = 0; waited < ON_ITS_WAY_MS && (await isOnItsWay()); waited += 10) await pause(10);
    await alerts.changed();
  };
  return {
    dataDir: dir,
    alerts,
    now: () => now,
    be: async (state) => {
      now += 10 * SECOND;
      const span = spanOf(state, now);
      await history.record({ measurements: [], spans: [span] });
      level = span.level;
      since = now;
      await settle();
    },
    pass: async (ms) => {
      now += ms;
      await settle();
    },
    set: async (ms) => {
      setBy += ms;
      now += ms;
      await settle();
    },
    disk: async (takes) => {
      await sql.raw(`pragma query_only = ${takes ? 'off' : 'on'}`).execute(devices);
    },
    call: async (deviceId, phone, preferences = {}) => {
      const all = { ...USUAL_PREFERENCES, ...preferences };
      const device = { deviceId, label: deviceId, login: null, origin };
      await alerts.subscriptions.keep({ ...device, ...phone.subscription, preferences: all, timeZone: 'UTC' }, now);
      await settle();
    },
    close: async () => {
      await alerts.close();
      await history.close();
      await devices.destroy();
    },
  };
}

function spanOf(state: Cause | 'asleep', at: EpochMs): Span {
  if (state === 'asleep') return { at, level: 'no-data', gap: 'asleep' };
  const level = levelOf(state);
  if (level === 'no-data') throw new RangeError(`${state} is no state of a server.`);
  return { at, level, cause: state, confirmedAt: at };
}

/** What a phone shows: title, body, and the number on the icon. */
export const shown = (phone: FakePhone) =>
  phone.messages().map(({ text }) => {
    const { notification, app_badge: badge } = pushMessageSchema.parse(JSON.parse(text));
    return { title: notification.title, body: notification.body, navigate: notification.navigate, badge };
  });
export const titles = (phone: FakePhone): readonly string[] => shown(phone).map(({ title }) => title);
