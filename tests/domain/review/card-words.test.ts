import { describe, expect, test } from 'vitest';
import { deckLanguageFile, languagesOf } from '#lib/domain/review/card-languages.ts';
import { decodeEntities, plainText } from '#lib/domain/review/html-text.ts';
import { typedFields } from '#lib/domain/review/typed-fields.ts';
import { fc } from '#tests/support/fast-check.ts';

describe('what is to be typed', () => {
  const fields = {
    Front: 'la&nbsp;<b>mano</b> [sound:mano.mp3]',
    Text: 'a {{c1::b}} {{c2::c}}',
    'A:B': 'x',
    Empty: '<br>',
  };
  test.each([
    ['[[type:Front]]', [{ field: 'Front', expected: 'la mano', ignoresAccents: false }]],
    ['[[type:nc:Front]]', [{ field: 'Front', expected: 'la mano', ignoresAccents: true }]],
    ['[[type:cloze:Text]]', [{ field: 'Text', expected: 'c', ignoresAccents: false }]],
    ['[[type:Nowhere]]', []],
    ['[[type:Empty]][[type:cloze:Front]]', []],
    ['[[type:__proto__]]', []],
    ['no mark', []],
  ])('%s', (html, typed) => {
    expect(typedFields([html, ''], { fields, ordinal: 1 })).toEqual(typed);
  });

  test('a mark of both sides is one field, the question’s come first', () => {
    const sides = ['[[type:Text]][[type:Front]]', '[[type:Front]][[type:nc:Text]]'];
    expect(
      typedFields(sides, { fields, ordinal: 0 }).map(({ field, ignoresAccents }) => [field, ignoresAccents]),
    ).toEqual([
      ['Text', false],
      ['Front', false],
      ['Text', true],
    ]);
  });
});

describe('the words of HTML', () => {
  test.each([
    ['<style>b{}</style>a<script>x()</script> b', 'a b'],
    ['a<br>b<div>c</div>', 'a b c'],
    ['1 &lt; 2 &amp;amp; 3 &#39;x&#x27;', "1 < 2 &amp; 3 'x'"],
    ['a < b', 'a < b'],
    ['caf&eacute; &Eacute;T&Eacute; &mdash; &ntilde;&hellip; &AMP; &yuml;', 'café ÉTÉ — ñ… & ÿ'],
    ['&nbsp; a &unknown; &#0; &#x110000;', 'a &unknown; &#0; &#x110000;'],
    ['<style>never ends', ''],
  ])('%s: %s', (html, words) => {
    expect(plainText(html)).toBe(words);
  });

  test('any text is read', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '&', '#', ';', '1', 'x', 'style', '!--', ' ') }),
        (html) => {
          expect(plainText(html)).toBe(plainText(html).trim());
          expect(typeof decodeEntities(html)).toBe('string');
        },
      ),
    );
  });
});

describe('the languages of a card', () => {
  const deck = { front: 'fr-FR', back: null };
  test.each([
    [['av:front=es-ES', 'av:back=en_US'], { front: 'es-ES', back: 'en-US' }],
    [['leech'], { front: 'fr-FR', back: null }],
    [['av:front=', 'av:back=no language'], { front: 'fr-FR', back: null }],
  ])('with the tags %j: %j', (tags, languages) => {
    expect(languagesOf(tags, deck)).toEqual(languages);
  });

  test.each([
    ['Spanish', '_ankiVoice.deck.Spanish.json'],
    [' Spanish::A1 & more ', '_ankiVoice.deck.Spanish_A1_more.json'],
    ['日本語', '_ankiVoice.deck._.json'],
  ])('the file of the deck “%s” is %s', (name, file) => {
    expect(deckLanguageFile(name)).toBe(file);
  });
});
