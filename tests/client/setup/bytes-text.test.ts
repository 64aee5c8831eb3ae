import { expect, test } from 'vitest';
import { sizeText } from '#lib/client/setup/bytes-text.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 KB'],
  [839_600, '840 KB'],
  [3_240_000, '3.2 MB'],
  [12_400_000_000, '12 GB'],
  [-1, '0 bytes'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
