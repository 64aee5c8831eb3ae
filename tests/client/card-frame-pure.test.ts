import { describe, expect, test } from 'vitest';
import { rewriteCss, rewriteSrcset } from '#lib/client/card-frame/css-urls.ts';
import { mediaUrls } from '#lib/client/card-frame/media-urls.ts';
import { maskOf, outlineOf } from '#lib/client/card-frame/occlusion.ts';
import { compareTyped, type Stretch } from '#lib/client/card-frame/typed-diff.ts';
import { fc } from '#tests/support/fast-check.ts';

const textOf = (stretches: readonly Stretch[], ...marks: readonly string[]) =>
  stretches
    .filter(({ mark }) => marks.includes(mark))
    .map(({ text }) => text)
    .join('');

describe('a typed answer', () => {
  test('shows where it went wrong, and a dash for what was left out', () => {
    expect(compareTyped('xBratislva', 'Bratislava', false)).toEqual({
      outcome: 'different',
      typed: [
        { mark: 'bad', text: 'x' },
        { mark: 'good', text: 'Bratisl' },
        { mark: 'missed', text: '-' },
        { mark: 'good', text: 'va' },
      ],
      expected: [
        { mark: 'good', text: 'Bratisl' },
        { mark: 'missed', text: 'a' },
        { mark: 'good', text: 'va' },
      ],
    });
  });

  test('is the same however it is composed and spaced', () => {
    expect(compareTyped(' Cafe\u0301  noir ', 'Caf\u00e9 noir', false)).toEqual({ outcome: 'same' });
    expect(compareTyped('', 'x', false)).toEqual({ outcome: 'untyped' });
  });

  test('without accents is the same only where they do not count', () => {
    expect(compareTyped('cafe', 'café', true)).toEqual({ outcome: 'same' });
    expect(compareTyped('cafe', 'café', false)).toMatchObject({ outcome: 'different' });
  });

  test('counts a character as the reader does: a family is one', () => {
    const given = compareTyped('a👨‍👩‍👧c', 'abc', false);
    expect(given).toMatchObject({ typed: [{ text: 'a' }, { mark: 'bad', text: '👨‍👩‍👧' }, { text: 'c' }] });
  });

  test('of any length ends, and no character of either text is lost', () => {
    const long = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 60 });
    fc.assert(
      fc.property(long, long, fc.boolean(), (typed, expected, ignoresAccents) => {
        const compared = compareTyped(typed, expected, ignoresAccents);
        if (compared.outcome !== 'different') return;
        const tidy = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
        expect(textOf(compared.typed, 'good', 'bad')).toBe(tidy(typed));
        expect(textOf(compared.expected, 'good', 'missed')).toBe(tidy(expected));
      }),
    );
    expect(compareTyped('a'.repeat(2_000), 'b'.repeat(2_000), false)).toMatchObject({ outcome: 'different' });
  });
});

describe('an occlusion', () => {
  const picture = { width: 200, height: 100, zoom: 0.5 };

  test.each([
    [
      { shape: 'rect', left: '.1', top: '.2', width: '.5', height: '.25' },
      { kind: 'rect', x: 20, y: 20, width: 100, height: 25, angle: 0 },
    ],
    [
      { shape: 'ellipse', left: '.1', top: '.2', rx: '.1', ry: '.3', angle: '45' },
      { kind: 'ellipse', x: 20, y: 20, rx: 20, ry: 30, angle: 45 },
    ],
    [
      { shape: 'polygon', left: '.1', top: '0', points: '0,0 .5,.5 0,1 ' },
      {
        kind: 'polygon',
        points: [
          { x: 20, y: 0 },
          { x: 120, y: 50 },
          { x: 20, y: 100 },
        ],
      },
    ],
    [
      { shape: 'text', text: 'aorta', fontSize: '.1', scale: '2' },
      { kind: 'text', text: 'aorta', fontSize: 10, scale: 2 },
    ],
  ])('lies where its fractions say: %o', (data, outline) => {
    expect(outlineOf(data, picture)).toMatchObject(outline);
  });

  test.each([
    { shape: 'rect', left: '.1' },
    { shape: 'rect', width: 'NaN', height: '1' },
    { shape: 'ellipse', rx: '-1', ry: '1' },
    { shape: 'polygon', points: '0,0 1,1' },
    { shape: 'polygon', points: 'x' },
    { shape: 'text' },
    { shape: 'star' },
    {},
  ])('that cannot be drawn is none: %o', (data) => {
    expect(outlineOf(data, picture)).toBeNull();
  });

  test('covers by what Anki made of it for this side', () => {
    expect(maskOf(['cloze'], { shape: 'rect' })).toBe('active');
    expect(maskOf(['cloze-highlight'], { shape: 'rect' })).toBe('highlight');
    expect(maskOf(['cloze-inactive'], { shape: 'rect' })).toBeNull();
    expect(maskOf(['cloze-inactive'], { shape: 'rect', occludeinactive: '1' })).toBe('inactive');
    expect(maskOf(['cloze-inactive'], { shape: 'text' })).toBe('text');
  });
});

