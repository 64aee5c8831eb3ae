import type { FailureKind } from '#lib/client/request.ts';
import type { Setup } from '#lib/contract/setup.ts';
import type { Check, CheckState } from './check.ts';
import { publishedCheck } from './published.ts';
import type { ThisDevice } from './this-device.ts';

/** The steps of Setup, in the order in which they are taken. */
export const STEPS = ['published', 'phone', 'installed', 'alerts', 'kept', 'offline', 'version', 'login'] as const;
export type StepName = (typeof STEPS)[number];

/** All that is known: of the Mac (null: it never said), of this device (null: not looked at yet) and of alerts here. */
export type Known = {
  readonly setup: Setup | null;
  /** Why the Mac does not tell; null while it does, or is being asked for the first time. */
  readonly why: FailureKind | null;
  readonly device: ThisDevice | null;
  readonly alerts: Check;
  /** The build that this page is of. */
  readonly build: string;
};

const LOOKING: Check = { state: 'looking', says: 'Looking…' };
const NEEDS_HTTPS: Check = { state: 'todo', says: 'Needs https: see the first step.' };
const SILENCE: Readonly<Record<FailureKind, string>> = {
  unreachable: 'The Mac does not answer.',
  'not-running': 'Lifeline is not running on the Mac.',
  unpaired: 'The Mac tells it to paired devices only.',
  refused: 'Lifeline answers with an error.',
  unreadable: 'This page is out of date.',
};

/** How every step stands. A state is told only where somebody told it: what nobody said is unknown. */
export function checksOf(known: Known): Readonly<Record<StepName, Check>> {
  const { setup, device, why } = known;
  const silent: Check = why === null ? LOOKING : { state: 'unknown', says: SILENCE[why] };
  const ofDevice = (check: (device: ThisDevice) => Check): Check => (device === null ? LOOKING : check(device));
  const ofMac = (check: (setup: Setup) => Check): Check => (setup === null ? silent : check(setup));
  return {
    published: ofDevice((here) => publishedCheck(setup, here) ?? silent),
    phone: ofDevice((here) => (here.kind === 'desktop' ? ofMac(phoneCheck) : ON_PHONE)),
    installed: ofDevice(installedCheck),
    alerts: ofDevice(({ kind }) => alertsCheck(known.alerts, kind)),
    kept: ofDevice(keptCheck),
    offline: ofDevice(offlineCheck),
    version: ofMac((told) => versionCheck(told, known.build)),
    login: ofMac(loginCheck),
  };
}

/** How many of the steps that are needed are done; null while one of them is still looked at. */
export function progressOf(
  checks: Readonly<Record<StepName, Check>>,
): { readonly done: number; readonly of: number } | null {
  const states = STEPS.map((step) => checks[step].state);
  if (states.includes('looking')) return null;
  const needed = states.filter((state) => state !== 'optional');
  return { done: needed.filter((state) => state === 'done').length, of: needed.length };
}

/** The step to be taken now: the first that is still to do, or wrong. Null when nothing is left. */
export const nextStep = (checks: Readonly<Record<StepName, Check>>): StepName | null =>
  STEPS.find((step) => checks[step].state === 'todo' || checks[step].state === 'warn') ?? null;

const ON_PHONE: Check = { state: 'done', says: 'You are on it.' };

/** Who may change nothing is told of no other device, and has nothing to do at the Mac. */
const ofOwner = ({ caller }: Setup): CheckState => (caller.refusal === null ? 'todo' : 'optional');

function phoneCheck(setup: Setup): Check {
  const { devices, link } = setup;
  const others = devices.filter(({ isThis }) => !isThis);
  const [first] = others;
  if (first === undefined) {
    return {
      state: ofOwner(setup),
      says: link === null ? 'Needs https: see the first step.' : 'Scan the code with its camera.',
    };
  }
  const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
  return { state: 'done', says: `Opened by ${first.name}${more}.` };
}

function installedCheck({ isInstalled, isSecure, kind }: ThisDevice): Check {
  if (isInstalled) return { state: 'done', says: 'Opened as an app.' };
  if (kind === 'desktop') return { state: 'optional', says: 'This is meant for the phone.' };
  return isSecure ? { state: 'todo', says: 'You are in a browser.' } : NEEDS_HTTPS;
}

/** Whoever sits at the Mac sees what is the matter with it. */
const alertsCheck = (alerts: Check, kind: ThisDevice['kind']): Check =>
  kind === 'desktop' && alerts.state === 'todo' ? { ...alerts, state: 'optional' } : alerts;

function keptCheck({ storage, isSecure, kind, isInstalled }: ThisDevice): Check {
  if (!isSecure)
    return kind === 'desktop' ? { state: 'optional', says: 'Without https nothing lasts here.' } : NEEDS_HTTPS;
  if (storage === null) return { state: 'unknown', says: 'This browser does not say whether it keeps anything.' };
  if (storage.isPersisted) return { state: 'done', says: 'Until you delete it.' };
  if (kind === 'desktop') return { state: 'optional', says: 'Until this browser needs the space.' };
  const until =
    kind === 'ios' && !isInstalled
      ? 'Until Safari clears it, after 7 days without a visit.'
      : 'Until the space is needed.';
  return { state: 'todo', says: until };
}

function offlineCheck({ worker, isSecure }: ThisDevice): Check {
  if (!isSecure) return NEEDS_HTTPS;
  switch (worker.state) {
    case 'unsupported':
      return { state: 'unknown', says: 'This browser has no service workers, or keeps them off.' };
    case 'none':
      return { state: 'todo', says: 'The files are not kept yet.' };
    case 'arriving':
      return { state: 'todo', says: 'The files are on their way.' };
    case 'waiting':
      return { state: 'todo', says: 'A newer version is here.' };
    case 'controls':
      return worker.files > 0
        ? { state: 'done', says: `${worker.files} files are kept here.` }
        : { state: 'todo', says: 'The files are on their way.' };
  }
}

function versionCheck(told: Setup, build: string): Check {
  return told.build === build
    ? { state: 'done', says: `Version ${told.version} here and on the Mac.` }
    : { state: 'todo', says: 'This page and the Mac are of different builds.' };
}

function loginCheck(setup: Setup): Check {
  const { startsAtLogin } = setup;
  if (startsAtLogin === null) return { state: 'optional', says: 'Only on macOS and with systemd.' };
  return startsAtLogin
    ? { state: 'done', says: 'Lifeline runs from the login on.' }
    : { state: ofOwner(setup), says: 'After a restart somebody has to start it.' };
}
