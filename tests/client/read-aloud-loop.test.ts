import { describe, expect, test } from 'vitest';
import { isReading, type Loop, type LoopEvent, nextStep, OFF, type Seen } from '#lib/client/review/read-aloud-loop.ts';
import { fc } from '#tests/support/fast-check.ts';

const at = (turn: number, side: 'question' | 'answer', done = turn): Seen => ({ turn, side, done });
const run = (...events: LoopEvent[]): Loop => events.reduce(nextStep, OFF);
const begin: LoopEvent = { type: 'begin', seen: at(0, 'question') };
const seen = (what: Seen): LoopEvent => ({ type: 'seen', seen: what });
const [heard, thought, press, failed, end]: LoopEvent[] = [
  { type: 'heard' },
  { type: 'thought' },
  { type: 'press' },
  { type: 'failed' },
  { type: 'end' },
];
const toGrade = [begin, heard, thought, seen(at(0, 'answer')), heard] as LoopEvent[];

describe('hands-free', () => {
  test.each<[what: string, events: (LoopEvent | undefined)[], step: Loop['step']]>([
    ['begins with the question', [begin], 'question'],
    ['begins with the answer where that is shown', [{ type: 'begin', seen: at(0, 'answer') }], 'answer'],
    ['does not begin without a card', [{ type: 'begin', seen: null }], 'off'],
    ['pauses after the question', [begin, heard], 'pause'],
    ['reads the answer after the pause', [begin, heard, thought], 'answer'],
    ['is not disturbed by the answer that it shows', [begin, heard, thought, seen(at(0, 'answer'))], 'answer'],
    ['waits for the grade after the answer', toGrade, 'grade'],
    ['goes on with the card that follows a grade', [...toGrade, press, seen(at(1, 'question'))], 'question'],
    ['falls silent with any press', [begin, press], 'stopped'],
    ['falls silent in the pause, too', [begin, heard, press, thought], 'stopped'],
    ['goes on after a grade that was pressed meanwhile', [begin, press, seen(at(1, 'question'))], 'question'],
    ['falls silent where the answer is shown by hand', [begin, seen(at(0, 'answer'))], 'stopped'],
    ['does not go on with a card that an undo brings back', [...toGrade, seen(at(1, 'question', 0))], 'stopped'],
    ['falls silent where the voice fails', [begin, failed], 'stopped'],
    ['falls silent where there is no card any more', [begin, seen(null)], 'stopped'],
    ['goes on with the first card after that', [...toGrade, seen(null), seen(at(1, 'question'))], 'question'],
    ['ends when it is told to', [begin, end], 'off'],
    ['stays off after that', [begin, end, seen(at(1, 'question')), heard], 'off'],
  ])('%s', (_, events, step) => {
    expect(run(...events.filter((event) => event !== undefined)).step).toBe(step);
  });

  const anySeen = fc.option(
    fc.record({ turn: fc.nat(4), side: fc.constantFrom('question' as const, 'answer' as const), done: fc.nat(4) }),
  );
  const anyEvent: fc.Arbitrary<LoopEvent> = fc.oneof(
    fc.constantFrom<LoopEvent[]>(
      { type: 'end' },
      { type: 'heard' },
      { type: 'failed' },
      { type: 'thought' },
      { type: 'press' },
    ),
    fc.record({ type: fc.constantFrom('begin' as const, 'seen' as const), seen: anySeen }),
  );

  test('never reads right after a press, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        expect(isReading(nextStep(run(...events), { type: 'press' }))).toBe(false);
      }),
    );
  });

  test('never reads what nobody asked for: it is off until it is begun', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        expect(run(...events.filter(({ type }) => type !== 'begin')).step).toBe('off');
      }),
    );
  });
});
