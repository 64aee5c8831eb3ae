import { alone } from '#lib/client/alone.ts';
import { ask } from '#lib/client/request.ts';
import type { Outbox } from '#lib/domain/review/outbox.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import { fetchFile } from './fetch-file.ts';
import { type GradeShelf, openGradeShelf } from './grade-shelf.ts';
import { type KeptHandShelf, openKeptHand } from './kept-hand.ts';
import type { Ask } from './send-grades.ts';
import { readSettings } from './settings.ts';
import { entrySchema, readable } from './stored.ts';

/** All that a session needs of the phone it runs on. */
export type Phone = {
  readonly ask: Ask;
  readonly grades: GradeShelf;
  readonly kept: KeptHandShelf;
  /** The phone's clock, which may jump, and one that does not. */
  readonly wall: () => EpochMs;
  readonly mono: () => DurationMs;
  /** Calls back once. Returns how not to. */
  readonly later: (ms: DurationMs, then: () => void) => () => void;
  readonly isVisible: () => boolean;
  /** Does the work while no other window of this phone does the same. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Tells the other windows. */
  readonly tell: (entries: Outbox) => void;
  /** Asks that what is kept is not cleared when the phone is short of room. */
  readonly persist: () => void;
  readonly keepsNewCards: () => boolean;
};

const NAME = 'lifeline.review';
const once = (act: () => void): (() => void) => {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
};

/** The real one. `hear` is called with what other windows of it know of their grades. */
export function thisPhone(hear: (entries: Outbox) => void): Phone {
  const windows = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
  windows?.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
    hear(readable(Array.isArray(data) ? data : [], entrySchema)),
  );
  return {
    ask,
    grades: openGradeShelf(),
    kept: openKeptHand(fetchFile),
    wall: Date.now,
    mono: () => performance.now(),
    later: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    isVisible: () => document.visibilityState === 'visible',
    alone: (work) => alone(NAME, work),
    tell: (entries) => windows?.postMessage(entries),
    persist: once(() => {
      // Missing without HTTPS.
      void navigator.storage?.persist?.().catch(() => false);
    }),
    keepsNewCards: () => readSettings().keepNewCards,
  };
}
