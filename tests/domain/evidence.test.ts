import { expect, test } from 'vitest';
import { diagnose } from '#lib/domain/diagnose.ts';
import { describeFacts } from '#lib/domain/evidence.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { DAY, HOUR } from '#lib/domain/time.ts';
import { AT, answered, around, facts, failed } from '#tests/support/facts.ts';
import {
  anki,
  boot,
  fact,
  listener,
  listeners,
  phone,
  phoneView,
  process,
  processes,
  service,
  tailscale,
  UVICORN,
} from '#tests/support/host-facts.ts';

const said = (given: Facts, about: string): readonly string[] =>
  describeFacts(given)
    .filter(({ fact: name }) => name === about)
    .map(({ text }) => text);

const well = answered();

test.each<[string, Facts, string, string[]]>([
  ['an empty port', facts(well, listeners()), 'listeners', ['Nothing listens on port 8000']],
  [
    'a listener on loopback only',
    facts(well, listeners(listener({ address: '127.0.0.1' }))),
    'listeners',
    ['uvicorn (pid 5151) listens on 127.0.0.1:8000 only'],
  ],
  [
    'a listener whose owner the table does not say',
    facts(well, listeners({ address: '*', family: 'both', port: 8_000, waiting: 1 })),
    'listeners',
    ['A program listens on *:8000; 1 connection waits there'],
  ],
  [
    'a server on another port',
    facts(well, { ...listeners(listener({ port: 8_001 })), ...processes(process()) }),
    'listeners',
    ['Nothing listens on port 8000', 'uvicorn (pid 5151) listens on *:8001 (IPv4)'],
  ],
  [
    'a process by what decides where it listens, not by its whole command line',
    facts(well, processes(process({ command: `${UVICORN} --reload --env-file /Users/grant/secret.env` }))),
    'processes',
    ['python3 app.main:app --host 0.0.0.0 --port 8000 --reload (pid 5151) runs, and its worker is gone'],
  ],
  [
    'no process of another port',
    facts(failed('refused'), {
      ...listeners(),
      ...processes(process({ pid: 700, command: 'python -m uvicorn app.main:app --port 8001' })),
    }),
    'processes',
    ['No process of the review server is there'],
  ],
  ['no process', facts(well, processes()), 'processes', ['No process of the review server is there']],
  [
    'a service that ended for good',
    facts(well, service({ lastExit: { code: 1 } })),
    'service',
    ['launchd: com.example.review exited with code 1, not restarted'],
  ],
  [
    'a service the manager does not know',
    facts(well, service({ state: 'not-loaded' })),
    'service',
    ['launchd does not know com.example.review'],
  ],
  [
    'what is wrong with Tailscale before that it runs',
    facts(
      well,
      tailscale({ isMagicDnsEnabled: false, health: ['An update from version 1 to 2 is available.', 'Oh.'] }),
    ),
    'tailscale',
    ['MagicDNS is off in this tailnet', 'Tailscale says: “Oh.”', 'Tailscale is running as macbook.tail1234.ts.net'],
  ],
  [
    'a forward to the public internet',
    facts(well, {
      forwards: fact([{ port: 443, speaks: 'https' as const, to: 'http://127.0.0.1:8000', isPublic: true }]),
    }),
    'forwards',
    ['tailscale serve passes port 443 (https) on to http://127.0.0.1:8000, from the public internet too'],
  ],
  [
    'what was on another day with its date',
    facts(well, boot({ bootedAt: AT - 9 * DAY, sleptAt: AT - 16 * HOUR, wokeAt: AT - 6 * HOUR })),
    'boot',
    [
      'This machine started at 14:02:11 UTC on Sat 14 Nov',
      'It last slept from 22:02:11 UTC on Sun 22 Nov to 08:02:11 UTC',
    ],
  ],
  [
    'when a key expired',
    facts(well, tailscale({ state: 'needs-login', keyExpiresAt: AT - 2 * DAY })),
    'tailscale',
    ['Tailscale is logged out', 'Its key expired at 14:02:11 UTC on Sat 21 Nov'],
  ],
  [
    'a phone behind a relay',
    facts(well, phone({ via: 'relay', relay: 'fra' })),
    'phone',
    [
      'A ping to iphone (100.64.0.9) came back directly in 12 ms',
      'iphone (100.64.0.9) is online in the tailnet',
      'Packets to iphone (100.64.0.9) go through a relay (fra)',
    ],
  ],
  [
    'a phone that measured itself',
    facts(
      well,
      phoneView({
        answered: { at: AT - 6_000, ms: 45 },
        outage: { from: AT - 8 * 60_000, to: AT - 2 * 60_000, verdict: 'phone-path' },
      }),
    ),
    'phoneView',
    [
      `iphone could not reach Lifeline for 6 min until ${new Date(AT - 2 * 60_000).toISOString().slice(11, 19)} UTC, while this machine was awake and measuring`,
      `iphone reached Lifeline itself at ${new Date(AT - 6_000).toISOString().slice(11, 19)} UTC, in 45 ms`,
    ],
  ],
  [
    'a phone without a reply',
    facts(well, phone({ isOnline: false, pong: 'none' })),
    'phone',
    ['A ping to iphone (100.64.0.9) had no reply', 'iphone (100.64.0.9) is offline in the tailnet'],
  ],
  [
    'AnkiConnect without a review',
    facts(well, anki({ isReviewing: false })),
    'anki',
    ['AnkiConnect answers in 25 ms; no review is open'],
  ],
])('says %s', (_, given, about, expected) => {
  expect(said(given, about)).toEqual(expected);
});

test('shows nothing of an environment, a path or a command beyond what decides', () => {
  const given = facts(failed('refused'), {
    ...listeners(),
    ...processes(
      process({ command: 'env OPENAI_API_KEY=planted python3 -m uvicorn app.main:app --ssl-keyfile planted' }),
    ),
  });
  const all = [...describeFacts(given), ...diagnose(given, around).evidence];
  expect(all.filter(({ text }) => text.includes('planted'))).toEqual([]);
});

test('tells the deciding facts first, and of an Anki that is missing no sockets', () => {
  const given = facts(answered({ ankiConnect: 'error: x', ankiAddon: 'error: x', ankiRunning: 'not_running' }), {
    ...listeners(listener()),
    anki: fact({ reach: 'refused' as const }),
  });
  const { evidence } = diagnose(given, around);
  expect(evidence.map((each) => each.fact)).toEqual(['name', 'name', 'name', 'name', 'anki']);
});

test('says nothing of this machine where the server is on another', () => {
  const { evidence } = diagnose(facts(failed('refused'), { here: false, ...listeners(), ...service() }), around);
  expect(evidence.map((each) => each.fact)).toEqual(['name']);
});
