import { expect, test } from 'vitest';
import { badgeOf } from '#lib/client/alerts/badge.ts';

test('the icon tells 1 while the server is down, and nothing else', () => {
  const tells = (level: Parameters<typeof badgeOf>[1]['level']) => badgeOf('down', { level, due: 12 });
  expect([tells('down'), tells('degraded'), tells('ready')]).toEqual([1, 0, 0]);
});

test('the icon stays as it is where nobody knows', () => {
  expect(badgeOf('down', { level: null, due: 12 })).toBeNull();
  expect(badgeOf('down', { level: 'no-data', due: 12 })).toBeNull();
  expect(badgeOf('due', { level: 'down', due: null })).toBeNull();
});

test('the icon tells the due cards, or nothing, as it is wanted', () => {
  expect(badgeOf('due', { level: 'down', due: 12 })).toBe(12);
  expect(badgeOf('due', { level: 'ready', due: 0 })).toBe(0);
  expect(badgeOf('none', { level: 'down', due: 12 })).toBe(0);
});
