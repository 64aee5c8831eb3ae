import * as z from 'zod/mini';
import { type Database, openDatabase } from '#lib/client/kept/database.ts';
import { readText, writeText } from '#lib/client/kept/kept-text.ts';
import { parsed } from '#lib/client/kept/parsed.ts';
import { phoneSampleSchema } from '#lib/contract/phone.ts';
import type { PhoneSample } from '#lib/domain/phone-sample.ts';
import type { EpochMs } from '#lib/domain/time.ts';

const STORE = 'samples';
/** The failures once more in `localStorage`, for the case that the database fails: they are what matters most. */
const FAILURES_KEY = 'lifeline.phone.failures.v1';
const MOST_FAILURES = 200;
/** A day of use, or more; of more the newest stay. */
const MOST_SAMPLES = 5_000;

/** What this phone measured and the Mac does not have yet. Held in memory, so that it works where nothing can be stored. */
export type SampleShelf = {
  /** Adds what earlier visits left. */
  readonly load: () => Promise<void>;
  readonly add: (sample: PhoneSample) => Promise<void>;
  /** The oldest, at most so many. */
  readonly oldest: (most: number) => readonly PhoneSample[];
  /** Forgets those of these moments. */
  readonly remove: (moments: readonly EpochMs[]) => Promise<void>;
  /** Forgets all. */
  readonly clear: () => Promise<void>;
  /** Closes the database while nobody looks: iOS ends the process that serves it. */
  readonly rest: () => void;
};

export function openSampleShelf(database: Database = openDatabase('lifeline-phone', [STORE])): SampleShelf {
  const held = new Map<EpochMs, PhoneSample>();
  const take = (samples: readonly PhoneSample[]): void => {
    for (const sample of samples) held.set(sample.at, sample);
  };
  const inOrder = (): readonly PhoneSample[] => [...held.values()].sort((a, b) => a.at - b.at);
  const noteFailures = (): void => {
    const failures = inOrder().filter(({ outcome }) => outcome !== 'answered');
    writeText(FAILURES_KEY, failures.length === 0 ? null : JSON.stringify(failures.slice(-MOST_FAILURES)));
  };
  const forget = async (moments: readonly EpochMs[]): Promise<void> => {
    const hadFailed = moments.some((at) => (held.get(at)?.outcome ?? 'answered') !== 'answered');
    for (const at of moments) held.delete(at);
    if (hadFailed) noteFailures();
    await database.run(async (opened) => {
      const change = opened.transaction(STORE, 'readwrite');
      await Promise.all([...moments.map((at) => change.store.delete(at)), change.done]);
    });
  };
  const bound = async (): Promise<void> => {
    const surplus = inOrder().slice(0, Math.max(0, held.size - MOST_SAMPLES));
    if (surplus.length > 0) await forget(surplus.map(({ at }) => at));
  };
  return {
    load: async () => {
      const read = await database.run((opened) => opened.getAll(STORE));
      take(samplesIn(parsed(readText(FAILURES_KEY))));
      take(samplesIn(read?.value));
      await bound();
    },
    add: async (sample) => {
      take([sample]);
      if (sample.outcome !== 'answered') noteFailures();
      await database.run((opened) => opened.put(STORE, sample, sample.at));
      await bound();
    },
    oldest: (most) => inOrder().slice(0, most),
    remove: forget,
    clear: () => forget([...held.keys()]),
    rest: () => database.rest(),
  };
}

/** Those of the values that this version of the app knows. */
const samplesIn = (kept: unknown): readonly PhoneSample[] =>
  (Array.isArray(kept) ? kept : []).flatMap((value: unknown) => {
    const read = z.safeParse(phoneSampleSchema, value);
    return read.success ? [read.data] : [];
  });
