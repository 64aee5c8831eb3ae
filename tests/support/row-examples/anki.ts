import type { AnkiConnect, Bridge, Current } from '#lib/domain/anki-facts.ts';
import type { Generation } from '#lib/domain/facts.ts';
import { answered, facts } from '#tests/support/facts.ts';
import { anki, CONNECTED, fact, TIMED_OUT } from '#tests/support/host-facts.ts';
import type { RowExample } from '#tests/support/row-examples.ts';

const unreached = 'error: All connection attempts failed';
const noAnki = answered({ ankiConnect: unreached, ankiAddon: unreached, ankiRunning: 'not_running' });
const reach = (how: 'refused' | 'silent' | 'foreign') => ({ anki: fact<AnkiConnect>({ reach: how }) });
const bridge = (value: Bridge) => ({ bridge: fact(value) });
const says = (message: string) => ({ current: fact<Current>({ said: 'error', message }) });
const ofOldServer = { generation: fact<Generation>('bridge') };

/** The server answers in time, and there is no card. */
export const ANKI_EXAMPLES: readonly RowExample[] = [
  {
    row: 'R25',
    title: 'Anki is frozen: the server’s own question ran out',
    facts: facts(answered({ ankiConnect: 'error: ' }, { totalMs: 2_010 }), {
      ...reach('silent'),
      ...bridge({ reach: 'answers', port: 8_770 }),
    }),
    cause: 'anki-hung',
    confidence: 'high',
    app: TIMED_OUT,
  },
  {
    row: 'R25',
    title: 'AnkiConnect says nothing while the bridge answers',
    facts: facts(answered(), { ...reach('silent'), ...bridge({ reach: 'answers', port: 8_770 }) }),
    cause: 'anki-hung',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R34',
    title: 'Anki is closed',
    facts: facts(noAnki, { ...reach('refused'), ...bridge({ reach: 'refused' }) }),
    cause: 'anki-not-running',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R35',
    title: 'the bridge has moved, and the old server does not look there',
    facts: facts(answered({ ankiAddon: unreached }), { ...ofOldServer, ...bridge({ reach: 'answers', port: 8_771 }) }),
    cause: 'bridge-moved',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R36',
    title: 'Anki runs without AnkiConnect',
    facts: facts(answered({ ankiConnect: unreached }), {
      ...reach('refused'),
      ...bridge({ reach: 'answers', port: 8_770 }),
    }),
    cause: 'ankiconnect-missing',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R36',
    title: 'another program holds AnkiConnect’s port',
    facts: facts(noAnki, reach('foreign')),
    cause: 'ankiconnect-missing',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'R36a',
    title: 'the old server finds no bridge',
    facts: facts(answered({ ankiAddon: unreached }), { ...ofOldServer, ...bridge({ reach: 'refused' }) }),
    cause: 'bridge-missing',
    confidence: 'high',
    app: CONNECTED,
  },
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
];
