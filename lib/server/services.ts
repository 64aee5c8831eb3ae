import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Failed, ProbeResult } from '#lib/domain/probe.ts';
import { type DurationMs, type EpochMs, HOUR } from '#lib/domain/time.ts';
import { isOwnAddress } from '#lib/host/addresses.ts';
import { sleptSince } from '#lib/host/pmset.ts';
import { trimLog } from '#lib/host/trim-log.ts';
import { createChronicle } from '#lib/monitor/chronicle.ts';
import type { Effects } from '#lib/monitor/effects.ts';
import { Monitor } from '#lib/monitor/monitor.ts';
import { createRecorder } from '#lib/monitor/recorder.ts';
import { systemClock } from '#lib/probe/clock.ts';
import { askGeneration } from '#lib/probe/generation.ts';
import { probeHttp } from '#lib/probe/http-probe.ts';
import { watchLoop } from '#lib/probe/loop-watch.ts';
import { osResolver } from '#lib/probe/resolve.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import type { DevicesDb } from '#lib/store/open-devices.ts';
import { createPhoneStore, type PhoneStore } from '#lib/store/phone-samples.ts';
import { type Alerts, startAlerts } from './alerts.ts';
import type { Config } from './config.ts';
import { devicesOf } from './devices-file.ts';
import { type GradeDesk, openGradeDesk } from './grade-desk.ts';
import { createLauncher, type Launcher, startLog } from './launch.ts';
import { log } from './log.ts';
import { createMediaTokens, type MediaTokens, mediaSecret } from './media-tokens.ts';
import { type Access, openAccess } from './open-access.ts';
import { ownLedger } from './own-ledger.ts';
import { createReview, type Review } from './review.ts';
import { createSources } from './sources.ts';
import { createStarter, type Starter } from './starter.ts';
import { openStorage } from './storage.ts';
import { createTailnet, type Tailnet } from './tailnet.ts';
import { createTargets } from './targets.ts';

/** Everything the routes need, made once per process. */
export type Services = Access & {
  readonly config: Config;
  readonly version: string;
  readonly monitor: Monitor;
  readonly store: HistoryStore;
  /** Why the history lives in memory only; null when it is on disk. */
  readonly storageProblem: string | null;
  /** What is kept of the devices: who is let in, who is called, what they measured. In memory where the disk refuses. */
  readonly devices: DevicesDb;
  /** What phones measured of their way here. */
  readonly phones: PhoneStore;
  /** This machine in its tailnet. */
  readonly tailnet: Tailnet;
  /** Null when the owner has not said how the review server is started. */
  readonly starter: Starter | null;
  /** The ways to Anki. */
  readonly review: Review;
  readonly grades: GradeDesk;
  readonly mediaTokens: MediaTokens;
  readonly alerts: Alerts;
  readonly now: () => EpochMs;
  readonly close: () => Promise<void>;
};

/** A probe during which our own loop was held up for this long, and for a good part of it, may have measured us. */
const HELD_UP_MS: DurationMs = 50;
const HELD_UP_SHARE = 0.25;

/** A server that Lifeline started writes a line for each probe: a megabyte a day. */
const START_LOG_BYTES = 5_000_000;
const TRIM_EVERY_MS: DurationMs = HOUR;

// Next loads modules more than once, so the one instance lives on globalThis.
const KEY = Symbol.for('lifeline.services');
const place = globalThis as { [KEY]?: Services };