describe('addresses in a style', () => {
  const known = (address: string) => (address === 'a b.png' || address === '_f.woff2' ? `/m/${address}` : null);

  test.each([
    [`background: url("a b.png")`, `background: url("/m/a b.png")`],
    [`background:url( a\\ b.png )`, `background:url("/m/a b.png")`],
    [`background:URL('a b.png') red`, `background:URL("/m/a b.png") red`],
    [`src: url(_f.woff2) format("woff2")`, `src: url("/m/_f.woff2") format("woff2")`],
    [`background:url(https://evil.example/x)`, `background:url("data:,")`],
    [`background:url(\\68ttps://evil.example/x)`, `background:url("data:,")`],
    [`@import "https://evil.example/x.css";`, `@import "data:,";`],
    [`@import url(https://evil.example/x.css);`, `@import url("data:,");`],
    [`mask:url(#m)`, `mask:url("#m")`],
    [`background:url(data:image/png;base64,AA==)`, `background:url("data:image/png;base64,AA==")`],
    [`content:"url(x)"`, `content:"url(x)"`],
    [`/* url(x) */ color: red`, `/* url(x) */ color: red`],
    [`background:u\\72l(a\\ b.png)`, `background:url("/m/a b.png")`],
    [`background:u\\72 l("https://evil.example/x")`, `background:u\\72 l("data:,")`],
    [`background:image-set("a b.png" type("image/png") 1x)`, `background:image-set("/m/a b.png" type("image/png") 1x)`],
    [`background:-webkit-image-set("https://evil.example/x" 1x)`, `background:-webkit-image-set("data:," 1x)`],
    [`--x:"//evil.example/x";background:image-set(var(--x) 1x)`, `--x:"";background:image-set(var(--x) 1x)`],
    [`content:"// note: a b"`, `content:"// note: a b"`],
    [`background:url(https://evil.example/x`, `background:url("data:,")`],
    [`background:url("https://evil.example/x`, `background:url("data:,"`],
    [`a:"x\n;background:url(https://evil.example/x)`, `a:"x\n;background:url("data:,")`],
    [`a:"x\\\r\n";background:url(https://evil.example/x)`, `a:"x\\\n";background:url("data:,")`],
  ])('%s', (css, rewritten) => {
    expect(rewriteCss(css, known)).toBe(rewritten);
  });

  test('never become anybody else’s, whatever the style is', () => {
    const bits = [
      'url(',
      ')',
      '"',
      "'",
      '\\',
      '/*',
      '*/',
      '@import ',
      'https://evil.example/',
      ' ',
      '\n',
      ';',
      '}',
      'x',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 30 }), (some) => {
        const css = some.join('');
        // Twice is the same as once: nothing is left that a second look would find.
        const once = rewriteCss(css, () => null);
        expect(rewriteCss(once, () => null)).toBe(once);
      }),
    );
  });

  test.each(['url(', '"\\', "'", '/*', '\\', '@import ', 'image-set(', '(', 'url( '])(
    '%s takes time by its length and no more',
    (bit) => {
      const startedAt = performance.now();
      rewriteCss(bit.repeat(50_000), () => null);
      rewriteCss(bit + ' '.repeat(200_000), () => null);
      rewriteSrcset(`x,${' '.repeat(200_000)}${bit}`, () => null);
      expect(performance.now() - startedAt).toBeLessThan(20_000);
    },
  );

  test('of a srcset keep their descriptors', () => {
    const given = '_f.woff2 1x, https://evil.example/a,b.png 2x, _f.woff2';
    expect(rewriteSrcset(given, known)).toBe('/m/_f.woff2 1x, /m/_f.woff2');
    expect(rewriteSrcset('', known)).toBe('');
  });
});

test('a file is found by its name however the card writes it', () => {
  const { find } = mediaUrls({ 'caf\u00e9 #1.png': { url: '/m/1' }, '100%.png': { url: '/m/2' } });
  expect(find('cafe\u0301 #1.png')).toBe('/m/1');
  expect(find('caf%C3%A9%20%231.png')).toBe('/m/1');
  expect(find('100%.png')).toBe('/m/2');
  expect(find('constructor')).toBeNull();
});

test('bytes get one URL of the frame’s own, until the card is gone', async () => {
  const bytes = new TextEncoder().encode('sound').buffer;
  const { find, release } = mediaUrls({ 'a.mp3': { bytes, type: 'audio/mpeg' } });
  const url = find('a.mp3') ?? '';
  expect(url).toMatch(/^blob:/);
  expect(find('a.mp3')).toBe(url);
  expect(await (await fetch(url)).text()).toBe('sound');
  release();
  await expect(fetch(url)).rejects.toThrow();
});
