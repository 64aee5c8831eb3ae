import { expect, test } from 'vitest';
import { onNotificationClick } from '#worker/open-tapped.ts';
import type { OpenWindow, TappedNotification, WorkerScope } from '#worker/platform.ts';

// The browser's side, as far as a browser under test cannot be brought to it: windows that are frozen, gone or another worker's.
const ORIGIN = 'https://macbook.tail1234.ts.net';
const INCIDENT = `${ORIGIN}/incident?id=7`;

type Made = { readonly window: OpenWindow; readonly done: string[] };

function madeWindow(name: string, how: { isSeen?: boolean; answers?: boolean; refuses?: boolean } = {}): Made {
  const done: string[] = [];
  const window: OpenWindow = {
    visibilityState: how.isSeen === true ? 'visible' : 'hidden',
    focus: async () => {
      throw new DOMException('Not allowed to focus a window.', 'InvalidAccessError');
    },
    navigate: async (url) => {
      if (how.refuses === true) throw new TypeError('This service worker is not the client’s active one.');
      done.push(`${name} navigated to ${url}`);
    },
    postMessage: (message, [port]) => {
      if (how.answers !== true || !(port instanceof MessagePort)) return;
      done.push(`${name} goes to ${Object(message).url}`);
      port.postMessage('going');
      port.close();
    },
  };
  return { window, done };
}

async function tap(notification: Omit<TappedNotification, 'close'>, ...made: readonly Made[]) {
  const opened: string[] = [];
  let closed = 0;
  let lasting: Promise<unknown> = Promise.resolve();
  const scope = {
    clients: {
      matchAll: async () => made.map(({ window }) => window),
      openWindow: async (url: string) => void opened.push(`opened ${url}`),
    },
    location: { origin: ORIGIN },
  };
  onNotificationClick(scope as unknown as WorkerScope, {
    notification: {
      ...notification,
      close: () => {
        closed += 1;
      },
    },
    waitUntil: (promise) => {
      lasting = promise;
    },
  });
  await lasting;
  expect(closed).toBe(1);
  return [...made.flatMap(({ done }) => done), ...opened];
}

const data = { navigate: INCIDENT };

test('without a window one is opened on the incident', async () => {
  expect(await tap({ data })).toEqual([`opened ${INCIDENT}`]);
});

test('the window that is seen goes there by itself', async () => {
  const windows = [madeWindow('hidden', { answers: true }), madeWindow('seen', { answers: true, isSeen: true })];
  expect(await tap({ data }, ...windows)).toEqual([`seen goes to ${INCIDENT}`]);
});

test('a frozen window is navigated, and one of another worker gets a new one beside it', async () => {
  expect(await tap({ data }, madeWindow('frozen'))).toEqual([`frozen navigated to ${INCIDENT}`]);
  expect(await tap({ data }, madeWindow('foreign', { refuses: true }))).toEqual([`opened ${INCIDENT}`]);
});

test('a declarative notification leads where it says', async () => {
  expect(await tap({ data: null, navigate: INCIDENT })).toEqual([`opened ${INCIDENT}`]);
});

test.each([
  ['another site', 'https://example.com/incident?id=7'],
  ['a script', 'javascript:alert(1)'],
  ['no address', 'https://'],
  ['nothing', undefined],
])('what leads to %s leads to the front of the app', async (_what, navigate) => {
  expect(await tap({ data: { navigate } })).toEqual([`opened ${ORIGIN}/`]);
});
