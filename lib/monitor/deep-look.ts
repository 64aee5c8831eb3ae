import { diagnose } from '#lib/domain/diagnose.ts';
import type { Diagnosis } from '#lib/domain/diagnosis.ts';
import type { AppCode, Blind, Facts } from '#lib/domain/facts.ts';
import type { PhoneView } from '#lib/domain/phone-sample.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Effects, Targets } from './effects.ts';
import type { Verdict } from './verdict.ts';

/** All that is known after looking at everything, what it comes to, and what could not be looked at. */
export type DeepLook = {
  readonly diagnosis: Diagnosis;
  readonly facts: Facts;
  readonly blind: readonly Blind[];
  /** What the facts are to be told by: which port, which clock. */
  readonly around: Surroundings;
};

/** What a look is told by the phone's side. */
export type FromPhone = {
  /** What the person says that the phone app shows; null: they did not say. */
  readonly app: AppCode | null;
  /** What the phone measured itself; absent or null where it did not. */
  readonly phoneView?: PhoneView | null;
};

/** Looks at everything, and takes the word of the person and of the phone. */
export type DeepLooker = (told: FromPhone) => Promise<DeepLook>;

/** A look costs some seconds and a dozen subprocesses: whoever asks within this long shares it. */
const SHARED_MS: DurationMs = 5 * SECOND;

type Needs = {
  readonly clock: Effects['clock'];
  readonly verdict: Verdict;
  readonly probe: () => Promise<{ readonly result: ProbeResult; readonly targets: Targets }>;
};
type Look = { readonly facts: Facts; readonly targets: Targets; readonly at: EpochMs };

export function createDeepLook({ clock, verdict, probe }: Needs): DeepLooker {
  let newest: { readonly begunMono: DurationMs; readonly look: Promise<Look>; ended: boolean } | null = null;
  const begin = (): Promise<Look> => {
    const at = clock.now();
    const look = probe().then(async ({ result, targets }) => ({
      facts: await verdict.lookDeep(result, targets),
      targets,
      at,
    }));
    const begun = { begunMono: clock.mono(), look, ended: false };
    newest = begun;
    const end = (): void => {
      begun.ended = true;
    };
    look.then(end, end);
    return look;
  };
  return async ({ app, phoneView = null }) => {
    const shared = newest !== null && (!newest.ended || clock.mono() - newest.begunMono < SHARED_MS);
    const { facts, targets, at } = await (shared && newest !== null ? newest.look : begin());
    const all: Facts = {
      ...facts,
      ...(app === null ? {} : { complaint: { value: { code: app }, at } }),
      ...(phoneView === null ? {} : { phoneView: { value: phoneView, at: clock.now() } }),
    };
    const { around } = targets;
    return { diagnosis: diagnose(all, around), facts: all, blind: verdict.blind(), around };
  };
}
