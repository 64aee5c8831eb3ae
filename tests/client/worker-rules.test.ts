import { afterEach, expect, test, vi } from 'vitest';
import { OFFLINE_URL, SHELLS, workerOptions } from '#lib/client/worker-rules.ts';
import { CARD_FRAME_URLS, CARD_MATH_URL } from '#lib/contract/card-frame.ts';

const ORIGIN = 'https://macbook.tail1234.ts.net';
const { workboxOptions: workbox = {} } = workerOptions('build-7');
const rules = workbox.runtimeCaching ?? [];

type Like = { headers?: Record<string, string>; mode?: string };

function ruleFor(path: string, { headers = {}, mode = 'cors' }: Like = {}) {
  const url = new URL(path, ORIGIN);
  const request = { url: url.href, mode, headers: new Headers(headers) };
  const asked = { url, request, sameOrigin: url.origin === ORIGIN };
  return rules.findIndex(({ urlPattern }) => typeof urlPattern === 'function' && urlPattern(asked as never));
}

/** As in the worker: a handler is its text, and sees nothing of its module. */
function handlerFor(path: string, like?: Like): (handled: { request: Request }) => Promise<unknown> {
  const handler: unknown = new Function(`return ${rules[ruleFor(path, like)]?.handler}`)();
  if (typeof handler !== 'function') throw new Error('not a function');
  return async (handled) => handler(handled);
}

const NAVIGATION = { mode: 'navigate' };
const RSC = { headers: { RSC: '1' } };
const PREFETCH = { headers: { RSC: '1', 'Next-Router-Segment-Prefetch': '/history/__PAGE__' } };
const asked = (path: string) => ({ request: new Request(`${ORIGIN}${path}`) });

afterEach(() => vi.unstubAllGlobals());

test('keeps nothing of the API', async () => {
  const answer = new Response('{}');
  vi.stubGlobal('fetch', async () => answer);
  vi.stubGlobal('caches', undefined);
  expect(await handlerFor('/api/status')(asked('/api/status'))).toBe(answer);
  expect(ruleFor('/api/export?format=csv', NAVIGATION)).toBe(ruleFor('/api/status'));
});

test('looks for a newer worker when another build answers, at once and not at every answer', async () => {
  const update = vi.fn(async () => undefined);
  vi.stubGlobal('registration', { update });
  const answers = (build: string) =>
    vi.stubGlobal('fetch', async () => new Response('{}', { headers: { 'x-lifeline-build': build } }));
  const handle = handlerFor('/api/status');
  answers('build-7');
  await handle(asked('/api/status'));
  expect(update).not.toHaveBeenCalled();
  answers('build-8');
  await handle(asked('/api/status'));
  await handle(asked('/api/status'));
  expect(update).toHaveBeenCalledTimes(1);
});

test('has no rule for other origins', () => {
  for (const like of [{}, NAVIGATION, RSC, PREFETCH])
    expect(ruleFor('https://elsewhere.example/api/status', like)).toBe(-1);
});

test.each([
  ['the Mac is silent', () => Promise.reject(new DOMException('late', 'TimeoutError'))],
  ['something else answers for Lifeline', async () => new Response('Bad Gateway', { status: 502 })],
])('a page nobody holds lands on the offline page when %s', async (_, answer) => {
  vi.stubGlobal('fetch', answer);
  vi.stubGlobal('caches', { match: async (path: string) => `held ${path}` });
  expect(await handlerFor('/nowhere', NAVIGATION)(asked('/nowhere'))).toBe(`held ${OFFLINE_URL}`);
});

test('what Lifeline itself says of an address is shown', async () => {
  const missing = new Response('no such page', { status: 404 });
  vi.stubGlobal('fetch', async () => missing);
  expect(await handlerFor('/nowhere', NAVIGATION)(asked('/nowhere'))).toBe(missing);
});

test.each([
  ['a page', 3_000, NAVIGATION],
  ['the data of a page', 500, RSC],
])('%s is waited for %i ms', async (_, limit, like) => {
  const deadlines = vi.spyOn(AbortSignal, 'timeout');
  vi.stubGlobal('fetch', async () => new Response());
  await handlerFor('/history', like)(asked('/history'));
  expect(deadlines).toHaveBeenCalledExactlyOnceWith(limit);
});

test('what Next asks for ahead is kept by place and segment, whatever page asked, and given up after 2.5 s', async () => {
  const { handler, options } = rules[ruleFor('/history?_rsc=1', PREFETCH)] ?? {};
  expect(handler).toBe('StaleWhileRevalidate');
  expect(options).toMatchObject({ cacheName: 'rsc-build-7', matchOptions: { ignoreVary: true } });
  const [plugin] = options?.plugins ?? [];
  const ask = (search: string) => new Request(`${ORIGIN}/history${search}`, PREFETCH);
  const keys = ['?_rsc=1', '?_rsc=2&window=7d'].map((search) =>
    plugin?.cacheKeyWillBeUsed?.({ request: ask(search), mode: 'read' } as never),
  );
  expect(await Promise.all(keys)).toEqual(Array(2).fill(`${ORIGIN}/history?segment=%2Fhistory%2F__PAGE__`));
  const deadlines = vi.spyOn(AbortSignal, 'timeout');
  await plugin?.requestWillFetch?.({ request: ask('') } as never);
  expect(deadlines).toHaveBeenCalledExactlyOnceWith(2_500);
});

test('keeps what draws formulas once it was wanted', () => {
  const rule = rules[ruleFor(CARD_MATH_URL)];
  expect(rule).toMatchObject({ handler: 'CacheFirst', options: { expiration: { maxEntries: 2 } } });
});

test('holds every page and every frame once, under the revision of the build, and no icon', () => {
  const entries = workbox.additionalManifestEntries ?? [];
  const held = entries.map((entry) => (typeof entry === 'string' ? { url: entry, revision: null } : entry));
  expect(held.map(({ url }) => url)).toEqual([...SHELLS, ...CARD_FRAME_URLS]);
  expect(new Set(held.map(({ revision }) => revision))).toEqual(new Set(['build-7']));
});
