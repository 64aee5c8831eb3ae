import { afterEach, expect, test, vi } from 'vitest';
import { SHELLS, workerOptions } from '#lib/client/worker-rules.ts';
import { CARD_FRAME_URLS, CARD_MATH_URL } from '#lib/contract/card-frame.ts';

const ORIGIN = 'https://macbook.tail1234.ts.net';
const { workboxOptions: workbox = {} } = workerOptions('build-7');
const rules = workbox.runtimeCaching ?? [];

function ruleFor(
  path: string,
  { headers = {}, mode = 'cors' }: { headers?: Record<string, string>; mode?: string } = {},
) {
  const url = new URL(path, ORIGIN);
  const request = { url: url.href, mode, headers: new Headers(headers) };
  const asked = { url, request, sameOrigin: url.origin === ORIGIN };
  return rules.findIndex(({ urlPattern }) => typeof urlPattern === 'function' && urlPattern(asked as never));
}

afterEach(() => vi.unstubAllGlobals());

test('leaves the API to the network', () => {
  expect(rules[ruleFor('/api/status')]?.handler).toBe('NetworkOnly');
  expect(rules[ruleFor('/api/export?format=csv', { mode: 'navigate' })]?.handler).toBe('NetworkOnly');
});

test('has no rule for other origins', () => {
  expect(ruleFor('https://elsewhere.example/api/status')).toBe(-1);
  expect(ruleFor('https://elsewhere.example/', { mode: 'navigate' })).toBe(-1);
});

test('a page nobody holds falls back to Status when the Mac is silent', async () => {
  const rule = rules[ruleFor('/nowhere', { mode: 'navigate' })];
  // As in the worker: the handler is its text, and sees nothing of this module.
  const handler: unknown = new Function(`return ${rule?.handler}`)();
  vi.stubGlobal('fetch', async () => Promise.reject(new DOMException('late', 'TimeoutError')));
  vi.stubGlobal('caches', { match: async (path: string) => `held ${path}` });
  if (typeof handler !== 'function') throw new Error('not a function');
  expect(await handler({ request: new Request(`${ORIGIN}/nowhere`) })).toBe('held /');
});

test('no answer from the network is waited for longer than three seconds', async () => {
  const deadlines = vi.spyOn(AbortSignal, 'timeout');
  const asked = vi.fn(async () => new Response());
  vi.stubGlobal('fetch', asked);
  const handlers = rules.flatMap(({ handler }) => (typeof handler === 'function' ? [handler] : []));
  for (const handler of handlers) await handler({ request: new Request(ORIGIN) } as never);
  expect(asked).toHaveBeenCalledTimes(handlers.length);
  expect(deadlines.mock.calls.every(([ms]) => ms <= 3_000)).toBe(true);
  expect(deadlines).toHaveBeenCalledTimes(handlers.length);
});

test('keeps what draws formulas once it was wanted', () => {
  const rule = rules[ruleFor(CARD_MATH_URL)];
  expect(rule).toMatchObject({ handler: 'CacheFirst', options: { expiration: { maxEntries: 2 } } });
});

test('holds every page and every frame once, under the revision of the build', async () => {
  const [transform] = workbox.manifestTransforms ?? [];
  const { manifest } = (await transform?.([], {} as never)) ?? { manifest: [] };
  expect(manifest.map(({ url }) => url)).toEqual([...SHELLS, ...CARD_FRAME_URLS]);
  expect(new Set(manifest.map(({ revision }) => revision))).toEqual(new Set(['build-7']));
});
