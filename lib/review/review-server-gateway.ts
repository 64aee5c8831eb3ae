import { buttonsOf } from '#lib/domain/review/assemble-card.ts';
import { EASES, type ReviewCard } from '#lib/domain/review/card.ts';
import { hasSounds, withoutPlayMarks } from '#lib/domain/review/card-sounds.ts';
import type { Gateway, GatewayTrouble, Hand, Read } from '#lib/domain/review/gateway.ts';
import { mediaNames } from '#lib/domain/review/media-name.ts';
import type { Fault } from './anki-connect.ts';
import type { Refusal, ReviewServer, ServerCard } from './review-server.ts';
import { trouble } from './trouble.ts';

/** For a hand: its own 4 s with Anki are more than a person with a phone waits. */
const PATIENCE_MS = 1_500;

/**
 * The gateway through the review server: the one card that Anki shows, of whichever deck. It has no log, so a card comes without
 * a guard, and it tells neither fields nor intervals.
 */
export const createReviewServerGateway = (server: ReviewServer): Gateway => ({
  kind: 'review-server',
  abilities: { undo: false, decks: false, counts: false, lookahead: false },
  hand: () => readHand(server),
  decks: async () => ({ value: [] }),
});

async function readHand(server: ReviewServer): Promise<Read<Hand>> {
  const current = await server.current(PATIENCE_MS);
  switch (current.outcome) {
    case 'card':
      return { value: { cards: [cardOf(current.card)], counts: null, hint: null } };
    case 'nothing':
      return {
        trouble: trouble('no-reviewer', 'The review server answers, but Anki shows no card.', {
          remedy: 'Open a deck in Anki and press Study Now, or see whether anything is due.',
        }),
      };
    default:
      return { trouble: serverTrouble(current) };
  }
}

function cardOf({ cardId, noteId, question, answer, languages }: ServerCard): ReviewCard {
  return {
    cardId,
    noteId,
    deck: null,
    noteType: '',
    ordinal: 0,
    question: withoutPlayMarks(question),
    answer: withoutPlayMarks(answer),
    buttons: buttonsOf(EASES),
    queue: null,
    dueAt: null,
    tags: [],
    guard: null,
    sounds: hasSounds({ question, answer }) ? null : { question: [], answer: [] },
    looseSounds: [],
    typed: [],
    media: [...new Set([...mediaNames(question), ...mediaNames(answer)])],
    languages,
  };
}

/** What to say and do where the review server gave no card, for the person with the phone. */
function serverTrouble(failed: Refusal | Fault): GatewayTrouble {
  switch (failed.outcome) {
    case 'refused':
      return trouble('unreachable', 'The review server is not running.', { remedy: 'Start it; Status says how.' });
    case 'unsent':
      return trouble('unreachable', `No connection to the review server could be made (${failed.code}).`);
    case 'timed-out':
      return trouble('silent', 'The review server does not answer in time.', { remedy: 'Status says why it is slow.' });
    case 'reset':
      return trouble('failed', 'The connection to the review server broke.', { remedy: 'Try again.' });
    case 'forbidden':
    case 'foreign':
    case 'too-large':
      return trouble('foreign', 'What answers there is not a review server.', {
        remedy: 'See that REVIEW_SERVER_URL is right.',
      });
    case 'error':
      return refusalTrouble(failed.message);
  }
}

/** By its words in all generations. Source: review reference §2.1 to §2.3. */
function refusalTrouble(message: string): GatewayTrouble {
  if (message.includes('Backend returned: unknown')) {
    return trouble(
      'incompatible',
      'This review server cannot show a card with this AnkiConnect: they do not fit together.',
      { remedy: 'Open Anki on the computer that Lifeline runs on, or install a review server that fits.' },
    );
  }
  if (/collection is not available|CollectionNotOpen/i.test(message)) {
    return trouble('collection-closed', 'Anki is open, but no collection is.', { remedy: 'Open a profile in Anki.' });
  }
  if (message.includes('valid api key must be provided')) {
    return trouble('key-needed', 'AnkiConnect wants a key, and the review server knows none.', {
      remedy: 'Take the apiKey out of the add-on’s configuration.',
    });
  }
  if (/Cannot connect to (?:AnkiConnect|Anki add-on)/i.test(message)) {
    return trouble('unreachable', 'The review server does not reach Anki.', { remedy: 'Open Anki on its computer.' });
  }
  if (/timeout|timed out/i.test(message)) {
    return trouble('silent', 'Anki does not answer the review server.', {
      remedy: 'Bring Anki to the front on its computer.',
    });
  }
  return trouble('failed', `The review server says: ${message}`);
}
