import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '#lib/domain/time.ts';
import { addDeck, addNote, createCollection, lend } from '#tests/support/anki-collection.ts';
import { dayStart } from '#tests/support/anki-day.ts';
import { virtualClock } from '#tests/support/anki-in-process.ts';
import { type NoteType, QUEUE, TYPE } from '#tests/support/anki-model.ts';
import { sampleCollection } from '#tests/support/anki-sample.ts';
import { plainCollection } from '#tests/support/anki-samples.ts';
import { inProcess } from '#tests/support/anki-talk.ts';
import { renderCard } from '#tests/support/anki-template.ts';

// How the scripted Anki writes cards (§1.4, §4.1) and moves them.

type Written = { front: string; back?: string; isCloze?: boolean; fields?: Record<string, string>; tags?: string[] };

/** Both sides of the first card, without the style before them. */
function written({ front, back = '{{FrontSide}}', isCloze = false, fields = {}, tags = [] }: Written) {
  const noteType: NoteType = {
    name: 'Written',
    fields: ['F', 'G', ...Object.keys(fields)],
    templates: [{ name: 'Card 1', front, back }],
    css: '.card { color: red }',
    isCloze,
  };
  const collection = createCollection();
  const values = { F: 'one', G: '', ...fields };
  const [card] = addNote(collection, { deck: 'A::B', noteType, fields: values, tags });
  if (card === undefined) throw new Error('the note has no card');
  const style = '<style>.card { color: red }</style>';
  const { question, answer } = renderCard(collection, card);
  expect([question, answer].every((side) => side.startsWith(style))).toBe(true);
  return [question.slice(style.length), answer.slice(style.length)] as const;
}

test.each([
  [{ front: '{{F}}', back: '{{FrontSide}}|{{G}}' }, 'one', 'one|'],
  [{ front: '{{#G}}full{{/G}}{{^G}}empty{{/G}}' }, 'empty', 'empty'],
  [{ front: '{{#F}}a{{#G}}b{{/G}}c{{/F}}' }, 'ac', 'ac'],
  [{ front: '{{#B}}full{{/B}}{{#c1}}1{{/c1}}{{#c2}}2{{/c2}}', fields: { B: '<br> ' } }, '1', '1'],
  [
    { front: '{{cloze:C}}', back: '{{cloze:C}}', isCloze: true, fields: { C: '{{c1::é [sound:a.mp3]}}' } },
    '<span class="cloze" data-cloze="&#xE9;&#x20;&#x5B;sound&#x3A;a&#x2E;mp3&#x5D;" data-ordinal="1">[...]</span>',
    '<span class="cloze" data-ordinal="1">é [anki:play:a:0]</span>',
  ],
  [{ front: '{{Deck}} {{Subdeck}} {{Tags}} {{Card}}', tags: ['x', 'y'] }, 'A::B B x y Card 1', 'A::B B x y Card 1'],
  [{ front: '{{type:F}}', back: '{{type:nc:F}}' }, '[[type:F]]', '[[type:nc:F]]'],
  [
    { front: '[sound:a.mp3]{{tts de_DE:F}}', back: '{{FrontSide}}[sound:b.mp3]' },
    '[anki:play:q:0][anki:play:q:1]',
    '[anki:play:q:0][anki:play:q:1][anki:play:a:0]',
  ],
  [
    { front: '{{furigana:S}}{{kana:S}}{{kanji:S}}', fields: { S: '食[た]べる' } },
    '<ruby><rb>食</rb><rt>た</rt></ruby>べるたべる食べる',
    '<ruby><rb>食</rb><rt>た</rt></ruby>べるたべる食べる',
  ],
  [
    { front: '{{cloze:C}}', back: '{{cloze:C}}', isCloze: true, fields: { C: '{{c1::a "b"::hint}} {{c2::c}}' } },
    '<span class="cloze" data-cloze="a&#x20;&quot;b&quot;" data-ordinal="1">[hint]</span> <span class="cloze-inactive" data-ordinal="2">c</span>',
    '<span class="cloze" data-ordinal="1">a "b"</span> <span class="cloze-inactive" data-ordinal="2">c</span>',
  ],
  [{ front: '{{text:B}}', fields: { B: '<b>x</b>' } }, 'x', 'x'],
] as const satisfies readonly (readonly [Written, string, string])[])(
  '%j is written as Anki writes it',
  (given, ...sides) => {
    expect(written(given)).toEqual(sides);
  },
);

test('a formula for LaTeX is an image, one for MathJax is left alone', () => {
  const [question] = written({ front: '[$]x^2[/$] \\(y\\)' });
  expect(question).toMatch(/^<img class=latex alt="\[\$\]x\^2\[\/\$\]" src="latex-[0-9a-f]{40}\.png"> \\\(y\\\)$/);
});

test('shapes on an image say where they are, and which of them is asked for', () => {
  const C =
    '{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4}}{{c2::image-occlusion:ellipse:left=.5:rx=.1}}';
  const [question, answer] = written({ front: '{{cloze:C}}', back: '{{cloze:C}}', isCloze: true, fields: { C } });
  expect(question).toContain(
    '<div class="cloze" data-ordinal="1" data-shape="rect" data-left=".1" data-top=".2" data-width=".3" data-height=".4"></div>',
  );
  expect(question).toContain('<div class="cloze-inactive" data-ordinal="2" data-shape="ellipse"');
  expect(answer).toContain('<div class="cloze-highlight" data-ordinal="1"');
});

