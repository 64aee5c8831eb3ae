import { expect, test } from 'vitest';
import { labelOf } from '#lib/domain/review/card-label.ts';
import { fc } from '#tests/support/fast-check.ts';

const { assert, property, string } = fc;

test.each([
  ['the style before it is no text', '<style>.card { color: red }</style>el perro', 'el perro'],
  ['tags and scripts are no text', '<div>el <b>perro</b></div><script>alert(1)</script>', 'el perro'],
  ['entities are letters', 'a &amp; b &#233; &#x1F415; &nbsp;&lt;3', 'a & b é 🐕 <3'],
  ['marks of sounds and fields are no text', 'hola [anki:play:q:0] [[type:Back]]', 'hola'],
  ['a long one is cut between letters', '🐕'.repeat(100), `${'🐕'.repeat(59)}…`],
  ['a picture has none', '<img src="dog.png">', 'A card without text'],
])('%s', (_fact, html, label) => {
  expect(labelOf(html)).toBe(label);
});

test.each(['<', '<!--', '<style>', '<br ', '[[type:', '[anki:play:q:', '&#1', ' '])(
  'a card of nothing but %j keeps nobody waiting',
  (piece) => {
    const html = piece.repeat(Math.ceil(200_000 / piece.length));
    const startedAt = performance.now();
    labelOf(html);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  },
);

test('any text has a label, and a short one', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 200 }), (html) => {
      const label = labelOf(html);
      expect([...label].length).toBeGreaterThan(0);
      expect([...label].length).toBeLessThanOrEqual(60);
    }),
  );
}, 120_000);