/** Opens the history, starts the monitor and makes them known to the routes. Throws AlreadyOwnedError. */
export async function startServices(config: Config): Promise<Services> {
  const { store, owner, problem, beginning, earlier } = await openStorage(config.dataDir);
  const tailnet = createTailnet();
  const recorder = createRecorder(store, log);
  const chronicle = createChronicle(beginning, { recorder, clock: systemClock });
  const launcher = createLauncher(config);
  const targets = createTargets(config, tailnet);
  const review = createReview(config, targets);
  const effects = realEffects(config, { tailnet, targets, launcher, review });
  const monitor = new Monitor({ effects, chronicle, earlier }, { intervalMs: config.probeIntervalMs });
  const ledger = ownLedger(config.dataDir, owner);
  const grades = await openGradeDesk({ openLedger: ledger.open, graderOn: review.graderOn });
  const { devices, problem: devicesProblem } = await devicesOf(config.dataDir, owner);
  const access = await openAccess(config, { devices, tailnet });
  const alerts = await startAlerts({
    config,
    devices,
    history: store,
    snapshot: () => monitor.snapshot(),
    name: tailnet.name,
    ...systemClock,
    unkept: owner === null ? problem : devicesProblem,
  });
  const trimming = setInterval(() => trimLog(startLog(config), START_LOG_BYTES), TRIM_EVERY_MS).unref();
  const services: Services = {
    config,
    version: versionOf('package.json'),
    monitor,
    store,
    storageProblem: problem,
    devices,
    phones: createPhoneStore(devices, systemClock.now),
    tailnet,
    starter: launcher === null ? null : starterFor(launcher, monitor),
    review,
    grades,
    mediaTokens: createMediaTokens(mediaSecret(config.dataDir), systemClock.now),
    alerts,
    ...access,
    now: systemClock.now,
    close: async () => {
      clearInterval(trimming);
      await alerts.close();
      await grades.close();
      await monitor.stop();
      await store.close();
      await devices.destroy();
      ledger.release();
    },
  };
  monitor.start();
  place[KEY] = services;
  return services;
}

/** The services of this process. Throws when the server has not started them: our bug. */
export function services(): Services {
  const started = place[KEY];
  if (started === undefined) throw new Error('the services were not started');
  return started;
}

/** The services where they are running; null before. */
export const runningServices = (): Services | null => place[KEY] ?? null;

type Own = Pick<Services, 'tailnet' | 'review'> & Pick<Effects, 'targets'> & { readonly launcher: Launcher | null };

function realEffects(config: Config, { tailnet, targets, launcher, review: { anki } }: Own): Effects {
  const resolve = osResolver();
  return {
    clock: systemClock,
    gauge: () => ({ uptimeMs: uptime() * 1_000, cpuMs: cpuMs() }),
    platform: process.platform,
    probe: async (target, onSilence) => {
      const watch = watchLoop();
      const heldUp = ({ totalMs }: ProbeResult): boolean => isHeldUp(watch.heldUpMs(), totalMs);
      const onTrueSilence = (soFar: Failed): void => {
        if (!heldUp(soFar)) onSilence(soFar);
      };
      const result = await probeHttp(target, { resolve, onSilence: onTrueSilence });
      const late = heldUp(result) || isOurOwn(result);
      watch.stop();
      return { result, late };
    },
    targets,
    sources: createSources(config, { anki, tailscale: tailnet.ask, launched: () => launcher?.launched() ?? null }),
    sleptSince,
    isOwnAddress,
    generation: askGeneration,
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    log,
  };
}

const starterFor = (launcher: Launcher, monitor: Monitor): Starter =>
  createStarter({
    launcher,
    probeNow: () => monitor.probeNow(),
    note: (note) => monitor.note(note),
    now: systemClock.now,
    pause,
  });

const isHeldUp = (heldUpMs: DurationMs, totalMs: DurationMs): boolean =>
  heldUpMs > HELD_UP_MS && heldUpMs > HELD_UP_SHARE * totalMs;

/** This process itself was out of sockets or memory: that says nothing of the server. */
const isOurOwn = (result: ProbeResult): boolean =>
  result.outcome === 'failed' && result.reason === 'unexplained' && result.local === true;

function cpuMs(): DurationMs {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const versionOf = (file: string): string => {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const named = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
  return typeof named === 'string' ? named : 'unknown';
};
