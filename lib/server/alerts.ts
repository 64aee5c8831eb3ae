import type { Level } from '#lib/domain/level.ts';
import { DAY, type DurationMs, type EpochMs, HOUR, SECOND } from '#lib/domain/time.ts';
import type { Snapshot } from '#lib/monitor/snapshot.ts';
import type { Delivery } from '#lib/push/delivery.ts';
import { type Alerts as AlertStore, alertsIn, type KeptAlert } from '#lib/store/alerts.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import type { DevicesDb } from '#lib/store/open-devices.ts';
import { StorageError } from '#lib/store/storage-error.ts';
import { type Subscription, type Subscriptions, subscriptionsIn } from '#lib/store/subscriptions.ts';
import { type Callee, calleesOf, WEBHOOK_ID } from './alert-callee.ts';
import { type Carrier, createCarrier } from './alert-carrier.ts';
import { decideAlerts } from './alert-desk.ts';
import { testLetter, testWebhookMessage } from './alert-message.ts';
import { type AlertSender, createAlertSender, noteAnswer } from './alert-sender.ts';
import { type Config, isSubject } from './config.ts';
import { log } from './log.ts';

/** The alerts of this Lifeline. */
export type Alerts = {
  /** Who is called. Whoever changes them says so by `changed`. */
  readonly subscriptions: Subscriptions;
  readonly carrier: Pick<Carrier, 'publicKey' | 'webhook'>;
  /** Why no alert can be sent, or none kept, in words that say what to do; null when all is well. */
  readonly problem: () => string | null;
  /** Somebody wants to be called otherwise from now on. Resolves when it is decided who is called now; never rejects. */
  readonly changed: () => Promise<void>;
  /** Sends a test to a device, and to the webhook where there is one; null for what is not there. Never rejects for what they answer. */
  readonly test: (device: Subscription) => Promise<{ readonly device: Delivery; readonly webhook: Delivery | null }>;
  /** Lets what is on its way arrive, for three seconds at most, and decides nothing more. */
  readonly close: () => Promise<void>;
};

type Parts = {
  readonly config: Config;
  readonly devices: DevicesDb;
  readonly history: HistoryStore;
  readonly snapshot: () => Pick<Snapshot, 'level' | 'since' | 'measuredUntil'>;
  readonly name: () => string | null;
  readonly now: () => EpochMs;
  readonly mono: () => DurationMs;
  /** Why nothing is kept on the disk; null where it is. */
  readonly unkept: string | null;
};

const LOOK_EVERY_MS: DurationMs = SECOND;
/** After the disk refused. */
const AFTER_TROUBLE_MS: DurationMs = 5 * SECOND;
const TIDY_EVERY_MS: DurationMs = HOUR;
/** A phone tells its endpoint at each start of the app; a dead one of Apple's may go on to answer 201. Source: iOS reference §5. */
const UNSEEN_FOR_MS: DurationMs = 60 * DAY;
const KEPT_FOR_MS: DurationMs = 90 * DAY;
const DOUBTED_MS: DurationMs = DAY;
const GRACE_MS: DurationMs = 3 * SECOND;

/** Watches what the monitor shows and calls whoever wants to know: one message for a beginning and one for its end, to each. */
export async function startAlerts(parts: Parts): Promise<Alerts> {
  const subscriptions = subscriptionsIn(parts.devices);
  const store = alertsIn(parts.devices);
  const { lost, webhook: before } = await earlier(store);
  if (lost > 0) log.warn({ lost }, 'alerts were on their way when Lifeline ended; they are not sent again');
  const name = () => parts.name() ?? watch.host();
  const carrier = createCarrier({ ...parts, name, earlier: before });
  const sender = createAlertSender({ alerts: store, subscriptions, carrier, now: parts.now });
  const watch = new AlertWatch(parts, { subscriptions, store, sender, carrier });
  const timer = setInterval(() => void watch.look(), LOOK_EVERY_MS).unref();
  return {
    subscriptions,
    carrier,
    problem: () => carrier.problem() ?? watch.problem(),
    changed: () => watch.lookAgain(),
    test: async (device) => {
      const [callee] = calleesOf([device], { hasWebhook: false });
      if (callee === undefined) throw new RangeError('There is no device.');
      const hook = calleesOf([], { hasWebhook: carrier.webhook() !== null })[0];
      const [answer, webhook] = await Promise.all([
        carrier.carry(callee, { letter: testLetter(device) }),
        hook === undefined ? null : carrier.carry(hook, { webhook: testWebhookMessage(carrier.origin()) }),
      ]);
      await noteAnswer(subscriptions, device, { delivery: answer, at: parts.now() });
      return { device: answer, webhook };
    },
    close: async () => {
      clearInterval(timer);
      const grace = setTimeout(carrier.close, GRACE_MS);
      await watch.end();
      await sender.ended();
      clearTimeout(grace);
    },
  };
}

