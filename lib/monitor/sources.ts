import type { SideFacts } from '#lib/domain/facts.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import type { Targets } from './effects.ts';

/** What is concluded from other facts, said by a person or handed in by a phone; everything else is looked at. */
type Derived = 'restarts' | 'generation' | 'past' | 'complaint' | 'phoneView';
export type SourceName = Exclude<keyof SideFacts, Derived>;
export type ValueOf<Name extends SourceName> = NonNullable<SideFacts[Name]>['value'];

/** A tailnet address from which a page was asked for, and when. */
export type Asker = { readonly address: string; readonly at: EpochMs };

/** What a source is told of the situation it is asked in. */
export type About = {
  readonly targets: Targets;
  /** What is known so far: the log is found by the service, the holder of the port by the sockets. */
  readonly known: SideFacts;
  /** Who asked for a page last, the phone as a rule; null when nobody did through the tailnet. */
  readonly asker: Asker | null;
  /** Somebody waits for a deep look: what takes seconds is worth it. */
  readonly isDeep: boolean;
};

/** One function for each thing that can be looked at. None rejects; each ends within its own patience. */
export type Sources = { readonly [Name in SourceName]: (about: About) => Promise<Told<ValueOf<Name>>> };
