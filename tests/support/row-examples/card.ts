import type { Current } from '#lib/domain/anki-facts.ts';
import { answered, facts } from '#tests/support/facts.ts';
import { anki, CONNECTED, fact } from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const said = (value: Current) => ({ current: fact(value) });
const says = (message: string) => said({ said: 'error', message });
const noCard = (title: string, value: Current): RowExample => ({
  row: 'L4',
  title,
  facts: facts(answered(), { ...anki(), ...said(value) }),
  cause: 'no-card',
  confidence: 'medium',
  app: CONNECTED,
});

/** The server and its health are well, and no card comes. */
export const CARD_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R37',
    title: 'no review is open',
    facts: facts(answered(), {
      ...anki({ isReviewing: false }),
      ...says('Anki error: Gui review is not currently active.'),
    }),
    cause: 'no-review',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R38',
    title: 'a card is on, and the server cannot read it',
    facts: facts(answered(), { ...anki(), ...says('Backend returned: unknown') }),
    cause: 'incompatible',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R39',
    title: 'AnkiConnect wants its key',
    facts: facts(answered(), {
      ...anki({ collection: 'key-needed', isReviewing: null }),
      ...says('Anki error: valid api key must be provided'),
    }),
    cause: 'key-needed',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'L3',
    title: 'no profile is open in Anki',
    facts: facts(answered(), {
      ...anki({ collection: 'closed', isReviewing: null }),
      ...says('Anki error: collection is not available'),
    }),
    cause: 'collection-closed',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R37',
    title: 'the server hands on the bridge’s own word',
    facts: facts(answered(), said({ said: 'idle' })),
    cause: 'no-review',
    confidence: 'medium',
    app: CONNECTED,
  },
  {
    row: 'R37',
    title: 'the server has another Anki than the one that shows a card here',
    facts: facts(answered(), { ...anki(), ...says('Anki error: Gui review is not currently active.') }),
    cause: 'no-review',
    confidence: 'medium',
    app: CONNECTED,
  },
  {
    row: 'R37',
    title: 'the server has the key that Lifeline lacks',
    facts: facts(answered(), {
      ...anki({ collection: 'key-needed', isReviewing: null }),
      ...says('Anki error: Gui review is not currently active.'),
    }),
    cause: 'no-review',
    confidence: 'medium',
    app: CONNECTED,
  },
  {
    row: 'R38',
    title: 'the server has another Anki than the one that is closed here',
    facts: facts(answered(), {
      ...anki({ collection: 'closed', isReviewing: null }),
      ...says('Backend returned: unknown'),
    }),
    cause: 'incompatible',
    confidence: 'medium',
    app: CONNECTED,
  },
  {
    row: 'R32',
    title: 'the card fails by an error of the server’s own, health is ok',
    facts: facts(answered(), { ...anki(), ...says('Internal: template missing') }),
    cause: 'no-card',
    confidence: 'medium',
    app: CONNECTED,
  },
  {
    row: 'R32',
    title: 'the card fails without a word',
    facts: facts(answered(), says('')),
    cause: 'no-card',
    confidence: 'medium',
    app: CONNECTED,
  },
  noCard('the path of the card crashes', { said: 'nothing', came: 'answer', status: 500 }),
  noCard('the server hands on AnkiConnect’s envelope', { said: 'nothing', came: 'answer', status: 200 }),
  noCard('the path of the card is silent', { said: 'nothing', came: 'silence' }),
  noCard('the path of the card speaks no HTTP', { said: 'nothing', came: 'no-http' }),
  {
    row: 'L4',
    title: 'the path of the card is missing, on another machine',
    facts: facts(answered(), {
      here: false,
      ownName: false,
      ...said({ said: 'nothing', came: 'answer', status: 404 }),
    }),
    cause: 'no-card',
    confidence: 'medium',
    app: CONNECTED,
  },
];
