import { describe, expect, test } from 'vitest';
import { mediaName, mediaNames } from '#lib/domain/review/media-name.ts';
import { fc } from '#tests/support/fast-check.ts';

describe('the name of a media file', () => {
  test.each([
    ['mano.jpg', 'mano.jpg'],
    ['la%20mano.jpg', 'la mano.jpg'],
    ['100%.jpg', '100%.jpg'],
    ['a&amp;b.png', 'a&b.png'],
    ['cafe\u0301.png', 'caf\u00e9.png'],
    ['what?.png', 'what?.png'],
    ['a#1.png', 'a#1.png'],
  ])('%s is %s', (raw, name) => {
    expect(mediaName(raw)).toBe(name);
  });

  test.each([
    'https://a.example/x.png',
    '//a.example/x.png',
    '/x.png',
    '../x.png',
    '..%2Fx.png',
    'data:image/png;base64,AA',
    '',
    '.',
    'a\\b.png',
    'blob:x',
  ])('%s is none', (raw) => {
    expect(mediaName(raw)).toBeNull();
  });

  test('is never a path, whatever stands there', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('.', '/', '%2F', '%2e', '\\', '%00', 'a') })),
        (raw) => {
          expect(mediaName(raw) ?? 'none').toMatch(/^(?!\.{0,2}$)[^/\\\0]+$/);
        },
      ),
    );
  });
});

describe('the files of a side', () => {
  test.each([
    ['<img src="a.jpg"><img src=b.png><img src=\'c d.gif\'>', ['a.jpg', 'b.png', 'c d.gif']],
    ['<style>.card { background: url("bg.jpg") } @font-face { src: url(_f.woff2) }</style>', ['bg.jpg', '_f.woff2']],
    ['<div style="background:url(&quot;x.png&quot;)">', ['x.png']],
    ['<link rel=stylesheet href="_s.css"><style>@import "_t.css"</style>', ['_s.css', '_t.css']],
    ['<video poster="p.jpg"><source src="v.mp4"></video><object data="o.svg"></object>', ['v.mp4', 'p.jpg', 'o.svg']],
    ['<a href="page.html">no</a><img data-src="no.png"><img src="https://a.example/no.png">', []],
    ['<img src="a.jpg"><img src="a.jpg">', ['a.jpg']],
    ['<td background="paper.png">', ['paper.png']],
    ['<img src="&eacute;t&eacute;.png">', ['été.png']],
    ['<img srcset="a.png 1x, b%20c.png 2x">', ['a.png', 'b c.png']],
    [`<img src="data:image/png;base64,${'A'.repeat(5_000)}">`, []],
  ])('%.60s: %j', (html, names) => {
    expect(mediaNames(html).toSorted()).toEqual(names.toSorted());
  });

  test('any HTML is read, and a long hostile one soon', () => {
    const piece = fc.constantFrom(
      '<img src="',
      "src='",
      'url(',
      '@import "',
      '<link ',
      'href=',
      '"',
      "'",
      ')',
      '>',
      ' ',
      'x',
      '&quot;',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
        for (const name of mediaNames(pieces.join(''))) expect(name).not.toBe('');
      }),
    );
    expect(mediaNames('<link href '.repeat(20_000))).toEqual([]);
    expect(mediaNames('src="'.repeat(20_000)).length).toBeLessThan(20_000);
  });
});
