import { RequestFailure } from './request.ts';

/** The last good answer, if any, and why there is no newer one, if so. */
export type Feed<T> = {
  readonly data: T | undefined;
  readonly failure: RequestFailure | null;
  readonly refresh: () => void;
};

type Asked<T> = { readonly data: T | undefined; readonly error: unknown; readonly mutate: () => unknown };

/** What came of asking. Throws what is no failure of the request: a fault of ours. */
export function feedOf<T>({ data, error, mutate }: Asked<T>): Feed<T> {
  if (error !== undefined && !(error instanceof RequestFailure)) throw error;
  return { data, failure: error ?? null, refresh: () => void mutate() };
}
