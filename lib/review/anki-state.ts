import type { AnkiConnect } from '#lib/domain/anki-facts.ts';
import { DECK_NAMES, GUI_REVIEW_ACTIVE } from './anki-actions.ts';
import type { AnkiConnectClient, Fault, Reply } from './anki-connect.ts';

/**
 * What AnkiConnect says of Anki, within 2 s of its turn. One call without any effect on Anki, and one tick of its timer;
 * null where this machine could not ask or the connection broke, which tells nothing. Never rejects.
 */
export async function askAnki(anki: AnkiConnectClient): Promise<AnkiConnect | null> {
  const told = await anki.callAll([DECK_NAMES, GUI_REVIEW_ACTIVE], { patienceMs: 2_000 });
  switch (told.outcome) {
    case 'answered': {
      const [decks, reviewing] = told.value;
      return {
        reach: 'answers',
        latencyMs: told.latencyMs,
        collection: collectionOf(decks),
        isReviewing: reviewing.outcome === 'answered' ? reviewing.value : null,
      };
    }
    case 'api-error':
      return { reach: 'answers', latencyMs: told.latencyMs, collection: collectionOf(told), isReviewing: null };
    default:
      return reachOf(told);
  }
}

/** `multi` itself gives a list; another program may have an envelope of the same two keys (JSON-RPC 1.0), but no such list. */
function reachOf({ outcome }: Fault | { readonly outcome: 'bad-shape' }): AnkiConnect | null {
  switch (outcome) {
    case 'refused':
      return { reach: 'refused' };
    case 'timed-out':
      return { reach: 'silent' };
    case 'bad-shape':
    case 'foreign':
    case 'forbidden': // we send no Origin, to which AnkiConnect gives a 403
    case 'too-large': // it holds the names of ten thousand decks
      return { reach: 'foreign' };
    case 'unsent':
    case 'reset':
      return null;
  }
}

type Collection = Extract<AnkiConnect, { reach: 'answers' }>['collection'];

/** The words are the add-on's own and, during a full sync, those of Anki's backend. Source: review reference §1.2 and §1.3. */
function collectionOf(decks: Reply<unknown>): Collection {
  if (decks.outcome === 'answered') return 'open';
  if (decks.outcome === 'bad-shape') return null;
  if (decks.message.includes('valid api key must be provided')) return 'key-needed';
  return /collection is not available|CollectionNotOpen/i.test(decks.message) ? 'closed' : null;
}
