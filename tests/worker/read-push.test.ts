import { expect, test } from 'vitest';
import type { PushMessage } from '#lib/contract/alerts.ts';
import { fc } from '#tests/support/fast-check.ts';
import { readPush } from '#worker/read-push.ts';

const { anything, assert, jsonValue, property, string } = fc;

const MESSAGE: PushMessage = {
  web_push: 8030,
  notification: {
    title: 'Review server down',
    body: 'Nothing listens on port 8000 (since 14:02).',
    navigate: 'https://macbook.tail1234.ts.net/incident?id=7',
    tag: 'incident-7',
    lang: 'en',
  },
  app_badge: 1,
};
const { lang: _, ...NOTIFICATION } = MESSAGE.notification;
const UNREADABLE = readPush(null);

test('what Lifeline pushes is shown as it is', () => {
  expect(readPush(JSON.stringify(MESSAGE))).toEqual({ ...NOTIFICATION, badge: 1 });
});

test('a message without a badge leaves the icon as it is, one with 0 clears it', () => {
  const { app_badge: _, ...without } = MESSAGE;
  expect(readPush(JSON.stringify(without)).badge).toBeNull();
  expect(readPush(JSON.stringify({ ...MESSAGE, app_badge: 0 })).badge).toBe(0);
});

test.each([[-1], [1.5], ['1'], [null], [1e300]])('a badge of %j is none', (badge) => {
  expect(readPush(JSON.stringify({ ...MESSAGE, app_badge: badge }))).toEqual({ ...NOTIFICATION, badge: null });
});

test.each([[null], [''], ['null'], ['[]'], ['7'], ['{'], ['<html>'], ['{"notification":7}'], ['{"web_push":8030}']])(
  'a message of %j is shown with words of its own, and opens the app',
  (text) => {
    expect(readPush(text)).toEqual(UNREADABLE);
    expect(UNREADABLE).toMatchObject({ title: 'Lifeline', navigate: '/', badge: null });
    expect(UNREADABLE.body).not.toBe('');
  },
);

test('one bad field costs no other', () => {
  const text = JSON.stringify({ notification: { ...MESSAGE.notification, title: '', tag: 7 } });
  expect(readPush(text)).toEqual({ ...NOTIFICATION, title: UNREADABLE.title, tag: '', badge: null });
});

test('whatever is pushed, there is a title to show', () => {
  const shows = (text: string): void => {
    const { title, body, navigate, tag } = readPush(text);
    expect(title).not.toBe('');
    for (const word of [title, body, navigate, tag]) expect(typeof word).toBe('string');
  };
  assert(property(string(), shows));
  assert(property(jsonValue(), (value) => shows(JSON.stringify(value))));
  assert(property(anything(), (value) => shows(JSON.stringify({ notification: { title: value } }) ?? '')));
});
