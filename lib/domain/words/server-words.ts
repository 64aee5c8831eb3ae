import type { Words } from './words.ts';

/** What a person reads of the review server itself: its process, its port, its answers. */
export const SERVER_WORDS = {
  healthy: {
    headline: 'The review server is ready.',
    explanation: 'It answers in time and says that Anki is there.',
  },
  'no-data': {
    headline: 'Nothing measured yet.',
    explanation: 'Lifeline has no believable probe to judge by.',
  },
  inconsistent: {
    headline: 'The facts contradict each other.',
    explanation: 'The same server answers one way and refuses another. Lifeline will not guess; the facts are below.',
  },
  'not-running': {
    headline: 'The review server is not running.',
    explanation:
      'Something at that address refuses the connection at once: the path works, and nothing listens on the port.',
  },
  crashed: {
    headline: 'The review server crashed.',
    explanation: 'It was started, ended with an error, and nothing runs in its place.',
  },
  'crash-loop': {
    headline: 'The review server keeps crashing.',
    explanation: 'It is started again and again, and ends each time before the phone can use it.',
  },
  'cannot-start': {
    headline: 'The review server cannot be started.',
    explanation:
      'The service manager tried and could not even run it: the program, its folder or its log is out of reach.',
  },
  'never-started': {
    headline: 'The review server was not started.',
    explanation: 'Nothing has started it since this machine did, so nothing listens on the port.',
  },
  starting: {
    headline: 'The review server is starting.',
    explanation:
      'Its process is there and has not opened the port yet. It takes a few seconds, or longer where it loads much.',
  },
  'just-started': {
    headline: 'The review server was started just now.',
    explanation: 'It answers. The app asked while it was not there yet, so try again in the app.',
  },
  'loopback-only': {
    headline: 'The review server listens on loopback only.',
    explanation:
      'It runs and answers on this machine, but was not started for other addresses, so the phone is refused.',
  },
  'bound-elsewhere': {
    headline: 'The review server listens on another address.',
    explanation: 'It runs, but was started for an address that is not the one the phone asks.',
  },
  'ipv4-only': {
    headline: 'The review server listens on IPv4 only.',
    explanation: 'The name leads to an IPv6 address alone, and there nothing listens.',
  },
  'ipv6-only': {
    headline: 'The review server listens on IPv6 only.',
    explanation: 'The phone comes to the IPv4 address, and there nothing listens. A start with --host :: does this.',
  },
  'wrong-port': {
    headline: 'A server listens on another port.',
    explanation:
      'Nothing listens on the port that the phone asks. The review server, or one that looks like it, is on another.',
  },
  'wrong-program': {
    headline: 'Another program answers on the port.',
    explanation: 'Something takes the connection there, and it is not the review server.',
  },
  'split-port': {
    headline: 'Two programs share the port.',
    explanation: 'Each answers at another address of this machine, so the phone meets one and this machine the other.',
  },
  malformed: {
    headline: 'What answers makes no sense.',
    explanation: 'The bytes that come back are no valid answer of a review server. Another program may hold the port.',
  },
  hung: {
    headline: 'The review server hangs.',
    explanation: 'It takes connections and then says nothing. The process is there, but stuck or suspended.',
  },
  suspended: {
    headline: 'The review server is suspended.',
    explanation: 'Its process was stopped by a signal, as Ctrl-Z does in a terminal. It is there and does nothing.',
  },
  'reload-dead': {
    headline: 'The review server’s worker is dead.',
    explanation:
      'It was started with --reload. The reloader still holds the port, and the worker that would answer is gone.',
  },
  'closed-early': {
    headline: 'The review server hangs up.',
    explanation: 'It takes the connection and ends it without a complete answer, as a crashing process does.',
  },
  'slower-than-app': {
    headline: 'The review server is slower than the app waits.',
    explanation: 'It does answer, but after more than 1.0 s. The app has given up by then and calls it unreachable.',
  },
  overloaded: {
    headline: 'This machine is overloaded.',
    explanation: 'More wants to run than its processors can do, so the answers come too late for the app.',
  },
  'server-error': {
    headline: 'The review server reports an error.',
    explanation: 'It is running and reachable, but fails at its own work or does not let the app in.',
  },
  tls: {
    headline: 'The secure connection fails.',
    explanation: 'The address answers, but no trusted encrypted connection can be made with it.',
  },
  'not-published': {
    headline: 'The review server is not published.',
    explanation:
      'It answers on this machine, but nothing listens at the address that the phone uses: tailscale serve is off.',
  },
} as const satisfies Readonly<Record<string, Words>>;
