import type { Words } from './words.ts';

/** What a person reads of Anki, its add-ons and the card. */
export const ANKI_WORDS = {
  'anki-not-running': {
    headline: 'Anki is not running.',
    explanation: 'The review server is fine. It cannot find Anki on this machine, so there is no card to review.',
  },
  'anki-hung': {
    headline: 'Anki does not respond.',
    explanation:
      'The review server is fine. Anki takes its questions and leaves them unanswered: a dialog, a sync or App Nap.',
  },
  'ankiconnect-missing': {
    headline: 'Anki runs without AnkiConnect.',
    explanation: 'Anki is there, but its add-on AnkiConnect does not answer the review server.',
  },
  'key-needed': {
    headline: 'AnkiConnect wants a key.',
    explanation: 'Its apiKey is set and the review server sends none, so it gets no cards.',
  },
  'bridge-missing': {
    headline: 'The bridge add-on is missing.',
    explanation: 'This review server still asks Anki through the bridge add-on, and it does not answer.',
  },
  'bridge-moved': {
    headline: 'The bridge add-on is on another port.',
    explanation: 'Its port was taken, so it moved to 8771. The review server looks for it on 8770 only.',
  },
  'collection-closed': {
    headline: 'Anki’s collection is closed.',
    explanation: 'Anki runs without a profile open, or is busy with a full sync, so it has no cards to give.',
  },
  'no-review': {
    headline: 'No review is open in Anki.',
    explanation: 'Everything answers. Anki shows no card, so there is none to review.',
  },
  incompatible: {
    headline: 'The review server does not fit this AnkiConnect.',
    explanation: 'Anki shows a card and the server cannot read it: it expects another backend than the one installed.',
  },
  'no-card': {
    headline: 'The review server does not say which card is on.',
    explanation:
      'It answers, but its /current fails or says what the phone cannot read, so there is no card to review.',
  },
  'anki-unreached': {
    headline: 'The review server cannot reach Anki.',
    explanation:
      'Anki’s add-on answers on this machine, but not to the server: it may run in a container or ask another address or port.',
  },
} as const satisfies Readonly<Record<string, Words>>;
