import { useCallback, useSyncExternalStore } from 'react';
import useSWR from 'swr';
import type * as z from 'zod/mini';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import { fetchKept, type Reading } from './fetch-kept.ts';
import { type Kept, keptAtOnce, readKept, type Times } from './kept/answers.ts';
import { failingSince } from './outage.ts';
import { polling } from './polling.ts';
import { RequestFailure } from './request.ts';

/** Why there is no newer answer, and since when by the phone's clock. */
export type Trouble = { readonly failure: RequestFailure; readonly since: EpochMs };

/** The last good answer, if any, and why there is no newer one, if so. */
export type Feed<T> = {
  readonly data: T | undefined;
  readonly failure: RequestFailure | null;
  readonly refresh: () => void;
};

/** The same of what this phone keeps: an answer with its times, from this visit or one before. */
export type KeptFeed<T> = Feed<T> & { readonly times: Times | null; readonly trouble: Trouble | null };

type Answers<T> = { readonly data: T | undefined; readonly error: unknown; readonly mutate: () => unknown };

/** What came of asking. Throws what is no failure of the request: a fault of ours. */
export function feedOf<T>({ data, error, mutate }: Answers<T>): Feed<T> {
  if (error !== undefined && !(error instanceof RequestFailure)) throw error;
  return { data, failure: error ?? null, refresh: () => void mutate() };
}

/** What is asked of the Mac again and again, and kept on this phone. */
export type Asked<T> = Reading<T> & {
  /** Null: nothing is asked. */
  readonly url: string | null;
  readonly everyMs: DurationMs;
};

/** What this phone kept, by address, as it was read once; null for nothing. */
const known = new Map<string, Kept<unknown> | null>();
const listeners = new Set<() => void>();
const sought = new Set<string>();

/** The cast is sound: what is under an address was read by the one schema of that address. */
const knownOf = <T>(url: string): Kept<T> | null | undefined => known.get(url) as Kept<T> | null | undefined;

function keptOf<T>(url: string | null, schema: z.ZodMiniType<T>): Kept<T> | null {
  if (url === null) return null;
  if (!known.has(url)) known.set(url, keptAtOnce(url, schema));
  return knownOf<T>(url) ?? null;
}

/** Looks once for an answer that could not be read at once, and tells the screens if there is one. */
async function seek<T>(url: string, schema: z.ZodMiniType<T>): Promise<void> {
  if (sought.has(url)) return;
  sought.add(url);
  const { shelf } = await import('./kept/shelf.ts');
  const kept = readKept(url, await shelf.find(url), schema);
  if (kept === null) return;
  known.set(url, kept);
  for (const listener of listeners) listener();
}

/** What this phone kept of it: at once from the second render of a page's life on, since the static HTML knows nothing. */
function useKept<T>(url: string | null, schema: z.ZodMiniType<T>): Kept<T> | null {
  const listen = useCallback(
    (listener: () => void) => {
      listeners.add(listener);
      if (url !== null && keptOf(url, schema) === null) seek(url, schema).catch(() => undefined);
      return () => void listeners.delete(listener);
    },
    [url, schema],
  );
  return useSyncExternalStore(
    listen,
    () => keptOf(url, schema),
    () => null,
  );
}

/**
 * Asks every `everyMs` while somebody looks. Until the first answer, and while none comes, it shows what the phone kept; while
 * another address is waited for, the answer of the one before.
 */
export function useFeed<T extends object>(asked: Asked<T>): KeptFeed<T> {
  const { url, schema, everyMs } = asked;
  const kept = useKept(url, schema);
  const fetcher = (address: string) => fetchKept(address, asked);
  const answers = useSWR<Kept<T>, unknown>(url, fetcher, polling(everyMs));
  const { data, failure, refresh } = feedOf(answers);
  // To a phone that is not let in nothing is shown, not even what it was told before.
  const isShown = failure?.kind !== 'unpaired';
  const shown = !isShown ? undefined : data?.url === url ? data : (kept ?? data);
  return {
    data: shown?.data,
    times: shown ?? null,
    failure,
    trouble: failure === null ? null : { failure, since: failingSince(url, failure) },
    refresh,
  };
}
