import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { definesMacros, hasFormulas } from '#lib/client/card-host/math-source.ts';
import { messageBudget } from '#lib/client/card-host/message-budget.ts';
import { CARD_FRAME_URLS, CARD_MATH_URL, fromFrameSchema } from '#lib/contract/card-frame.ts';
import { toFrameSchema } from '#lib/contract/to-frame.ts';

test('a frame that measures itself ten times a second is never too loud, and one that floods soon is', () => {
  const calm = messageBudget();
  for (let ms = 0; ms < 60_000; ms += 100) expect(calm(ms)).toBe(true);
  const loud = messageBudget();
  const said = Array.from({ length: 1_000 }, () => loud(0));
  expect(said.indexOf(false)).toBe(200);
});

test.each([
  ['\\(x\\)', true, false],
  ['\\[x\\]', true, false],
  ['$x$ \\newcommand', false, false],
  ['\\(\\newcommand{\\R}{x}\\)', true, true],
  ['\\(\\def\\a{b}\\)', true, true],
  ['\\(\\let\\a=b\\)', true, true],
  ['\\(\\DeclareMathOperator{\\a}{a}\\)', true, true],
  ['\\(\\left( \\delta \\right)\\)', true, false],
])('%s: formulas %s, definitions %s', (answer, formulas, definitions) => {
  expect(hasFormulas({ question: '', answer })).toBe(formulas);
  expect(definesMacros({ question: '', answer })).toBe(definitions);
});

test('the address of MathJax has the version that is installed, so that a new one is fetched', () => {
  const { version } = JSON.parse(readFileSync('node_modules/mathjax/package.json', 'utf8'));
  expect(CARD_MATH_URL).toBe(`/card-assets/mathjax-${version}.js`);
});

test('there is a document for every leave', () => {
  expect(CARD_FRAME_URLS).toEqual([
    '/card-frame',
    '/card-frame?images=1',
    '/card-frame?scripts=1',
    '/card-frame?scripts=1&images=1',
  ]);
});

test.each([
  { type: 'grade', ease: 3 },
  { type: 'tap' },
  { type: 'tap', turn: 1.5 },
  { type: 'play', turn: 1, side: 'question', index: -1 },
  { type: 'link', turn: 1, href: 'x'.repeat(2_001) },
  { type: 'resize', turn: 1, side: 'question', height: Number.NaN },
  null,
])('a frame cannot say %o', (message) => {
  expect(fromFrameSchema.safeParse(message).success).toBe(false);
});

test('a page cannot give a frame half a card', () => {
  expect(toFrameSchema.safeParse({ type: 'card', turn: 1, question: 'x' }).success).toBe(false);
});
