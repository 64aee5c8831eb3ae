import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeSettings, readSettings, SETTINGS_KEY, withName } from '#lib/client/review/settings.ts';

/** The phone's storage, which a test can make refuse. */
let kept: Map<string, string>;
let refuses: 'nothing' | 'writing' | 'all';

beforeEach(() => {
  kept = new Map();
  refuses = 'nothing';
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => {
      if (refuses === 'all') throw new DOMException('no', 'SecurityError');
      return kept.get(key) ?? null;
    },
    setItem: (key: string, value: string) => {
      if (refuses !== 'nothing') throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
  });
});
afterEach(() => {
  // What a phone refused to keep is forgotten with the next thing that it keeps.
  refuses = 'nothing';
  changeSettings({});
  vi.unstubAllGlobals();
});

const DEFAULTS = {
  swipes: false,
  autoplay: true,
  handsFree: false,
  mayType: true,
  remoteImageDecks: [],
  scriptedNoteTypes: [],
  keepNewCards: false,
  speechRate: 1,
};

describe('the settings of a review', () => {
  test('are those of a careful phone until they are changed', () => {
    expect(readSettings()).toEqual(DEFAULTS);
  });

  test('are kept, and the same object until one changes', () => {
    changeSettings({ swipes: true });
    expect(readSettings()).toEqual({ ...DEFAULTS, swipes: true });
    expect(readSettings()).toBe(readSettings());
    expect(kept.get(SETTINGS_KEY)).toContain('"swipes":true');
  });

  test('follow another window', () => {
    kept.set(SETTINGS_KEY, JSON.stringify({ ...DEFAULTS, speechRate: 1.4 }));
    expect(readSettings().speechRate).toBe(1.4);
  });

  test.each([
    ['no JSON', '{', DEFAULTS],
    ['no object', '[1]', DEFAULTS],
    ['one bad value', '{"swipes":true,"speechRate":90,"scriptedNoteTypes":"all"}', { ...DEFAULTS, swipes: true }],
    ['of a newer version', '{"swipes":true,"colour":"red"}', { ...DEFAULTS, swipes: true }],
  ])('that are %s have their defaults where they must', (_, text, expected) => {
    kept.set(SETTINGS_KEY, text);
    expect(readSettings()).toEqual(expected);
  });

  test.each(['writing', 'all'] as const)('hold for the page on a phone that refuses %s', (what) => {
    refuses = what;
    changeSettings({ autoplay: false });
    expect(readSettings().autoplay).toBe(false);
    changeSettings({ swipes: true });
    expect(readSettings()).toEqual({ ...DEFAULTS, autoplay: false, swipes: true });
  });
});

test('a name is allowed once, and taken back', () => {
  expect(withName(['a'], 'b', true)).toEqual(['a', 'b']);
  expect(withName(['a'], 'a', true)).toEqual(['a']);
  expect(withName(['a', 'b'], 'a', false)).toEqual(['b']);
});
