import { describe, expect, test } from 'vitest';
import { activityMap, ankiDay } from '#lib/client/review/activity-map.ts';
import { activitySentence, dayText, streakText, todayText } from '#lib/client/review/activity-text.ts';
import { DAY } from '#lib/domain/time.ts';
import { fc } from '#tests/support/fast-check.ts';

// A Tuesday.
const TODAY = '2026-11-24';
const ago = (days: number) => new Date(Date.parse(`${TODAY}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);
const reviewed = (...days: [ago: number, reviews: number][]) => ({
  days: days.map(([back, reviews]) => ({ day: ago(back), reviews })).toReversed(),
});
const told = (view: ReturnType<typeof reviewed>) => {
  const map = activityMap(view, TODAY);
  return [todayText(map), streakText(map), activitySentence(map)];
};

describe('what was reviewed', () => {
  test('is told with today and the streak', () => {
    expect(told(reviewed([0, 23], [1, 5], [2, 1], [4, 100]))).toEqual([
      '23 reviews today.',
      '3 days in a row.',
      '129 reviews on 4 of the last 114 days.',
    ]);
  });

  test('keeps its streak while today has none yet', () => {
    expect(told(reviewed([1, 5], [2, 1]))).toEqual([
      'No review yet today.',
      '2 days in a row until yesterday.',
      '6 reviews on 2 of the last 114 days.',
    ]);
  });

  test('has no streak after a day without', () => {
    expect(told(reviewed([2, 1]))).toEqual(['No review yet today.', '', '1 review on 1 of the last 114 days.']);
    expect(told(reviewed([0, 1]))[1]).toBe('1 day.');
  });

  test('counts a streak beyond the weeks that are shown', () => {
    const all = reviewed(...Array.from({ length: 300 }, (_, back) => [back, 1] as [number, number]));
    expect(told(all)[1]).toBe('300 days in a row.');
  });

  test('is nothing where nothing was', () => {
    expect(told(reviewed())).toEqual(['No review yet today.', '', '0 reviews on 0 of the last 114 days.']);
  });

  test('follows Anki where its day began before the phone thought so', () => {
    const map = activityMap(reviewed([-1, 7], [0, 3]), TODAY);
    expect(map.today).toBe(7);
    expect(map.streak).toBe(2);
  });
});

describe('the map of weeks', () => {
  test('is of weeks that begin on Monday, the last one ending today', () => {
    const { weeks } = activityMap(reviewed([0, 4], [1, 2]), TODAY);
    expect(weeks.map((week) => week.length)).toEqual([...Array.from({ length: 16 }, () => 7), 2]);
    expect(weeks.at(-1)).toEqual([
      { day: '2026-11-23', reviews: 2, strength: 2 },
      { day: TODAY, reviews: 4, strength: 4 },
    ]);
    expect(dayText(weeks[0]?.[0]?.day ?? '')).toMatch(/^Mon/);
  });

  test('shows any review, and the busiest day most', () => {
    const { weeks } = activityMap(reviewed([0, 1_000], [1, 1]), TODAY);
    expect(weeks.at(-1)?.map(({ strength }) => strength)).toEqual([1, 4]);
  });

  test('has every day once, in order, whatever the day and the amounts', () => {
    const anyDay = fc.integer({ min: 0, max: 40_000 }).map((n) => new Date(n * DAY).toISOString().slice(0, 10));
    fc.assert(
      fc.property(anyDay, fc.array(fc.tuple(fc.nat(400), fc.nat(5_000))), (today, list) => {
        const days = list.map(([back, reviews]) => ({
          day: new Date(Date.parse(`${today}T00:00:00Z`) - back * DAY).toISOString().slice(0, 10),
          reviews,
        }));
        const { weeks, total, allDays } = activityMap({ days }, today);
        const shown = weeks.flat();
        expect(shown.at(-1)?.day).toBe(today);
        expect(shown.length).toBe(allDays);
        expect(shown.map(({ day }) => day)).toEqual([...new Set(shown.map(({ day }) => day))].toSorted());
        expect(shown.reduce((sum, { reviews }) => sum + reviews, 0)).toBe(total);
        expect(weeks.slice(0, -1).every((week) => week.length === 7)).toBe(true);
      }),
    );
  });
});

test('a review after midnight belongs to the day before, as in Anki', () => {
  expect(ankiDay(new Date(2026, 10, 24, 3, 59).getTime())).toBe('2026-11-23');
  expect(ankiDay(new Date(2026, 10, 24, 4, 0).getTime())).toBe(TODAY);
});
