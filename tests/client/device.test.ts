import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { uuidV7 } from '#lib/client/device.ts';
import { fc } from '#tests/support/fast-check.ts';

const { assert, nat, property } = fc;

test('a grade id is a UUIDv7 that begins with its moment', () => {
  assert(
    property(nat(2 ** 31), (seconds) => {
      const at = seconds * 1_000 + 7;
      const id = uuidV7(at);
      expect(z.safeParse(z.uuidv7(), id).success).toBe(true);
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
    }),
  );
});

test('two of one moment differ', () => {
  expect(new Set(Array.from({ length: 1_000 }, () => uuidV7(1))).size).toBe(1_000);
});
