/**
 * What the service worker does, as data for `next.config.js`. It makes the installed app open at once, also while the Mac
 * sleeps; it never answers for the API, whose data carry their own age. The defaults of the library hang for as long as a
 * sleeping Mac does: see the iOS reference §1.3.
 *
 * Handler functions are written into the worker as text: they see nothing of this module.
 */
import type { PluginOptions } from 'next-pwa';
import { CARD_FRAME_URLS } from '#lib/contract/card-frame.ts';

/** Where a page lands that nobody holds. */
export const OFFLINE_URL = '/~offline';

/** Every page. They are static shells, so the worker holds them whole. */
export const SHELLS = ['/', '/history', '/incident', '/review', '/setup', OFFLINE_URL] as const;

type Rules = NonNullable<NonNullable<PluginOptions['workboxOptions']>['runtimeCaching']>;
type Asked = Parameters<Extract<Rules[number]['urlPattern'], (...given: never[]) => unknown>>[0];
type Handled = { readonly request: Request };

/** First match wins. A hung Mac is told from a slow one by these deadlines; Next then falls back to the shell. */
const runtimeCaching: Rules = [
  {
    urlPattern: ({ url, sameOrigin }: Asked) => sameOrigin && url.pathname.startsWith('/api/'),
    handler: 'NetworkOnly',
  },
  {
    // Formulas: large, and wanted by few. Their version is in their name.
    urlPattern: ({ url, sameOrigin }: Asked) => sameOrigin && url.pathname.startsWith('/card-assets/'),
    handler: 'CacheFirst',
    options: { cacheName: 'card-assets', expiration: { maxEntries: 2 } },
  },
  {
    urlPattern: ({ request, sameOrigin }: Asked) => sameOrigin && request.headers.get('RSC') === '1',
    handler: async ({ request }: Handled) => fetch(request, { signal: AbortSignal.timeout(2_000) }),
  },
  {
    urlPattern: ({ request, sameOrigin }: Asked) => sameOrigin && request.mode === 'navigate',
    handler: async ({ request }: Handled) => {
      try {
        return await fetch(request, { signal: AbortSignal.timeout(3_000) });
      } catch {
        return (await caches.match('/', { ignoreSearch: true })) ?? Response.error();
      }
    },
  },
];

/** `revision` names the build: a new one makes the worker fetch every shell anew. */
export const workerOptions = (revision: string): PluginOptions => ({
  dest: 'public',
  publicExcludes: ['!card-assets/**/*'],
  // The page registers it itself, without the library's 2.5 KB for that: see worker-update.ts.
  register: false,
  reloadOnOnline: false,
  cacheStartUrl: false,
  dynamicStartUrl: false,
  cacheOnFrontEndNav: false,
  workboxOptions: {
    skipWaiting: true,
    clientsClaim: true,
    cleanupOutdatedCaches: true,
    disableDevLogs: true,
    ignoreURLParametersMatching: [/^window$/, /^id$/, /^source$/],
    exclude: [
      /\.map$/,
      /_buildManifest\.js$/,
      /_ssgManifest\.js$/,
      /chunks\/app\/(api|card-frame)\//,
      /chunks\/polyfills/,
      /chunks\/(framework|main)-[0-9a-f]+\.js$/,
      /builtin/,
      /_not-found/,
      /_global-error/,
    ],
    // Also the documents in which cards are shown. The worker is asked for them although their origin is opaque, since they get
    // that by their own headers and not by an attribute of the frame (measured in Chromium).
    manifestTransforms: [
      async (entries) => ({
        manifest: [...entries, ...[...SHELLS, ...CARD_FRAME_URLS].map((url) => ({ url, revision, size: 0 }))],
        warnings: [],
      }),
    ],
    runtimeCaching,
  },
});
