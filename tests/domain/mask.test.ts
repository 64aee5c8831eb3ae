import { describe, expect, test } from 'vitest';
import { masker } from '#lib/domain/mask.ts';
import { fc } from '#tests/support/fast-check.ts';

const mask = (text: string, known: readonly string[] = []) => masker(known)(text);

test.each([
  // Names of the tailnet
  ['http://macbook.tail1234.ts.net:8000/health', 'http://host-1.tailnet.ts.net:8000/health'],
  ['MacBook.tail1234.ts.net. and macbook.tail1234.ts.net', 'host-1.tailnet.ts.net. and host-1.tailnet.ts.net'],
  ['macbook.tail1234.ts.net, mini.tail1234.ts.net', 'host-1.tailnet.ts.net, host-2.tailnet.ts.net'],
  ['search tail1234.ts.net or *.tail1234.ts.net', 'search tailnet.ts.net or *.tailnet.ts.net'],
  ['/certs/macbook.tail1234.ts.net.crt', '/certs/host-1.tailnet.ts.net.crt'],
  ['https://login.tailscale.com/admin and any ts.net', 'https://login.tailscale.com/admin and any ts.net'],
  // IPv4
  ['100.64.0.7 refused, 100.64.0.9 too, 100.64.0.7', '100.x.x.1 refused, 100.x.x.2 too, 100.x.x.1'],
  ['192.168.1.20, 10.0.0.1, 172.16.3.4 and 169.254.1.1', 'lan.x.x.1, lan.x.x.2, lan.x.x.3 and lan.x.x.4'],
  ['203.0.113.7:41641', 'wan.x.x.1:41641'],
  ['100.64.0.7.8000', '100.x.x.1.8000'],
  [
    '127.0.0.1:8000, 127.8.9.1, 0.0.0.0:8000, 100.100.100.100',
    '127.0.0.1:8000, 127.8.9.1, 0.0.0.0:8000, 100.100.100.100',
  ],
  ['version 1.96.4, 2026.11.23, 300.1.1.1', 'version 1.96.4, 2026.11.23, 300.1.1.1'],
  // IPv6
  ['[fd7a:115c:a1e0::7]:8000 and fd7a:115c:a1e0::7.', '[fd7a:x:x:1]:8000 and fd7a:x:x:1.'],
  ['fe80::1%en0, fd00::1: 2001:db8::1', 'lan:x:x:1%en0, lan:x:x:2: wan:x:x:1'],
  ['from:2001:db8:1:2:3:4:5:6', 'from:wan:x:x:1'],
  ['[::]:8000, ::1, [::1]:8000, 0:0:0:0:0:0:0:1', '[::]:8000, ::1, [::1]:8000, 0:0:0:0:0:0:0:1'],
  ['::ffff:100.64.0.7 and ::ffff:127.0.0.1', '::ffff:100.x.x.1 and ::ffff:127.0.0.1'],
  ['::ffff:192.168.1.20', '::ffff:lan.x.x.1'],
  ['at 14:02:11, std::string, aa:bb:cc:dd:ee:ff', 'at 14:02:11, std::string, aa:bb:cc:dd:ee:ff'],
  // Logins
  ['Only grant@example.com may; ann@github, grant@example.com', 'Only login-1 may; login-2, login-1'],
  ['jürgen.müller+anki@bücher.example', 'login-1'],
  ['/opt/homebrew/opt/python@3.11/bin', '/opt/homebrew/opt/python@3.11/bin'],
  ['user@1000.service is running', 'user@1000.service is running'],
  // Home folders
  ['/Users/grant/anki-voice/app.py', '/Users/…/anki-voice/app.py'],
  ['File "/home/grant", line 3', 'File "/home/…", line 3'],
  ['/Users/Shared/x and /usr/bin', '/Users/Shared/x and /usr/bin'],
])('%s → %s', (text, masked) => {
  expect(mask(text)).toBe(masked);
});

