import { useEffect } from 'react';
import { useNow } from '#lib/client/now.ts';
import { useDue } from '#lib/client/review/due.ts';
import { readKeptCount } from '#lib/client/review/due-kept.ts';
import { type Offer, offerOf } from '#lib/client/review/due-offer.ts';
import { areGradesWaiting } from '#lib/client/review/waiting-count.ts';
import { MINUTE } from '#lib/domain/time.ts';

/** Cards that are older are due no more, or others are. */
const KEPT_FRESH_MS = 10 * MINUTE;
/** One lost request is no silence. */
const SILENT_MS = 2 * MINUTE;

export type ReviewOffer = {
  readonly offer: Offer;
  /** Whether anybody has answered what is due. */
  readonly isKnown: boolean;
  /** Grades from here are not taken. */
  readonly isReader: boolean;
};

/** What Status can offer of the review now. A phone that has cards for the way has them renewed and its grades sent, because the Mac answers now. */
export function useReviewOffer(isLikely: boolean): ReviewOffer {
  const { data: last, times, failure } = useDue();
  const now = useNow();
  // What was due long before the Mac fell silent is no offer now.
  const isCurrent = failure === null || (times !== null && now - times.receivedAt < SILENT_MS);
  const data = isCurrent ? last : undefined;
  const kept = readKeptCount();
  const isSilent = data === undefined && failure !== null;
  const offer = offerOf({ due: data, isSilent, kept: kept?.cards ?? 0, isLikely });
  const isWorn = kept !== null && now - kept.at > KEPT_FRESH_MS;
  const isWanted = (offer.kind === 'here' && isWorn) || (data?.gateway != null && areGradesWaiting());
  useEffect(() => {
    if (!isWanted) return;
    void import('#lib/client/review/use-review.ts').then(
      ({ refreshKeptHand }) => refreshKeptHand(),
      () => undefined,
    );
  }, [isWanted]);
  return { offer, isKnown: data !== undefined, isReader: data?.mayGrade === false };
}
