import { describe, expect, test } from 'vitest';
import { type OutcomeWords, outcomeWords, problemsLine } from '#lib/client/review/outcome-words.ts';
import {
  answerLabel,
  countsSentence,
  deckLeaf,
  intervalText,
  placeText,
  spokenInterval,
  stopwatchText,
} from '#lib/client/review/words.ts';
import { HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { sampleProblem } from '#tests/support/sample-review.ts';

describe('the time until a card comes again', () => {
  test.each([
    ['<1m', '< 1 min', 'less than 1 minute'],
    ['<10m', '< 10 min', 'less than 10 minutes'],
    ['10m', '10 min', '10 minutes'],
    ['30s', '30 s', '30 seconds'],
    ['1h', '1 h', '1 hour'],
    ['1d', '1 day', '1 day'],
    ['4d', '4 days', '4 days'],
    ['1.2mo', '1.2 months', '1.2 months'],
    ['1,2mo', '1,2 months', '1,2 months'],
    ['1y', '1 year', '1 year'],
    ['3.5y', '3.5 years', '3.5 years'],
    ['10 分', '10 分', '10 分'],
    ['(end)', '(end)', '(end)'],
  ])('%s is written %s and said %s', (next, written, said) => {
    expect(intervalText(next)).toBe(written);
    expect(spokenInterval(next)).toBe(said);
  });

  test('minutes are never heard as metres, nor months as minutes', () => {
    expect(answerLabel(3, '10m')).toBe('Good, next in 10 minutes');
    expect(answerLabel(4, '1.2mo')).toBe('Easy, next in 1.2 months');
    expect(answerLabel(1, null)).toBe('Again');
  });
});

test.each([
  ['Spanish::Verbs', 'Verbs'],
  ['Default', 'Default'],
])('of the deck %s its own name is shown: %s', (name, leaf) => expect(deckLeaf(name)).toBe(leaf));

test('the counts are told without their colours', () => {
  const counts = { new: 3, learning: 2, review: 7 };
  expect(countsSentence(counts, 'review')).toBe('3 new, 2 learning, 7 to review. This card: to review');
  expect(countsSentence(counts, null)).toBe('3 new, 2 learning, 7 to review');
});

test.each([
  [-SECOND, '0:00'],
  [2 * MINUTE + 14_900, '2:14'],
  [HOUR + 2 * MINUTE + 4 * SECOND, '1:02:04'],
])('%i ms on the stop watch read %s', (ms, text) => expect(stopwatchText(ms)).toBe(text));

test.each([
  ['the phone holds all', 'offline', 4, 8, null, '5 of 12'],
  ['more are due than the phone holds', 'anki-connect', 4, 30, { new: 9, learning: 6, review: 90 }, '5 of 109'],
  ['the counts lag behind the hand', 'anki-connect', 4, 8, { new: 0, learning: 0, review: 5 }, '5 of 12'],
  ['it is the last', 'offline', 11, 1, null, '12 of 12'],
  ['nothing is known to be left', 'anki-connect', 3, 0, { new: 0, learning: 0, review: 0 }, '4 of 4'],
  ['cards come one by one, and nobody says how many', 'review-server', 3, 1, null, 'Card 4'],
] as const)('the place is told where %s', (_, source, done, left, counts, text) => {
  expect(placeText(done, left, { counts, source })).toBe(text);
});

describe('a grade that did not count as pressed', () => {
  const all = [
    [
      { status: 'conflict', why: 'reviewed' },
      { title: 'Not counted', why: /reviewed somewhere else/ },
    ],
    [
      { status: 'conflict', why: 'another-card' },
      { title: 'Not counted', why: /another card/ },
    ],
    [
      { status: 'conflict', why: 'other-ease' },
      { title: 'Another answer was counted', why: /than Good/ },
    ],
    [
      { status: 'conflict', why: 'twice' },
      { title: 'Counted twice', why: /Undo/ },
    ],
    [{ status: 'gone' }, { title: 'Not counted', why: /not in the collection/ }],
    [
      { status: 'blocked', why: 'suspended' },
      { title: 'Not counted', why: /was suspended/ },
    ],
    [
      { status: 'blocked', why: 'buried' },
      { title: 'Not counted', why: /was buried/ },
    ],
    [
      { status: 'stale', why: 'learning' },
      { title: 'Too late to count unasked', why: /half an hour/ },
    ],
    [
      { status: 'stale', why: 'day' },
      { title: 'Too late to count unasked', why: /new day/ },
    ],
    [
      { status: 'failed', detail: 'Anki said no.' },
      { title: 'Not counted', why: /^Anki said no\.$/ },
    ],
    [
      { status: 'unproven', detail: 'No log.' },
      { title: 'Perhaps counted', why: /^No log\. It is never sent again\.$/ },
    ],
  ] as const;

  test.each(all)('%j has its words', (answer, { title, why }) => {
    const words: OutcomeWords = outcomeWords(sampleProblem({ answer }));
    expect(words.title).toBe(title);
    expect(words.why).toMatch(why);
  });

  test('is counted in one line, which claims no more than is known', () => {
    const gone = sampleProblem({ answer: { status: 'gone' } });
    const twice = sampleProblem({ answer: { status: 'conflict', why: 'twice' } });
    const unproven = sampleProblem({ answer: { status: 'unproven', detail: 'No log.' } });
    expect(problemsLine([gone])).toBe('1 grade was not counted');
    expect(problemsLine([gone, gone])).toBe('2 grades were not counted');
    expect(problemsLine([gone, twice])).toBe('2 grades need a look');
    expect(problemsLine([unproven])).toBe('1 grade needs a look');
  });
});