test('the sample has a card of every kind, and the files that they name', () => {
  const collection = sampleCollection();
  const all = [...collection.cards.values()].map((card) => Object.values(renderCard(collection, card)).join(''));
  const kinds = ['README', 'lang="es"', '[anki:play:q:0]', '[anki:play:a:0]', '[[type:nc:', '[[type:cloze:', '<ruby>'];
  kinds.push('class=hint', 'data-cloze=', 'data-shape="ellipse"', '\\[', '\\ce{', '<script>', '<img ', '.nightMode');
  for (const kind of kinds) expect(all.some((html) => html.includes(kind))).toBe(true);
  for (const { fields } of collection.notes.values()) {
    const named = Object.values(fields).flatMap((html) => [
      ...html.matchAll(/\[sound:(.+?)\]|<img src="(.+?)"/g).map(([, sound, image]) => sound ?? image ?? ''),
    ]);
    for (const name of named) expect(collection.media.has(name.replaceAll('&amp;', '&').normalize('NFC'))).toBe(true);
  }
});

test.each([
  ['new', { as: 'new' }, 1, { type: TYPE.learning, queue: QUEUE.learning, left: 2, interval: 0 }],
  ['new', { as: 'new' }, 3, { type: TYPE.learning, left: 1 }],
  ['new', { as: 'new' }, 4, { type: TYPE.review, queue: QUEUE.review, interval: 4, factor: 2_500 }],
  ['in its last step', { as: 'learning', dueInMs: 0 }, 3, { type: TYPE.review, interval: 1, factor: 2_500 }],
  [
    'in review',
    { as: 'review', intervalDays: 10 },
    1,
    { type: TYPE.relearning, lapses: 1, interval: 1, factor: 2_300 },
  ],
  ['in review', { as: 'review', intervalDays: 10 }, 2, { type: TYPE.review, interval: 12, factor: 2_350 }],
  ['in review', { as: 'review', intervalDays: 10 }, 3, { type: TYPE.review, interval: 25, factor: 2_500 }],
  ['in review', { as: 'review', intervalDays: 10 }, 4, { type: TYPE.review, interval: 33, factor: 2_650 }],
  ['late', { as: 'review', intervalDays: 10, overdueDays: 4 }, 3, { interval: 30 }],
] as const)('a card that is %s %j becomes by %i %j', async (_, standing, ease, becomes) => {
  const { call, ids, collection } = inProcess({ standing, state: 'no-reviewer' });
  await call('answerCards', { answers: [{ cardId: ids[0], ease }] });
  expect(collection.cards.get(ids[0])).toMatchObject({ ...becomes, reps: standing.as === 'new' ? 1 : 2 });
});

test('a card in learning comes when it is due, before that only when nothing else is left', async () => {
  const { anki, clock, ids } = inProcess({ standing: { as: 'new' }, cards: 2 });
  const shown = () => anki.window.reviewer.cardId;
  await anki.desktop.grade(1); // due again in a minute
  expect(shown()).toBe(ids[1]);
  await anki.desktop.grade(3); // due in ten
  expect(shown()).toBe(ids[0]);
  clock.advance(11 * MINUTE);
  await anki.desktop.openDeck();
  expect(shown()).toBe(ids[0]);
  await anki.desktop.grade(4);
  expect(shown()).toBe(ids[1]);
  await anki.desktop.grade(4);
  expect(shown()).toBeNull();
});

test('a card in a filtered deck goes home when it is answered', async () => {
  const { anki, call } = inProcess({ collection: sampleCollection() });
  await anki.desktop.openDeck('Before the exam');
  const cardId = anki.window.reviewer.cardId ?? 0;
  expect(await call('guiCurrentCard')).toMatchObject({ deckName: 'Before the exam' });
  await anki.desktop.grade(3);
  expect(await call('cardsInfo', { cards: [cardId] })).toMatchObject([{ deckName: 'Spanish', reps: 2 }]);
});

test('looking at a card in a filtered deck is logged, and leaves its schedule and its count alone', async () => {
  const clock = virtualClock();
  const collection = plainCollection({ cards: 1, now: clock.now });
  const preview = addDeck(collection, 'Looking', { filtered: 'preview' });
  const cards = [...collection.cards.values()];
  const [before] = cards.map((card) => ({ ...card }));
  for (const card of cards) lend(card, preview);
  const { anki, call, revlog, ids } = inProcess({ collection, state: 'no-reviewer' });
  await anki.desktop.openDeck('Looking');
  expect(await call('guiCurrentCard')).toMatchObject({ nextReviews: expect.arrayContaining(['(end)']) });
  await anki.desktop.grade(1);
  expect(cards[0]).toMatchObject({ queue: QUEUE.preview, reps: before?.reps, interval: before?.interval });
  await anki.desktop.grade(4);
  expect(cards[0]).toEqual({ ...before, mod: expect.any(Number) });
  expect(revlog.of(ids[0]).map(({ type }) => type)).toEqual([0, 3, 3]);
});

test('the day of Anki begins at four in the morning', async () => {
  const { call, clock, ids } = inProcess({ state: 'no-reviewer' });
  await call('answerCards', { answers: [{ cardId: ids[0], ease: 3 }] });
  const tomorrow = dayStart(clock.now()) + DAY;
  expect(new Date(tomorrow).getHours()).toBe(4);
  clock.advance(tomorrow - HOUR - clock.now());
  expect(await call('getNumCardsReviewedToday')).toBe(1);
  clock.advance(HOUR);
  expect(await call('getNumCardsReviewedToday')).toBe(0);
});

test('two answers in one millisecond have rows of their own', async () => {
  const { call, ids, revlog } = inProcess({ state: 'no-reviewer' });
  await call('answerCards', { answers: ids.map((cardId) => ({ cardId, ease: 3 })) });
  expect(new Set(revlog.rows.map(({ id }) => id)).size).toBe(10);
});
