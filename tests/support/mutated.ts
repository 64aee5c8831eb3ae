import { fc } from '#tests/support/fast-check.ts';

/** A text of these with pieces taken out, doubled, moved or replaced: what a tool of another year might say. */
export const mutated = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.nat(), fc.string()), { maxLength: 6 }))
    .map(([text, changes]) =>
      changes.reduce((before, [at, length, from, put]) => {
        const place = at % (before.length + 1);
        const again = before.slice(from % (before.length + 1)).slice(0, length);
        return before.slice(0, place) + (put === '' ? again : put) + before.slice(place + length);
      }, text),
    );
