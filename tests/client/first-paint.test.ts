import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { clockText } from '#lib/client/clock-text.ts';
import { durationText } from '#lib/client/duration-text.ts';
import { firstPaintScript } from '#lib/client/first-paint.ts';
import { glanceOf, tellGlance } from '#lib/client/glance.ts';
import { KEPT_PREFIX } from '#lib/client/kept/answers.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

const KEY = `${KEPT_PREFIX}/api/status`;
const script = firstPaintScript({
  key: KEY,
  url: '/api/status',
  timeoutMs: 4_000,
  tell: tellGlance,
  clock: clockText,
  duration: durationText,
});

type Spot = { textContent: string; readonly dataset: Record<string, string> };

/** Runs the script as text where nothing but a page's own names exist. */
function runScript(kept: string | null, fetch: () => Promise<unknown>) {
  const spots = new Map<string, Spot>();
  const spotOf = (id: string): Spot => {
    const spot = spots.get(id) ?? { textContent: '', dataset: {} };
    spots.set(id, spot);
    return spot;
  };
  const window: { lifelineFirst?: { reply: Promise<unknown>; taken: boolean } } = {};
  const document = { getElementById: spotOf, documentElement: spotOf('html') };
  const storage = { getItem: (key: string) => (key === KEY ? kept : null) };
  runInContext(script, createContext({ window, document, localStorage: storage, fetch, AbortSignal, Date }));
  return { spotOf, window };
}

const silence = () => new Promise<never>(() => undefined);
const answering =
  (body: string, status = 200) =>
  async () => ({ status, text: async () => body });

test('paints the kept picture at once, while the Mac is silent, and says how old it is', () => {
  const now = Date.now();
  const kept = { data: sampleStatus('not-running', now - 600_000), receivedAt: now - 600_000 };
  const { spotOf } = runScript(JSON.stringify(kept), silence);
  expect(spotOf('glance').dataset['level']).toBe('down');
  expect(spotOf('html').dataset['freshness']).toBe('stale');
  expect(spotOf('glance-word').textContent).toBe('Was down');
  expect(spotOf('glance-checked').textContent).toBe('Checked 10 min ago.');
});

test('paints the answer as soon as it is there, in the same words as the page', async () => {
  const status = sampleStatus('healthy', Date.now());
  const { spotOf, window } = runScript(null, answering(JSON.stringify(status)));
  await window.lifelineFirst?.reply;
  await Promise.resolve();
  const glance = glanceOf({ status, receivedAt: Date.now() }, Date.now());
  expect(spotOf('glance-word').textContent).toBe('Ready');
  expect(spotOf('glance-headline').textContent).toBe(glance.headline);
  expect(spotOf('glance-since').textContent).toBe(glance.since);
});

test('leaves the page to React once React has taken the answer', async () => {
  const { spotOf, window } = runScript(null, answering(JSON.stringify(sampleStatus('healthy', Date.now()))));
  if (window.lifelineFirst) window.lifelineFirst.taken = true;
  await window.lifelineFirst?.reply;
  await Promise.resolve();
  expect(spotOf('glance-word').textContent).toBe('');
});

test.each(['', '{', 'null', '{"data":{}}', '{"data":{"level":"ready"},"receivedAt":"x"}'])(
  'ignores a kept picture that is %j',
  (kept) => {
    const { spotOf } = runScript(kept, silence);
    expect(spotOf('glance-word').textContent).toBe('');
  },
);

test('an error of the API paints nothing', async () => {
  const { spotOf, window } = runScript(null, answering('{"error":{"code":"starting","message":"Soon."}}', 503));
  await window.lifelineFirst?.reply;
  await Promise.resolve();
  expect(spotOf('glance-word').textContent).toBe('');
});
