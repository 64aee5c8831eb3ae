import { describe, expect, test } from 'vitest';
import { clozeAnswer, clozeOnly, clozeText } from '#lib/domain/review/cloze.ts';
import { fc } from '#tests/support/fast-check.ts';

const TEXT = 'The {{c1::hand::body part}} of {{c2::time}}';

describe('a cloze', () => {
  test.each([
    ['is hidden on its own question, behind its hint', 0, 'question', 'The [body part] of time'],
    ['is hidden behind dots where it has no hint', 1, 'question', 'The hand of [...]'],
    ['is shown on the answer', 0, 'answer', 'The hand of time'],
    ['that the text has not makes the whole field empty', 2, 'question', ''],
  ] as const)('%s', (_, ordinal, side, shown) => {
    expect(clozeText(TEXT, ordinal, side)).toBe(shown);
  });

  test.each([
    ['{{c1::a {{c2::b}} c}}', 0, '[...]'],
    ['{{c1::a {{c2::b}} c}}', 1, 'a [...] c'],
    ['{{c1,3::a}} {{c2::b}}', 2, '[...] b'],
    ['{{c1::a::h}}::b', 0, '[h]::b'],
    ['{{c1::a}} }} b', 0, '[...] }} b'],
    ['{{c2::open {{c1::a}} b', 0, '{{c2::open [...] b'],
  ])('%s on the question of card %i is %s', (text, ordinal, shown) => {
    expect(clozeText(text, ordinal, 'question')).toBe(shown);
  });

  test('alone, it is its hint on the question and its text on the answer', () => {
    expect(clozeOnly(`${TEXT} {{c1::x}}`, 0, 'question')).toBe('body part, ...');
    expect(clozeOnly(`${TEXT} {{c1::x}}`, 0, 'answer')).toBe('hand, x');
  });
});

describe('what is to be typed', () => {
  test.each([
    ['{{c1::hand}} {{c2::b}}', 'hand'],
    ['{{c1::a}} and {{c1::b}}', 'a, b'],
    ['{{c1::a}} and {{c1::a}}', 'a'],
    ['{{c1::a {{c2::b}} c::hint}}', 'a b c'],
    ['no cloze', ''],
  ])('for %s is “%s”', (text, expected) => {
    expect(clozeAnswer(text, 0)).toBe(expected);
  });
});

test('any text at all is read, in time that grows with its length only', () => {
  const piece = fc.constantFrom('{{c1::', '{{c2::', '}}', '::', 'a', '{{', '{{c1,2::', '\n', '<b>');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 2_000 }), fc.nat(3), (pieces, ordinal) => {
      const text = pieces.join('');
      for (const side of ['question', 'answer'] as const) clozeText(text, ordinal, side);
      clozeAnswer(text, ordinal);
      expect(clozeOnly(text, ordinal, 'answer').length).toBeLessThanOrEqual(text.length * 10 + 10);
    }),
  );
});

test('without clozes of its own a text stays out of the question, with them its other words stay as they are', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z ]*$/), fc.stringMatching(/^[a-z ]+$/), (around, hidden) => {
      const text = `${around}{{c1::${hidden}}}${around}`;
      expect(clozeText(text, 0, 'question')).toBe(`${around}[...]${around}`);
      expect(clozeText(text, 0, 'answer')).toBe(`${around}${hidden}${around}`);
    }),
  );
});
