import type { Cause, GapReason } from './cause.ts';

type Words = { readonly headline: string; readonly explanation: string };

/** What a person reads first, and the sentence or two that explain it. No fact in them that the cause does not imply. */
export const CAUSE_WORDS: Readonly<Record<Cause, Words>> = {
  healthy: {
    headline: 'The review server is ready.',
    explanation: 'It answers in time and says that Anki is there.',
  },
  'slower-than-app': {
    headline: 'The review server is slower than the app waits.',
    explanation: 'It does answer, but after more than 1.0 s. The app has given up by then and calls it unreachable.',
  },
  'not-running': {
    headline: 'The review server is not running.',
    explanation:
      'Something at that address refuses the connection at once: the path works, and nothing listens on the port.',
  },
  'loopback-only': {
    headline: 'The review server listens on loopback only.',
    explanation:
      'It runs and answers on this machine, but was not started for other addresses, so the phone is refused.',
  },
  hung: {
    headline: 'The review server hangs.',
    explanation: 'It takes connections and then says nothing. The process is there, but stuck or suspended.',
  },
  'closed-early': {
    headline: 'The review server hangs up.',
    explanation: 'It takes the connection and ends it without a complete answer, as a crashing process does.',
  },
  'wrong-program': {
    headline: 'Another program answers on the port.',
    explanation: 'Something speaks HTTP there, but it is not the review server.',
  },
  malformed: {
    headline: 'What answers makes no sense.',
    explanation:
      'The bytes that come back are no valid answer of a review server. Most likely another program holds the port.',
  },
  'name-not-found': {
    headline: 'The name does not exist.',
    explanation: 'This machine’s resolver knows no such name: it is misspelt, was renamed, or MagicDNS is off.',
  },
  'dns-failure': {
    headline: 'Names cannot be looked up.',
    explanation: 'This machine’s resolver gives no answer, so nothing can be said of the server behind the name.',
  },
  unreachable: {
    headline: 'The address cannot be reached.',
    explanation: 'Nothing came back from it: there is no route, a firewall drops the packets, or Tailscale is off.',
  },
  tls: {
    headline: 'The secure connection fails.',
    explanation: 'The address answers, but no trusted encrypted connection can be made with it.',
  },
  'server-error': {
    headline: 'The review server reports an error.',
    explanation: 'It is running and reachable, but fails to do its own work.',
  },
  'anki-not-running': {
    headline: 'Anki is not running.',
    explanation: 'The review server is fine. It cannot find Anki on this machine, so there is no card to review.',
  },
  'ankiconnect-missing': {
    headline: 'Anki runs without AnkiConnect.',
    explanation: 'Anki is there, but its add-on AnkiConnect does not answer the review server.',
  },
  'no-data': {
    headline: 'Nothing measured yet.',
    explanation: 'Lifeline has no believable probe to judge by.',
  },
  'wrong-address': {
    headline: 'The name leads to another address.',
    explanation: 'The review server answers on this machine, but the name points somewhere else.',
  },
  'anki-hung': {
    headline: 'Anki does not respond.',
    explanation:
      'The review server is fine. Anki takes its questions and leaves them unanswered: a dialog, a sync or App Nap.',
  },
  'bridge-missing': {
    headline: 'The bridge add-on is missing.',
    explanation: 'This review server still asks Anki through the bridge add-on, and it does not answer.',
  },
  'not-published': {
    headline: 'The review server is not published.',
    explanation:
      'It answers on this machine, but nothing listens at the address that the phone uses: tailscale serve is off.',
  },
  inconsistent: {
    headline: 'The facts contradict each other.',
    explanation: 'The same server answers one way and refuses another. Lifeline will not guess; the facts are below.',
  },
};

/** Why nothing was measured, as the end of "Not measured: …". */
export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
  stopped: 'Lifeline was not running',
  asleep: 'this machine was asleep',
  frozen: 'Lifeline itself was frozen',
  clock: 'the clock was set forward',
};
