import { expect, test } from 'vitest';
import { tokenIn } from '#lib/client/pair.ts';

test.each([
  ['a token', 'a-secret-of-some-length', 'a-secret-of-some-length'],
  ['a token with the blanks that a copy brings', '  a-secret-of-some-length\n', 'a-secret-of-some-length'],
  ['a link', 'https://macbook.tail1234.ts.net/?token=a-secret%2Bmore', 'a-secret+more'],
  ['a link to a screen', 'HTTP://100.64.0.7:3000/history?window=7d&token=abc ', 'abc'],
  ['a link without a token', 'https://macbook.tail1234.ts.net/', ''],
  ['a link with an empty one', 'https://macbook.tail1234.ts.net/?token=', ''],
  ['half a link', 'https://', ''],
  ['nothing', '   ', ''],
])('%s is read', (_what, pasted, token) => {
  expect(tokenIn(pasted)).toBe(token);
});