describe('known names', () => {
  test('are masked wherever they stand, in any case, the longest first', () => {
    const known = ['grant', 'grants-macbook-air', 'iphone-15-pro'];
    expect(mask('GRANTS-MacBook-Air, iPhone-15-pro, com.Grant.anki, grants-macbook-air', known)).toBe(
      'name-1, name-2, com.name-3.anki, name-1',
    );
  });

  test('of fewer than five letters are words like any other', () => {
    expect(mask('macOS, Anki and AnkiConnect on mac', ['mac', 'anki', '', '  '])).toBe(
      'macOS, Anki and AnkiConnect on mac',
    );
  });

  test('that a placeholder would say stay out of it', () => {
    expect(mask('macbook.tail1234.ts.net', ['tailnet'])).toBe('…');
    expect(mask('name-1 at login-1', ['name-1', 'login-1'])).not.toMatch(/name-1|login-1/);
  });

  test('hold no pattern, only letters', () => {
    expect(mask('a.b.c(d and aXb', ['a.b.c(d', '.....'])).toBe('name-1 and aXb');
  });
});

test('one masker gives the same name the same placeholder in every text', () => {
  const masked = masker(['iphone-15-pro']);
  expect(masked('100.64.0.9 is iphone-15-pro')).toBe('100.x.x.1 is name-1');
  expect(masked('100.64.0.7 pinged 100.64.0.9')).toBe('100.x.x.2 pinged 100.x.x.1');
});

const name = fc
  .stringMatching(/^[a-zA-Z0-9][\w.@ '-]{4,20}$/)
  .map((text) => text.trim())
  .filter((text) => text.length >= 5);
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('100.64.0.7', 'fd7a:115c:a1e0::7', '::', '192.168.1.20'),
);
const word = fc.oneof(
  name,
  address,
  fc.emailAddress(),
  fc.domain().map((domain) => `${domain}.ts.net`),
  fc.constantFrom(
    ' ',
    '.',
    ':',
    '/',
    '@',
    '/Users/',
    '.ts.net',
    'host-1',
    'name-1',
    'login-1',
    '100.x.x.1',
    'tailnet',
    '…',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
const given = fc.tuple(text, fc.array(name, { maxLength: 4 })).chain(([some, known]) =>
  fc.record({
    known: fc.constant(known),
    text: fc
      .array(
        fc.oneof(
          fc.constant(some),
          fc.constantFrom(...known, ' '),
          fc.constantFrom(...known.map((one) => one.toUpperCase()), '-'),
        ),
        {
          maxLength: 6,
        },
      )
      .map((parts) => parts.join('')),
  }),
);

test('whatever the text, no known name is left in it', () => {
  fc.assert(
    fc.property(given, ({ text: some, known }) => {
      const masked = mask(some, known).toLowerCase();
      for (const each of known) expect(masked).not.toContain(each.toLowerCase());
    }),
    { numRuns: 2_000 },
  );
});

test('masking what is masked changes nothing', () => {
  fc.assert(
    fc.property(given, ({ text: some, known }) => {
      const once = mask(some, known);
      expect(mask(once, known)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

test('no address of a tailnet, a LAN or the internet is left', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(address, fc.constantFrom(' ', ', ', '\n', ' → ', '/')), { maxLength: 8 }),
      (parts) => {
        const masked = mask(parts.flat().join(''));
        for (const [each] of parts) {
          // An IPv6 address whose end is written as IPv4 is masked at its end.
          const isOwn =
            /^(127\.|0\.0\.0\.0$|255\.255\.255\.255$)/.test(each) || /:.*\./.test(each) || /^[0:]*1?$/.test(each);
          if (!isOwn) expect(masked.split(/[\s,→/]+/)).not.toContain(each);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test('a megabyte of anything is masked within a second', () => {
  const lines = [
    'a',
    '.',
    '1.',
    ':',
    'a:',
    '@',
    'a.',
    'ts.net.',
    '.ts.net',
    '/Users/',
    '100.64.0.7 ',
    'x@y.z ',
    'fd7a::1 ',
  ];
  for (const line of lines) {
    const long = line.repeat(Math.ceil(1_000_000 / line.length));
    // Looking back and forth for each character would take longer than a test may.
    expect(mask(long, ['grants-macbook-air']).length).toBeGreaterThan(0);
  }
});
