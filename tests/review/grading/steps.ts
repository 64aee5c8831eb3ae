import { EASES, type Ease } from '#lib/domain/review/card.ts';
import { IN_PROCESS_FAULTS, type InProcessFault } from '#tests/support/anki-in-process.ts';
import { fc } from '#tests/support/fast-check.ts';

/** What somebody at the Mac does; `pick` says to which card. */
export type DesktopAct = {
  readonly does: 'grade' | 'open' | 'close' | 'undo' | 'suspend' | 'bury' | 'remove' | 'sync';
  readonly ease: Ease;
  readonly pick: number;
};

/** What a request meets at the server: faults of the calls to Anki in their order, a kill before a step, a full disk, somebody at the Mac. */
export type Trouble = {
  readonly faults: readonly (InProcessFault | null)[];
  readonly dieBefore: number | null;
  readonly diskRefuses: number | null;
  readonly meanwhile: { readonly atCall: number; readonly act: DesktopAct } | null;
  /** Right before the n-th card is answered a review of it comes in from elsewhere; then the answer may be lost. */
  readonly rival: { readonly atAnswer: number; readonly ease: Ease; readonly fault: InProcessFault | null } | null;
};

export type Step =
  | {
      readonly do: 'press';
      readonly phone: number;
      readonly ease: Ease;
      readonly pick: number;
      readonly isHeld: boolean;
      readonly isGuarded: boolean;
      readonly insist: boolean;
    }
  | {
      readonly do: 'flush';
      readonly phone: number;
      readonly network: 'ok' | 'request lost' | 'reply lost' | 'sent twice';
      readonly trouble: Trouble;
    }
  /** Of the newest press, or one before it. */
  | { readonly do: 'undo'; readonly phone: number; readonly before: number; readonly trouble: Trouble }
  | { readonly do: 'reconcile'; readonly trouble: Trouble }
  | { readonly do: 'desktop'; readonly act: DesktopAct }
  | { readonly do: 'deal' | 'reload'; readonly phone: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'anki'; readonly is: 'no-reviewer' | 'reviewing' | 'hung' | 'collection-closed' };

const ease = fc.constantFrom(...EASES);
const pick = fc.nat(999);
/** Most use one phone; the other one now and then grades the same cards. */
const phone = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1);

const act: fc.Arbitrary<DesktopAct> = fc.record({
  does: fc.oneof(
    { weight: 8, arbitrary: fc.constant('grade' as const) },
    { weight: 3, arbitrary: fc.constantFrom('open' as const, 'close' as const, 'undo' as const, 'sync' as const) },
    { weight: 1, arbitrary: fc.constantFrom('suspend' as const, 'bury' as const, 'remove' as const) },
  ),
  ease,
  pick,
});

const fault = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(...IN_PROCESS_FAULTS) },
);
/** Once in so many times, null otherwise. */
const onceIn = <Value>(times: number, arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const trouble: fc.Arbitrary<Trouble> = fc.record({
  faults: fc.array(fault, { maxLength: 20 }),
  dieBefore: onceIn(6, fc.integer({ min: 1, max: 120 })),
  diskRefuses: onceIn(12, fc.integer({ min: 1, max: 60 })),
  meanwhile: onceIn(3, fc.record({ atCall: fc.nat(6), act })),
  rival: onceIn(8, fc.record({ atAnswer: fc.nat(2), ease, fault: fc.constantFrom(null, null, 'silent', 'reset') })),
});

const network = fc.oneof(
  { weight: 6, arbitrary: fc.constant('ok' as const) },
  { weight: 1, arbitrary: fc.constantFrom('request lost' as const, 'reply lost' as const, 'sent twice' as const) },
);

/** True once in so many times. */
const seldom = (times: number) => fc.nat(times - 1).map((drawn) => drawn === 0);

const press = fc.record({
  do: fc.constant('press' as const),
  phone,
  ease,
  pick,
  isHeld: fc.boolean(),
  isGuarded: seldom(10).map((is) => !is),
  insist: seldom(20),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 60, arbitrary: press },
  { weight: 30, arbitrary: fc.record({ do: fc.constant('flush' as const), phone, network, trouble }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('undo' as const), phone, before: fc.constantFrom(0, 0, 1), trouble }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reconcile' as const), trouble }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('desktop' as const), act }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('deal' as const), phone }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reload' as const), phone }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 5, 11, 45, 900) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('anki' as const),
      is: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('no-reviewer' as const, 'reviewing' as const) },
        { weight: 1, arbitrary: fc.constantFrom('hung' as const, 'collection-closed' as const) },
      ),
    }),
  },
);

/** A few hours of two phones, most of them presses. */
export const steps = fc.array(step, { minLength: 1, maxLength: 300, size: 'max' });
