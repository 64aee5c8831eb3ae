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

/** The server answers in time, and what is missing is Anki or an add-on. */
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
    row: 'R25',
    title: 'the bridge waits for Anki’s window',
    facts: facts(answered(), { ...ofOldServer, ...says('Anki add-on timeout') }),
    cause: 'anki-hung',
    confidence: 'medium',
    app: CONNECTED,
  },
  {
    row: 'R25',
    title: 'the question for the card runs out, while the shorter ones of the health are answered',
    facts: facts(answered(), { ...anki(), ...says('Anki error: ') }),
    cause: 'anki-hung',
    confidence: 'medium',
    app: CONNECTED,
  },
  {
    row: 'R34',
    title: 'AnkiConnect answers the server with an error, and nobody says that Anki does not run',
    facts: facts(answered({ ankiConnect: 'error_403', ankiAddon: unreached, ankiRunning: 'unknown' })),
    cause: 'anki-not-running',
    confidence: 'medium',
    app: CONNECTED,
  },
  {
    row: 'R36a',
    title: 'the server that says of itself that it asks the bridge does not reach it',
    facts: facts(answered({ ankiAddon: unreached }), {
      ...anki(),
      ...bridge({ reach: 'refused' }),
      ...says('Cannot connect to Anki add-on'),
    }),
    cause: 'bridge-missing',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'L5',
    title: 'the server runs in a container, Anki does not',
    facts: facts(noAnki, {
      ...anki(),
      ...bridge({ reach: 'answers', port: 8_770 }),
      ...says('Anki error: Cannot connect to AnkiConnect.'),
    }),
    cause: 'anki-unreached',
    confidence: 'high',
    app: CONNECTED,
  },
  {
    row: 'L5',
    title: 'the old server runs in a container, the bridge does not',
    facts: facts(answered({ ankiAddon: unreached }), {
      ...ofOldServer,
      ...anki(),
      ...bridge({ reach: 'answers', port: 8_770 }),
    }),
    cause: 'anki-unreached',
    confidence: 'high',
    app: CONNECTED,
  },
];
