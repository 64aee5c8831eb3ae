import { expect, test } from 'vitest';
import { APP_SIGNS, codeText } from '#lib/client/app-words.ts';
import { lookUrl } from '#lib/client/deep-look.ts';
import { factText } from '#lib/client/fact-words.ts';
import { APP_CODES } from '#lib/domain/facts.ts';

test.each([
  [{ app: null }, '/api/diagnosis'],
  [{ app: -1004 }, '/api/diagnosis?app=-1004'],
  [{ app: null, asText: { masked: true } }, '/api/diagnosis?format=text&mask=1'],
  [{ app: -1001, asText: { masked: false } }, '/api/diagnosis?app=-1001&format=text'],
] as const)('a look for %j asks %s', (wanted, url) => expect(lookUrl(wanted)).toBe(url));

test('every code that a person can read off the app can be chosen, once', () => {
  const offered = APP_SIGNS.flatMap(({ signs }) => signs.map(({ code }) => code));
  expect(offered.toSorted()).toEqual([...APP_CODES].toSorted());
});

test('each code stands under the caption that the app has for it', () => {
  expect(APP_SIGNS[0]).toMatchObject({ caption: 'Server timeout', signs: [{ code: -1001 }] });
  expect(codeText(-1001)).toBe('−1001');
});

test('a fact that this page does not know yet is told by its own name', () => {
  expect(factText('listeners')).toBe('Listening ports');
  expect(factText('constructor')).toBe('constructor');
});
