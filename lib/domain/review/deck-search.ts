/** The part of one of Anki's searches that finds a deck and its subdecks; empty for every deck. */
const inDeck = (deck: string | null): string =>
  deck === null ? '' : `deck:"${deck.replace(/[\\"*_]/g, '\\$&')}"`;

/** Whether a card in one deck is reviewed with another; null is every deck. */
export const belongsTo = (deck: string, reviewed: string | null): boolean =>
  reviewed === null || deck === reviewed || deck.startsWith(`${reviewed}::`);

const READY = '-is:suspended -is:buried';

/** The searches for what could be reviewed now, which know nothing of daily limits. Source: review reference §1.4 and §3.3. */
export const searchesIn = (deck: string | null) => {
  const search = (kind: string) => `${inDeck(deck)} ${kind} ${READY}`.trim();
  return {
    learning: search('is:due is:learn'),
    review: search('is:due -is:learn'),
    new: search('is:new'),
  };
};
