import type { AnkiConnect } from '#lib/domain/anki-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { DECK_NAMES, GUI_REVIEW_ACTIVE } from './anki-actions.ts';
import type { AnkiConnectClient, Fault, Reply } from './anki-connect.ts';
import { BROKEN, notAsked } from './exchange.ts';

/**
 * What AnkiConnect says of Anki, within 2 s of its turn: one call, without any effect on Anki. Unknown where this machine
 * could not ask or the connection broke. Never rejects.
 */
export async function askAnki(anki: AnkiConnectClient): Promise<Told<AnkiConnect>> {
  const said = await anki.callAll([DECK_NAMES, GUI_REVIEW_ACTIVE], { patienceMs: 2_000 });
  switch (said.outcome) {
    case 'answered': {
      const [decks, reviewing] = said.value;
      const isReviewing = reviewing.outcome === 'answered' ? reviewing.value : null;
      return { told: { reach: 'answers', latencyMs: said.latencyMs, collection: collectionOf(decks), isReviewing } };
    }
    case 'api-error':
      return {
        told: { reach: 'answers', latencyMs: said.latencyMs, collection: collectionOf(said), isReviewing: null },
      };
    default:
      return reachOf(said);
  }
}

/** `multi` itself gives a list; another program may have an envelope of the same two keys (JSON-RPC 1.0), but no such list. */
function reachOf(fault: Fault | { readonly outcome: 'bad-shape' }): Told<AnkiConnect> {
  switch (fault.outcome) {
    case 'refused':
      return { told: { reach: 'refused' } };
    case 'timed-out':
      return { told: { reach: 'silent' } };
    case 'bad-shape':
    case 'foreign':
    case 'forbidden': // we send no Origin, to which AnkiConnect gives a 403
    case 'too-large': // it holds the names of ten thousand decks
      return { told: { reach: 'foreign' } };
    case 'unsent':
      return notAsked(fault.code);
    case 'reset':
      return BROKEN;
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
