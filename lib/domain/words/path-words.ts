import type { Words } from './words.ts';

/** What a person reads of the way between the phone and the port. */
export const PATH_WORDS = {
  'firewall-rejects': {
    headline: 'A firewall refuses the connection.',
    explanation: 'The review server listens, and a firewall rule on this machine sends connections from outside away.',
  },
  'firewall-drops': {
    headline: 'A firewall drops the connection.',
    explanation: 'The review server listens, and a firewall rule on this machine swallows what comes from outside.',
  },
  'mac-firewall': {
    headline: 'The macOS firewall blocks the review server.',
    explanation: 'It listens and answers on this machine. The application firewall lets nothing in for it.',
  },
  'mac-asleep': {
    headline: 'This machine was asleep.',
    explanation: 'It could not answer while it slept. It is awake now.',
  },
  'tailscale-not-running': {
    headline: 'Tailscale is not running.',
    explanation: 'This machine has left the tailnet, so the phone’s packets end nowhere.',
  },
  'tailscale-stopped': {
    headline: 'Tailscale is stopped.',
    explanation: 'It runs on this machine but was switched off, so the phone’s packets end nowhere.',
  },
  'tailscale-logged-out': {
    headline: 'Tailscale is logged out.',
    explanation: 'This machine does not belong to the tailnet until someone logs in again.',
  },
  'key-expired': {
    headline: 'This machine’s Tailscale key has expired.',
    explanation: 'The tailnet leaves it out until it logs in again.',
  },
  'needs-approval': {
    headline: 'This machine waits for approval.',
    explanation: 'An administrator of the tailnet has to let it in.',
  },
  'tailscale-offline': {
    headline: 'Tailscale cannot connect.',
    explanation:
      'It is on, but has no connection to the tailnet: this machine’s own internet access fails or is blocked.',
  },
  'magicdns-unused': {
    headline: 'This machine does not ask MagicDNS.',
    explanation:
      'The tailnet knows the name, this machine’s resolver does not. The phone has its own resolver and is not affected.',
  },
  'slow-names': {
    headline: 'Names are slow on this machine.',
    explanation:
      'The review server answers in time; looking its name up takes long. The phone has its own resolver and is not affected.',
  },
  'magicdns-off': {
    headline: 'MagicDNS is off.',
    explanation: 'The tailnet gives its machines no names, so the phone cannot look this one up.',
  },
  'name-not-found': {
    headline: 'The name does not exist.',
    explanation: 'This machine’s resolver knows no such name: it is misspelt, was renamed, or MagicDNS is off.',
  },
  'dns-failure': {
    headline: 'Names cannot be looked up.',
    explanation: 'This machine’s resolver gives no answer, so nothing can be said of the server behind the name.',
  },
  'wrong-address': {
    headline: 'The name leads to another address.',
    explanation: 'The review server answers on this machine, but the name points somewhere else.',
  },
  unreachable: {
    headline: 'The address cannot be reached.',
    explanation: 'Nothing came back from it: there is no route, a firewall drops the packets, or Tailscale is off.',
  },
  'policy-blocks': {
    headline: 'The tailnet’s policy blocks the port.',
    explanation:
      'The phone reaches this machine, and the server answers here, but their connection is dropped between: an access rule or Shields Up.',
  },
  'slow-path': {
    headline: 'The path between phone and server is slow.',
    explanation: 'It leads through a relay, a proxy or a poor network, and that takes longer than the app waits.',
  },
  'path-mtu': {
    headline: 'Large packets do not get through.',
    explanation: 'Small answers reach the phone, large ones do not: something on its path swallows them.',
  },
  'phone-offline': {
    headline: 'The phone is not in the tailnet.',
    explanation: 'Its Tailscale is off, or it has no internet.',
  },
  'phone-stale': {
    headline: 'Only the phone fails.',
    explanation:
      'Everything is in order from here. Most likely the phone holds on to an old session or name, or its Tailscale does.',
  },
  'stale-connection': {
    headline: 'The app used a connection that was gone.',
    explanation:
      'The server closes idle connections after a while, and the app had kept one. It works at the second try.',
  },
  'app-address': {
    headline: 'The app asks another address.',
    explanation:
      'The server answers where Lifeline asks, so the address in the app must differ from it, most likely in its port.',
  },
  'cleartext-blocked': {
    headline: 'iOS blocks the app’s plain HTTP.',
    explanation: 'The app was built without an exception for this name, so the request never leaves the phone.',
  },
} as const satisfies Readonly<Record<string, Words>>;
