/**
 * What the service worker does, as data for `next.config.js`. It makes the installed app open at once, also while the Mac
 * sleeps; it never answers for the API, whose data carry their own age. The defaults of the library hang for as long as a
 * sleeping Mac does: see the iOS reference §1.3.
 *
 * Handler functions are written into the worker as text: they see nothing of this module.
 */
import type { PluginOptions } from 'next-pwa';
import { rscCacheOf } from '#lib/contract/build.ts';
import { CARD_FRAME_URLS } from '#lib/contract/card-frame.ts';

/** Where a page lands that nobody holds. */
export const OFFLINE_URL = '/~offline';

/** Every page. They are static shells, so the worker holds them whole. */
export const SHELLS = ['/', '/history', '/incident', '/review', '/setup', OFFLINE_URL] as const;

type Rules = NonNullable<NonNullable<PluginOptions['workboxOptions']>['runtimeCaching']>;
type Asked = Parameters<Extract<Rules[number]['urlPattern'], (...given: never[]) => unknown>>[0];
type Handled = { readonly request: Request };

/** What the worker has of its own registration. */
declare const registration: { readonly update: () => Promise<unknown> };

/** Asks the network only. An answer of another build than the worker's has it look for that build, at most once a minute. */
function askApi(build: string) {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async ({ request }: Handled): Promise<Response> => {
    const response = await fetch(request);
    const theirs = response.headers.get('x-lifeline-build');
    if (theirs !== null && theirs !== build && performance.now() - lookedAt > 60_000) {
      lookedAt = performance.now();
      registration.update().catch(() => undefined);
    }
    return response;
  };
}

/** A handler that knows the build: its text is a call of its maker. */
const knowing = (make: typeof askApi, build: string): ReturnType<typeof askApi> =>
  Object.assign(make(build), { toString: () => `(${make})(${JSON.stringify(build)})` });

/** First match wins. A hung Mac is told from a slow one by these deadlines; Next then falls back to the shell. */
const rulesOf = (build: string): Rules => [
  {
    urlPattern: ({ url, sameOrigin }: Asked) => sameOrigin && url.pathname.startsWith('/api/'),
    handler: knowing(askApi, build),
  },
  {
    // Formulas: large, and wanted by few. Their version is in their name.
    urlPattern: ({ url, sameOrigin }: Asked) => sameOrigin && url.pathname.startsWith('/card-assets/'),
    handler: 'CacheFirst',
    options: { cacheName: 'card-assets', expiration: { maxEntries: 2 } },
  },
  {
    // What Next asks for ahead of a tap. Its address depends on the page one is on, what it answers on the segment alone.
    urlPattern: ({ request, sameOrigin }: Asked) =>
      sameOrigin && request.headers.get('RSC') === '1' && request.headers.has('Next-Router-Segment-Prefetch'),
    handler: 'StaleWhileRevalidate',
    options: {
      cacheName: rscCacheOf(build),
      matchOptions: { ignoreVary: true },
      plugins: [
        {
          cacheKeyWillBeUsed: async ({ request }: Handled) => {
            const { origin, pathname } = new URL(request.url);
            const segment = request.headers.get('Next-Router-Segment-Prefetch') ?? '';
            return `${origin}${pathname}?segment=${encodeURIComponent(segment)}`;
          },
          requestWillFetch: async ({ request }: Handled) =>
            new Request(request, { signal: AbortSignal.timeout(2_500) }),
        },
      ],
    },
  },
  {
    // Given up soon: Next then loads the page itself, which the worker holds, so that a tap is answered within a second.
    urlPattern: ({ request, sameOrigin }: Asked) => sameOrigin && request.headers.get('RSC') === '1',
    handler: async ({ request }: Handled) => fetch(request, { signal: AbortSignal.timeout(500) }),
  },
  {
    urlPattern: ({ request, sameOrigin }: Asked) => sameOrigin && request.mode === 'navigate',
    handler: async ({ request }: Handled) => {
      const answer = await fetch(request, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
      // `tailscale serve` says 502 in Lifeline's place; an installed app has no way back from its page.
      if (answer !== null && (answer.status < 502 || answer.status > 504)) return answer;
      return (await caches.match('/~offline', { ignoreSearch: true })) ?? answer ?? Response.error();
    },
  },
];

/** What is not worth a phone's room: Next's own, never asked for, and code of the server. */
const LEFT_OUT = [
  /\.map$/,
  /_buildManifest\.js$/,
  /_ssgManifest\.js$/,
  /chunks\/app\/(api|card-frame|apple-icon|icon|favicon|manifest)/,
  /chunks\/polyfills/,
  /chunks\/(framework|main)-[0-9a-f]+\.js$/,
  /builtin/,
  /_not-found/,
  /_global-error/,
];

type Fallbacks = NonNullable<PluginOptions['fallbacks']>;
/** None of the library's: it would find /~offline and hold it twice, of which Workbox dies without a word. It reads null as none. */
const noFallbacks = (): Fallbacks => null as unknown as Fallbacks;

/** `build` names the build: a new one makes the worker fetch every shell anew. */
export const workerOptions = (build: string): PluginOptions => ({
  dest: 'public',
  // The page registers it itself, without the library's 2.5 KB for that: see worker-update.ts.
  register: false,
  reloadOnOnline: false,
  cacheStartUrl: false,
  dynamicStartUrl: false,
  cacheOnFrontEndNav: false,
  fallbacks: noFallbacks(),
  workboxOptions: {
    skipWaiting: true,
    clientsClaim: true,
    cleanupOutdatedCaches: true,
    disableDevLogs: true,
    ignoreURLParametersMatching: [/^window$/, /^id$/, /^source$/],
    exclude: LEFT_OUT,
    // Nothing of public/, where the icons and splash images are: the system reads them when the app is put on the home screen.
    // But the documents in which cards are shown. The worker is asked for them although their origin is opaque, since they get
    // that by their own headers and not by an attribute of the frame (measured in Chromium).
    additionalManifestEntries: [...SHELLS, ...CARD_FRAME_URLS].map((url) => ({ url, revision: build })),
    runtimeCaching: rulesOf(build),
  },
});