/** What the process before left. A disk that refuses now is told of when something is to be written. */
async function earlier(store: AlertStore) {
  try {
    return { lost: await store.loseTrack(), webhook: await store.lastOf(WEBHOOK_ID) };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { lost: 0, webhook: { lastOkAt: null, lastTry: 'none' as const } };
  }
}

type Desk = {
  readonly subscriptions: Subscriptions;
  readonly store: AlertStore;
  readonly sender: AlertSender;
  readonly carrier: Carrier;
};

/** Looks once a second, at memory only; the disk is asked when something changed or somebody waits. */
class AlertWatch {
  readonly #parts: Parts;
  readonly #desk: Desk;
  #seen: string | null = null;
  #decideAt: DurationMs = 0;
  #isAsked = true;
  #tidyAt: DurationMs;
  #skewMs: number;
  #callees: readonly Callee[] = [];
  #unfinished: readonly KeptAlert[] = [];
  #problem: string | null = null;
  #looking: Promise<void> | null = null;
  #hasEnded = false;

  constructor(parts: Parts, desk: Desk) {
    this.#parts = parts;
    this.#desk = desk;
    this.#tidyAt = parts.mono() + TIDY_EVERY_MS;
    this.#skewMs = parts.now() - parts.mono();
  }

  problem(): string | null {
    return this.#problem;
  }

  /** The host at which somebody who is called opens Lifeline, where it is a name on the internet; null where nobody does. */
  host(): string | null {
    const origins = this.#callees.flatMap(({ subscription }) => (subscription === null ? [] : [subscription.origin]));
    const open = origins.find((origin) => origin.startsWith('https:') && isSubject(origin));
    return open === undefined ? null : new URL(open).host;
  }

  /** One that is under way may have read what is no longer so. Never rejects. */
  async lookAgain(): Promise<void> {
    await this.#looking;
    this.#isAsked = true;
    await this.look();
  }

  /** Never rejects. Callers share a look. */
  look(): Promise<void> {
    if (this.#hasEnded) return Promise.resolve();
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { snapshot, mono } = this.#parts;
    const shown = snapshot();
    const state = `${shown.level} ${shown.since}`;
    const isNew = state !== this.#seen || this.#isAsked;
    this.#seen = state;
    this.#isAsked = false;
    try {
      if (isNew || mono() >= this.#decideAt) await this.#decide(shown);
      this.#send(shown.level);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #decide(shown: ReturnType<Parts['snapshot']>): Promise<void> {
    const { mono, now, history } = this.#parts;
    const { subscriptions, store, carrier, sender } = this.#desk;
    if (sender.isIdle()) await this.#giveUpLost();
    this.#callees = calleesOf(await subscriptions.all(), { hasWebhook: carrier.webhook() !== null });
    const parts = { alerts: store, history };
    const { unfinished, againMs } = await decideAlerts(parts, { snapshot: shown, callees: this.#callees, now: now() });
    this.#unfinished = unfinished;
    this.#decideAt = mono() + againMs;
    this.#problem = null;
    await this.#tidy();
  }

  /** What could not be written down after it was sent. */
  async #giveUpLost(): Promise<void> {
    if (this.#unfinished.some(({ state }) => state === 'sending')) await this.#desk.store.loseTrack();
  }

  #send(level: Level): void {
    if (this.#unfinished.length === 0 || this.#hasEnded) return;
    const round = { unfinished: this.#unfinished, callees: this.#callees, level };
    this.#desk.sender.begin(round, (error) => {
      if (error !== undefined) this.#fail(error);
      else void this.lookAgain();
    });
  }

  async #tidy(): Promise<void> {
    const { mono, now } = this.#parts;
    const { subscriptions, store } = this.#desk;
    if (mono() < this.#tidyAt) return;
    this.#tidyAt = mono() + TIDY_EVERY_MS;
    const skewMs = now() - mono();
    const hasJumped = Math.abs(skewMs - this.#skewMs) > DAY;
    this.#skewMs = skewMs;
    // A clock that jumped may be wrong, and who is forgotten for it is called no more.
    if (hasJumped) {
      this.#tidyAt = mono() + DOUBTED_MS;
      return;
    }
    const forgotten = await subscriptions.forgetUnseen(now() - UNSEEN_FOR_MS);
    if (forgotten > 0) log.info({ forgotten }, 'devices that were not seen for 60 days get no more alerts');
    await store.forget(now() - KEPT_FOR_MS, [...this.#callees.map(({ id }) => id), WEBHOOK_ID]);
  }

  #fail(error: unknown): void {
    this.#decideAt = this.#parts.mono() + AFTER_TROUBLE_MS;
    const problem =
      error instanceof StorageError
        ? `No alert can be written down, so none is sent. ${error.message}`
        : 'Alerts fail by a fault of Lifeline’s own; its log says why.';
    if (problem !== this.#problem) log.error({ err: error }, 'alerts cannot be decided');
    this.#problem = problem;
  }
}
