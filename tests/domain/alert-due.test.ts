import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '#lib/domain/time.ts';
import { AlertDay } from '#tests/support/alert-day.ts';

const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };

test('one message when an incident is confirmed and one when it ends, however often it is looked at', () => {
  const day = new AlertDay().be('healthy').look().be('crashed').look().look().pass(MINUTE).look();
  expect(day.told).toEqual(['began']);
  day.be('not-running').look().be('healthy').look().look();
  expect(day.told).toEqual(['began', 'ended']);
  expect(day.pass(HOUR).look().be('hung').look().be('healthy').look().told).toHaveLength(4);
});

test('who wants to know of down only hears of degraded when it becomes worse, and then of the end', () => {
  const day = new AlertDay().be('anki-not-running').look().pass(HOUR).look();
  expect(day.told).toEqual([]);
  day.be('crashed').look().be('anki-not-running').look();
  expect(day.told).toEqual(['began']);
  expect(day.be('healthy').look().told).toEqual(['began', 'ended']);
  expect(new AlertDay({ level: 'degraded' }).be('anki-not-running').look().told).toEqual(['began']);
});

test('an incident that is over before the minimum is never told of', () => {
  const day = new AlertDay({ minimumMs: 10 * MINUTE })
    .be('crashed')
    .look()
    .pass(9 * MINUTE)
    .look();
  expect(day.be('healthy').pass(HOUR).look().told).toEqual([]);
  expect(
    day
      .be('crashed')
      .pass(10 * MINUTE)
      .look().told,
  ).toEqual(['began']);
});

test('only what is measured at a wanted level counts for the minimum', () => {
  const day = new AlertDay({ minimumMs: 10 * MINUTE })
    .be('crashed')
    .pass(5 * MINUTE)
    .look();
  day
    .sleep()
    .pass(8 * HOUR)
    .look()
    .be('crashed')
    .look();
  expect(day.told).toEqual([]);
  expect(day.pass(5 * MINUTE).look().told).toEqual(['began']);
  const degraded = new AlertDay({ minimumMs: 10 * MINUTE }).be('anki-not-running').pass(HOUR).be('hung').look();
  expect(degraded.told).toEqual([]);
});

test('a gap begins nothing and ends nothing', () => {
  const day = new AlertDay()
    .be('crashed')
    .look()
    .sleep()
    .look()
    .pass(3 * DAY)
    .look();
  expect(day.told).toEqual(['began']);
  expect(day.be('crashed').look().told).toEqual(['began']);
  expect(day.sleep().pass(HOUR).be('healthy').look().told).toEqual(['began', 'ended']);
  expect(new AlertDay().be('healthy').look().sleep().pass(DAY).look().told).toEqual([]);
});

test('in quiet hours nothing is sent; what still lasts when they end is told then, what began and ended is not', () => {
  const day = new AlertDay({ quiet: night }, Date.parse('2026-11-23T23:00+01:00')).be('crashed').look();
  expect(day.pass(HOUR).be('healthy').look().pass(HOUR).be('hung').look().told).toEqual([]);
  expect(day.pass(6 * HOUR).look().told).toEqual(['began']);
  expect(day.sent[0]?.at).toBe(Date.parse('2026-11-24T07:00+01:00'));
});

test('the end of what was told before the quiet hours is told after them', () => {
  const day = new AlertDay({ quiet: night }, Date.parse('2026-11-23T21:00+01:00')).be('crashed').look();
  expect(
    day
      .pass(3 * HOUR)
      .be('healthy')
      .look().told,
  ).toEqual(['began']);
  expect(day.pass(7 * HOUR).look().told).toEqual(['began', 'ended']);
});

test('a beginning that could not be sent before it was over is withdrawn, and so is never said to have ended', () => {
  const day = new AlertDay().be('crashed').look('later').look('later').be('healthy').look();
  expect(day.told).toEqual([]);
  expect([...day.records.values()].map(({ state }) => state)).toEqual(['withdrawn']);
  const given = new AlertDay().be('crashed').look('given-up').be('healthy').look();
  expect(given.told).toEqual([]);
});

test('a beginning of which nobody knows whether it arrived is not sent again, and its end is told', () => {
  const day = new AlertDay().be('crashed').look('unknown').look().look();
  expect(day.told).toEqual([]);
  expect(day.be('healthy').look().told).toEqual(['ended']);
});

test('an end that could not be sent is overtaken by the next beginning', () => {
  const day = new AlertDay()
    .be('crashed')
    .look()
    .be('healthy')
    .look('later')
    .pass(MINUTE)
    .be('hung')
    .look('later')
    .look();
  expect(day.told).toEqual(['began', 'began']);
  expect(day.be('healthy').look().told).toEqual(['began', 'began', 'ended']);
});

test('switched off, a device hears nothing, not even of the end; on again, nothing of the past', () => {
  const day = new AlertDay().be('crashed').look();
  day.preferences = { ...day.preferences, isOn: false };
  day.be('healthy').look().be('hung').look().be('healthy').look();
  day.preferences = { ...day.preferences, isOn: true };
  expect(day.look().told).toEqual(['began']);
});

test('an incident that the history has lost is not told anew, and is over when the server is ready', () => {
  const day = new AlertDay().be('crashed').look();
  day.spans = [];
  expect(day.pass(MINUTE).be('crashed').look().told).toEqual(['began']);
  expect(day.be('healthy').look().told).toEqual(['began', 'ended']);
  expect(day.be('crashed').look().told).toEqual(['began', 'ended', 'began']);
});
